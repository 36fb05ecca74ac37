"""A masked value is opened, field by field, with a reason that stays (FB-1.3a)."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.errors import Invalid
from goodword.base.core.sealing import Secret
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import record

from ..kinds import REVEALED
from ..models import Contact, Customer, Reveal

CUSTOMER_FIELDS = ("name", "note")
CONTACT_FIELDS = ("name", "phone", "email", "wechat")
SHORTEST_REASON = 4
LONGEST_REASON = 400


def reveal(thing: Customer | Contact, field: str, *, by: Actor, at: datetime, reason: str) -> str:
    """The clear text of one field: a customer's name or note; a contact's name, phone, email or wechat.

    Effects: the sight and its reason are kept; `customer.revealed` names the field, the contact and that row.
    Both are written before the value is handed out: a sight that cannot be recorded does not happen.
    Raises Forbidden without customers.reveal, Invalid for another field or a reason under four characters.
    """
    by.require("customers.reveal")
    reason = reason.strip()
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise Invalid(
            "请写明查看理由,4 至 400 字。",
            "Say why you need to see it, in 4 to 400 characters.",
            clauses=("FB-1.3a",),
            fields={"reason": "4–400"},
        )
    contact = thing if isinstance(thing, Contact) else None
    if field not in (CONTACT_FIELDS if contact else CUSTOMER_FIELDS):
        raise Invalid("没有这个字段。", "There is no such field.", fields={"field": field[:40]})
    customer = thing.customer if isinstance(thing, Contact) else thing
    with one_fact():
        kept = Reveal.objects.create(
            customer=customer, contact=contact, field=field, reason=reason, by_id=by.account_id, at=at
        )
        record(
            REVEALED,
            customer.pk,
            by=by,
            at=at,
            facts={"field": field, "contact": contact.pk if contact else None, "reason_id": kept.pk},
        )
        thing.refresh_from_db(fields=[field])
    value: Secret = getattr(thing, field)
    return value.clear()
