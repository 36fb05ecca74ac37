"""Who changed what on a settings page, from the journal: beside the page, for whoever may see the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from goodword.base.people.models import Account, Department
from goodword.base.people.roles import GROUPS, ROLES
from goodword.company.channels.notice import called
from goodword.engine.journal.kinds import kind_named
from goodword.engine.journal.models import Entry

from ..access import WebRequest
from ..templatetags.goodword_ui import t, tr, typed
from .about import PAGES

MOST = 8
PEOPLE = ("account", "stand_in")


@dataclass(frozen=True, slots=True)
class Change:
    """One line: what was done, to whom or what, by whom, when."""

    what: str
    about: str
    by: str
    at: datetime


def history(here: str, request: WebRequest) -> list[Change]:
    """The newest changes of the page; none for whoever may not see the journal. One query a kind, and two for names."""
    page = PAGES.get(here)
    if page is None or not request.actor.has("journal.see"):
        return []
    found: list[Entry] = []
    for kind in page.kinds:
        rows = Entry.objects.filter(kind=kind).select_related("by__person").order_by("-at", "-pk")
        found += rows[:MOST]
    newest = sorted(found, key=lambda entry: (entry.at, entry.pk), reverse=True)[:MOST]
    names = _names(newest)
    return [
        Change(
            str(t(kind_named(entry.kind).zh, kind_named(entry.kind).en)),
            " · ".join(_words(entry, names)),
            entry.by.person.name if entry.by else str(t("系统", "the system")),
            entry.at,
        )
        for entry in newest
    ]


def _names(entries: Sequence[Entry]) -> dict[tuple[str, Any], str]:
    """What the people and departments named in the entries are called. Two queries, whatever they name."""
    people = {entry.facts.get(key) for entry in entries for key in PEOPLE} - {None}
    rows = Account.objects.filter(pk__in=people or {0}).select_related("person")
    names: dict[tuple[str, Any], str] = {("account", row.pk): row.person.name for row in rows}
    for row in Department.objects.all():
        names["department", row.code] = str(typed(row.name_zh, row.name_en))
    return names


def _words(entry: Entry, names: dict[tuple[str, Any], str]) -> list[str]:
    """The facts people read: who, which role, department, group, calendar or clause."""
    facts, said = entry.facts, []
    said += [names[key] for key in (("account", facts.get(name)) for name in PEOPLE) if key in names]
    if (role := ROLES.get(facts.get("role", ""))) is not None:
        said.append(str(t(role.zh, role.en)))
    if (department := names.get(("department", facts.get("department")))) is not None:
        said.append(department)
    if facts.get("group") in GROUPS:
        said.append(str(t(*GROUPS[facts["group"]][:2])))
    if "version" in facts:
        said.append(str(t("第 {n} 版", "version {n}", n=facts["version"])))
    said += [str(facts[name]) for name in ("clause", "accent", "name", "key") if facts.get(name)]
    said += [
        str(tr(*called(facts[name], on=entry.at.date()))) for name in ("channel", "place") if name in facts
    ]
    return said
