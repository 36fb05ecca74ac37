"""Which way a notice takes: its urgency decides, then the company, then each colleague within what is allowed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from goodword.base.core.models import Setting
from goodword.engine.policy.queries import all_clauses

from .models import WayChoice
from .staff import StaffWay

SETTING = "staff_ways"


@dataclass(frozen=True, slots=True)
class Choice:
    """Whether ordinary notices come by a way, and whether urgent ones do."""

    ordinary: bool
    urgent: bool


def of_company() -> dict[str, Choice]:
    """{way: what the company has chosen}, where it has. One query."""
    kept = Setting.objects.filter(name=SETTING).values_list("value", flat=True).first() or {}
    return {way: Choice(bool(chosen["ordinary"]), bool(chosen["urgent"])) for way, chosen in kept.items()}


def keep_companys(chosen: dict[str, Choice]) -> None:
    """Write the company's choice; whoever calls has asked for the right and journals it."""
    value = {way: {"ordinary": one.ordinary, "urgent": one.urgent} for way, one in chosen.items()}
    Setting.objects.update_or_create(name=SETTING, defaults={"value": value})


def companys(way: StaffWay, kept: dict[str, Choice]) -> Choice:
    """What holds of a way for whoever chose nothing."""
    return kept.get(way.code, Choice(way.ordinary, way.urgent))


def of_accounts(accounts: Collection[int]) -> dict[tuple[int, str], Choice]:
    """{(account, way): what the colleague chose}, where they chose. One query."""
    rows = WayChoice.objects.filter(account__in=accounts)
    return {(row.account_id, row.way): Choice(row.ordinary, row.urgent) for row in rows}


def rings_alone(clause_id: str) -> bool:
    """Whether the regulation has every alarm of this clause ring: nobody can switch its urgent notices off."""
    clause = all_clauses().get(clause_id)
    return clause is not None and clause.binding is not None and clause.binding.rings_alone


def comes_by(company: Choice, own: Choice | None, *, urgent: bool, alone: bool) -> bool:
    """Whether a notice goes by a way, as company and colleague have chosen."""
    if not urgent:
        return (own or company).ordinary
    return (own or company).urgent or (alone and company.urgent)
