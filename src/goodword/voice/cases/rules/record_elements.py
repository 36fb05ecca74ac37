"""What a feedback record holds (FB-2.2e), and what of it is missing."""

from __future__ import annotations

from dataclasses import dataclass

from goodword.base.core.clock import local_day
from goodword.engine.policy.queries import values_of

from ..models import Case

CLAUSE = "FB-2.2e"
FIELDS = frozenset({"customer", "contact", "order", "device", "device_type", "scene", "asks", "asked_by_at"})
COLUMN = {"contact": "contact_id", "customer": "customer_id", "order": "order_id"}


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the record: its code, its names, whether it is there."""

    code: str
    zh: str
    en: str
    present: bool


def elements(case: Case) -> list[Element]:
    """Every element the regulation asks for, with whether the case has it. No device named counts as said."""
    wanted = values_of(CLAUSE, on=local_day(case.received_at))["elements"]
    return [Element(e["code"], e["zh"], e["en"], bool(_value(case, e["code"]))) for e in wanted]


def missing(case: Case) -> list[Element]:
    """The elements still to be asked for."""
    return [element for element in elements(case) if not element.present]


def _value(case: Case, code: str) -> object:
    return getattr(case, COLUMN.get(code, code), None)
