"""One fact, one transaction."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.db import connection, transaction


def one_fact() -> transaction.Atomic:
    """The block in which a business row, its journal entry, obligations and outbox rows are written together."""
    return transaction.atomic()


def require_transaction() -> None:
    """Raise when the caller is outside `one_fact`: a journal entry alone would be half a fact."""
    if not connection.in_atomic_block:
        raise RuntimeError("a fact must be written inside one_fact()")


def after_commit(function: Callable[..., object], *arguments: object) -> None:
    """Run `function` once the fact is safely written; never when it is rolled back."""
    transaction.on_commit(partial(function, *arguments))
