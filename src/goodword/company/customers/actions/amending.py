"""A customer's own values are corrected."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import lock_subject, record

from ..checking import check_customer
from ..indexing import index_public_name, name_index
from ..kinds import AMENDED
from ..models import Customer


def amend(
    customer: Customer,
    *,
    kind: str | None = None,
    name: str | None = None,
    note: str | None = None,
    by: Actor,
    at: datetime,
) -> Customer:
    """Correct kind, name or note; what is None stays.

    Effects: the row; `customer.amended` with the names of the fields, only when one differs.
    Raises Forbidden, Invalid.
    """
    by.require("customers.edit")
    with one_fact():
        lock_subject("customer", customer.pk)
        row = Customer.objects.get(pk=customer.pk)
        before = {"kind": row.kind, "name": row.name.clear(), "note": row.note.clear()}
        after = {
            "kind": before["kind"] if kind is None else kind,
            "name": before["name"] if name is None else name,
            "note": before["note"] if note is None else note.strip(),
        }
        after["name"] = check_customer(after["kind"], after["name"])
        fields = sorted(key for key in after if after[key] != before[key])
        if fields:
            public_name = "" if after["kind"] == "streamer" else after["name"]
            Customer.objects.filter(pk=row.pk).update(
                **after, public_name=public_name, name_index=name_index(after["name"])
            )
            index_public_name(row.number, public_name)
            record(AMENDED, row.pk, by=by, at=at, facts={"fields": fields})
    row.refresh_from_db()
    return row
