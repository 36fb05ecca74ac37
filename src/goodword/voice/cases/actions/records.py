"""Filling in what a record still lacks (FB-2.2e)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from goodword.base.core.errors import Invalid
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import record

from ..kinds import RECORD_COMPLETED
from ..models import Case
from ..rules import record_elements
from ._ground import change, handled, lock, require_open


def complete(case: Case, *, by: Actor, at: datetime, **elements: Any) -> Case:
    """Fill in record elements: any of customer, contact, order, device, device_type, scene, asks, asked_by_at.

    Effects: the fields; `case.record_completed` with the names of what was filled.
    A contact that is not the customer's goes when another customer is named.
    Raises Forbidden, Refused when the case has ended, Invalid for anything that is no element, and for a contact of
    somebody else.
    """
    by.require("cases.note")
    if unknown := elements.keys() - record_elements.FIELDS:
        raise Invalid("这些不是记录要素。", f"Not record elements: {', '.join(sorted(unknown))}.")
    with one_fact():
        lock(case)
        require_open(case)
        _check_contact(case, elements)
        change(case, at=at, **elements)
        handled(case, by=by, act="record", at=at)
        record(RECORD_COMPLETED, case.pk, by=by, at=at, facts={"elements": sorted(elements)})
    return case


def _check_contact(case: Case, elements: dict[str, Any]) -> None:
    customer, contact = elements.get("customer", case.customer), elements.get("contact", case.contact)
    if contact is None or (customer is not None and contact.customer_id == customer.pk):
        return
    if elements.get("contact") is not None:
        raise Invalid(
            "联系人不属于这位客户。",
            "The contact is not one of this customer's.",
            clauses=(record_elements.CLAUSE,),
            fields={"contact": "请选择该客户的联系人 / choose one of the customer's"},
        )
    elements["contact"] = None
