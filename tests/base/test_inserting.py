"""Rows inserted by hand are what `save()` writes, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from goodword.base.core import inserting
from goodword.base.core.inserting import insert, insert_all, insert_unless_there, written_together
from goodword.base.core.models import IdempotencyRecord, Setting
from goodword.base.core.updating import update_where
from goodword.company.customers.models import Contact, Customer
from goodword.voice.cases.models import Case, DuplicateProposal

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, 0, 123456, tzinfo=UTC)


def a_customer(number: int) -> Customer:
    return Customer(number=number, kind="streamer", name="张测试", note="改约到周五", created_at=AT)


def kept(customer: Customer) -> dict[str, Any]:
    row = Customer.objects.get(pk=customer.pk)
    return {
        "kind": row.kind,
        "name": row.name.clear(),
        "note": row.note.clear(),
        "created_at": row.created_at,
    }


def test_an_inserted_row_reads_as_a_saved_one():
    saved, inserted = a_customer(1), a_customer(2)
    saved.save()
    insert(inserted)
    assert kept(inserted) == kept(saved)
    assert not inserted._state.adding
    sealed = (
        Customer.objects.filter(pk=inserted.pk).extra(select={"raw": "name"}).values_list("raw", flat=True)
    )
    assert "张" not in str(sealed[0])


def test_many_rows_get_their_keys_in_order():
    rows = [Setting(name=f"n{number:04}", value={"是": number}) for number in range(1000)]
    insert_all(rows)
    assert [row.pk for row in rows] == sorted(row.pk for row in rows)
    found = {row.pk: (row.name, row.value) for row in Setting.objects.filter(name__startswith="n")}
    assert all(found[row.pk] == (row.name, row.value) for row in rows)
    assert len(found) == 1000


def test_a_row_whose_like_is_there_is_refused_or_left():
    first = IdempotencyRecord(scope="s", key="k", digest="d", created_at=AT)
    assert insert_unless_there(first)
    assert first.pk == IdempotencyRecord.objects.get().pk
    second = IdempotencyRecord(scope="s", key="k", digest="other", created_at=AT)
    assert not insert_unless_there(second)
    assert second.pk is None
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(second)
    assert IdempotencyRecord.objects.get().digest == "d"


def test_every_value_reaches_the_database_as_its_field_would_give_it():
    """Of models with all kinds of columns; the shortcut for plain values is compared with the field's own way."""
    customer = a_customer(9)
    insert(customer)
    contact = Contact(customer=customer, name="张测试", email="zhang@example.com")
    case = Case(number=7, channel="api", text="字", customer=customer, received_at=AT, changed_at=AT)
    for row in (customer, contact, case, DuplicateProposal(case=case, other=case, nearness=0.5)):
        for column in inserting._columns(type(row)):
            if type(column).__name__ in {"SealedField", "JSONField"}:  # another nonce each time; no shortcut
                continue
            own = column.get_db_prep_save(column.pre_save(row, add=True), connection)
            given = inserting._values((column,), [row])
            assert given == [own], column


def test_rows_kept_together_are_changed_where_they_are_kept_and_written_once_at_the_end():
    there = a_customer(1)
    insert(there)
    with CaptureQueriesContext(connection) as asked, written_together(Customer):
        for number in (2, 3):
            insert(a_customer(number))
        assert update_where(Customer, {"number": 3, "kind": "streamer"}, {"note": "改到周六"}) == 1
        assert not asked.captured_queries
        assert update_where(Customer, {"number": 3, "kind": "agency"}, {"note": "没有"}) == 0
        assert update_where(Customer, {"number": 1}, {"note": "早就在"}) == 1
    notes = {row.number: row.note.clear() for row in Customer.objects.all()}
    assert notes == {1: "早就在", 2: "改约到周五", 3: "改到周六"}
    assert sum("INSERT" in one["sql"] for one in asked.captured_queries) == 1


def test_rows_kept_together_are_not_written_when_the_block_fails():
    def fail():
        with written_together(Customer):
            insert(a_customer(2))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    insert(a_customer(3))
    assert [row.number for row in Customer.objects.all()] == [3]
