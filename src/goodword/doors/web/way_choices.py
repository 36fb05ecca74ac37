"""The boxes by which ways of notices are chosen, for the company and for oneself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from goodword.base.people.models import Account
from goodword.company.channels import choices
from goodword.company.channels.choices import Choice
from goodword.company.channels.staff import STAFF_WAYS, StaffWay, open_ways

from .templatetags.goodword_ui import t


@dataclass(frozen=True, slots=True)
class Line:
    """One way. has_address: whether the colleague is known there (of the company: whether it is set up)."""

    code: str
    name: str
    ordinary: bool
    urgent: bool
    is_there: bool


def ways_of_company() -> list[Line]:
    """Every way there could be, with what the company chose."""
    kept = choices.of_company()
    return [_line(way, choices.companys(way, kept), is_there=way.is_open()) for way in STAFF_WAYS.values()]


def ways_of(account: Account) -> list[Line]:
    """The ways that are open, with what holds for this colleague."""
    ways = open_ways()
    if not ways:
        return []
    kept, own = choices.of_company(), choices.of_accounts([account.pk])
    return [
        _line(
            way,
            own.get((account.pk, way.code), choices.companys(way, kept)),
            is_there=account.pk in way.reaches([account.pk]),
        )
        for way in ways
    ]


def chosen(posted: QueryDict, ways: Iterable[str]) -> dict[str, Choice]:
    """What the boxes of these ways say."""
    ordinary, urgent = set(posted.getlist("ordinary")), set(posted.getlist("urgent"))
    return {way: Choice(way in ordinary, way in urgent) for way in ways}


def _line(way: StaffWay, choice: Choice, *, is_there: bool) -> Line:
    return Line(way.code, t(way.zh, way.en), choice.ordinary, choice.urgent, is_there)
