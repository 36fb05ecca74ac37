"""Numbers: each given once, none left out, nobody waiting for another's commit."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from goodword.base.core.transactions import one_fact
from goodword.company.customers.numbering import BLOCK, next_number

THREADS, EACH = 8, 40


def taken(count: int) -> list[int]:
    """`count` numbers, each in a transaction of its own; the connection of this thread is closed."""
    found = []
    try:
        for _ in range(count):
            with one_fact():
                found.append(next_number("thing"))
    finally:
        connection.close()
    return found


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_get_every_number_once():
    with ThreadPoolExecutor(THREADS) as pool:
        given = [number for some in pool.map(taken, [EACH] * THREADS) for number in some]
    assert sorted(given) == list(range(1001, 1001 + THREADS * EACH))
    assert THREADS * EACH > 2 * BLOCK  # so that blocks were prepared on the way


@pytest.mark.django_db(transaction=True)
def test_a_number_whose_transaction_is_undone_is_given_again():
    with one_fact():
        assert next_number("thing") == 1001
    with one_fact():
        assert next_number("thing") == 1002
        transaction.set_rollback(True)
    with one_fact():
        assert [next_number("thing"), next_number("thing")] == [1002, 1003]


@pytest.mark.django_db(transaction=True)
def test_on_postgresql_nobody_waits_for_the_number_of_an_open_transaction():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    with one_fact():
        next_number("thing")
    with one_fact():
        mine, others = next_number("thing"), []
        thread = threading.Thread(target=lambda: others.extend(taken(3)))
        thread.start()
        thread.join(10)
        assert others == [mine + 1, mine + 2, mine + 3]
