"""What a row's labels, channel, department and customer are: as the row says, else as the reader reads, else the default."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from goodword.base.people.models import Department
from goodword.company.customers.models import Customer
from goodword.company.customers.queries import by_number, match
from goodword.company.rentals.models import Order
from goodword.company.rentals.queries import order_by_number

from .. import labels
from ..actions.unattended import proposed_department
from .lines import Line
from .mapping import ColumnMap

NEEDED = ("kind", "content", "severity")


@dataclass(frozen=True, slots=True)
class Chosen:
    """The labels of a row; sure: whether the row or the reader gave all three that are needed, and no default did."""

    kind: str
    content: str
    severity: str
    subclass: str
    device_type: str
    stage: str
    sure: bool

    def facts(self) -> dict[str, Any]:
        """As they stand on the case and in the journal."""
        return {
            "kind": self.kind,
            "content": self.content,
            "severity": self.severity,
            "subclass": self.subclass,
            "device_type": self.device_type,
            "stage": self.stage,
        }


def choose(line: Line, proposal: dict[str, Any], columns: ColumnMap, *, at: datetime) -> Chosen:
    """The labels by which a row is filed."""
    known = {name: stated(line, name, at=at) or _label(proposal, name) for name in NEEDED}
    found = {name: label or columns.default(name) for name, label in known.items()}
    read_as_content = _label(proposal, "content") == found["content"]
    return Chosen(
        **found,
        subclass=_label(proposal, "subclass") if read_as_content else "",
        device_type=_label(proposal, "device_type"),
        stage=_label(proposal, "stage"),
        sure=all(known.values()),
    )


def stated(line: Line, name: str, *, at: datetime) -> str:
    """The code of the label or channel a row names by code or by either name; "" where it names none of ours."""
    said = line.said.get(name, "").casefold()
    if not said:
        return ""
    entries = labels.catalogue(name, on=at.date())
    return next(
        (e["code"] for e in entries if said in (e["code"], e["zh"].casefold(), e["en"].casefold())), ""
    )


def channel_of(line: Line, columns: ColumnMap, *, at: datetime) -> str:
    """The channel a row came by."""
    return stated(line, "channel", at=at) or columns.default("channel")


def department_of(line: Line, chosen: Chosen, *, at: datetime) -> Department:
    """The department a row names, else the one the routes of FB-3.2a name for its labels."""
    said = line.said.get("department", "")
    if said:
        for column in ("code", "name_zh", "name_en"):
            found = Department.objects.select_related("merged_into").filter(**{column: said}).first()
            if found is not None:
                return found.merged_into or found
    return proposed_department(content=chosen.content, subclass=chosen.subclass, at=at)


def order_of(line: Line) -> Order | None:
    """The order a row names, if we have it."""
    return order_by_number(line.said["order"]) if line.said.get("order") else None


def customer_of(line: Line, order: Order | None) -> Customer | None:
    """The customer a row is about: by number, telephone or address, else whose order it is. Nobody is made up."""
    code = line.said.get("customer_code", "")
    found = by_number(int(code)) if code.isdecimal() and len(code) < 10 else None
    found = found or match(phone=line.said.get("phone", ""), email=line.said.get("email", ""))
    return found or (order.customer if order is not None else None)


def _label(proposal: dict[str, Any], name: str) -> str:
    return (proposal.get(name) or {}).get("label") or ""
