"""The obligations behind a clause's figures, one by one: those of one outcome, department or person.

Each outcome is read from an index that holds little else, so that a rare one does not walk past a million others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet

from goodword.base.language.script import written
from goodword.base.people.models import Account, Department, Person
from goodword.engine.obligations.models import Obligation
from goodword.engine.obligations.outcomes import NOT_IN_TIME
from goodword.engine.obligations.queries import Tally, outcomes

from ..templatetags.goodword_ui import is_english, t, tr
from ..words import length_words
from .figures import NOBODY, Fared, not_in_time
from .plain import amount_words
from .subjects import about

PER_PAGE = 50
NOT_IN_TIME_CODE = "not_in_time"
OUTCOMES = {
    NOT_IN_TIME_CODE: ("未按时的全部", "Not in time, all"),
    "late": ("迟到完成", "Late"),
    "overdue": ("已逾期未完成", "Overdue"),
    "missed": ("未履行", "Missed"),
    "open": ("未结束", "Open"),
    "in_time": ("按时", "In time"),
    "waived": ("豁免", "Waived"),
    "superseded": ("被替代", "Superseded"),
    "released": ("不再需要", "Released"),
    "": ("全部", "All"),
}
"""(zh, en) of each choice, what went wrong first."""
DIGITS = 18
"""Of an id, at most: every number of so many fits a database's."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is listed: an outcome, a department, a person (0: nobody by name); None where it does not matter.

    accounts: the person's.
    """

    outcome: str
    department: str | None = None
    person: int | None = None
    accounts: tuple[int, ...] | None = None

    def count(self, found: Fared, outcome: str | None = None) -> int:
        """How many there are, by the figures: of this outcome, or of another."""
        tally = found.seen(department=self.department, accounts=self.accounts)
        return figure_of(tally, self.outcome if outcome is None else outcome)

    @property
    def where(self) -> Q:
        """Whose, as a condition."""
        wanted = Q() if self.department is None else Q(bearer_department=self.department)
        if self.person is None:
            return wanted
        return wanted & (
            Q(bearer_account=None) if self.person == NOBODY else Q(bearer_account__in=self.accounts)
        )

    def query(self) -> dict[str, str]:
        """What a link carries to keep it."""
        kept = {"outcome": self.outcome}
        if self.department is not None:
            kept["department"] = self.department
        if self.person is not None:
            kept["person"] = str(self.person)
        return kept


def figure_of(tally: Tally, outcome: str) -> int:
    """The figure a choice of the list stands for."""
    if outcome == NOT_IN_TIME_CODE:
        return not_in_time(tally)
    return int(getattr(tally, outcome or "started"))


def choice_of(asked: Mapping[str, str], found: Fared) -> Choice:
    """What the address asks for; where it names no outcome, what was not in time, if anything was. One query at most."""
    department = asked["department"].replace("\x00", "")[:40] if "department" in asked else None
    person = _number(asked.get("person", ""))
    accounts = _accounts(person) if person is not None else None
    outcome = asked.get("outcome")
    if outcome not in OUTCOMES:
        begun = Choice(NOT_IN_TIME_CODE, department, person, accounts)
        outcome = NOT_IN_TIME_CODE if begun.count(found) else ""
    return Choice(outcome, department, person, accounts)


def _number(text: str) -> int | None:
    """The id a text is; None for what no row can have."""
    if not (text.isascii() and text.isdigit() and len(text) <= DIGITS):
        return None
    return int(text)


def _accounts(person: int) -> tuple[int, ...]:
    if person == NOBODY:
        return (NOBODY,)
    return tuple(Account.objects.filter(person_id=person).values_list("pk", flat=True))


def listed(
    rows: QuerySet[Obligation], choice: Choice, *, now: datetime, after: UUID | None
) -> list[Obligation]:
    """A page and one more, the newest first. rows: of the clause and period, as far as one may look."""
    place = Obligation.objects.filter(pk=after).only("started_at").first() if after else None
    found: list[Obligation] = []
    whose = rows.filter(choice.where)
    if place is not None:
        whose = whose.filter(
            Q(started_at__lt=place.started_at) | Q(started_at=place.started_at, pk__lt=place.pk),
            started_at__lte=place.started_at,
        )
    for part in _parts(whose, choice.outcome, now=now):
        found += part.order_by("-started_at", "-pk")[: PER_PAGE + 1]
    return sorted(found, key=lambda row: (row.started_at, row.pk), reverse=True)[: PER_PAGE + 1]


def _parts(rows: QuerySet[Obligation], outcome: str, *, now: datetime) -> Iterable[QuerySet[Obligation]]:
    """The list in parts that share no row, each with the terms its index is kept by."""
    meant = outcomes(now)
    if outcome == NOT_IN_TIME_CODE:
        was_late = Q()
        for name in NOT_IN_TIME:
            was_late |= meant[name]
        yield rows.filter(was_late, breached_at__isnull=False)
        yield rows.filter(meant["overdue"], breached_at=None)  # past due, and no worker has said so yet
    elif outcome:
        yield rows.filter(meant[outcome])
    else:
        yield rows


def drawn(rows: list[Obligation]) -> list[dict[str, Any]]:
    """The rows as the template reads them. Two queries."""
    named = about(rows)
    return [
        {
            "row": row,
            "about": named[row.subject_type, row.subject_id],
            "allowed": amount_words(row.amount, row.unit),
            "by": _by_how_much(row),
        }
        for row in rows
    ]


def _by_how_much(row: Obligation) -> str:
    """How late it ended, as the clock on the wall runs; empty where it was not late or still runs."""
    if row.breached_at is None or row.ended_at is None or row.ended_at <= row.due_at:
        return ""
    return written(length_words(int((row.ended_at - row.due_at).total_seconds()), en=is_english()))


def place(key: str) -> UUID | None:
    """The duty after which the page begins, by its id; None for the first page and for what is no id."""
    try:
        return UUID(key)
    except ValueError:
        return None


def kept(choice: Choice, **rest: str) -> str:
    """The query of this list, with what else the page's address holds."""
    return urlencode({**rest, **choice.query()})


def options(choice: Choice, found: Fared) -> list[tuple[str, str]]:
    """(code, 「迟到完成 (31)」) of every outcome there is."""
    counted = [(code, names, choice.count(found, code)) for code, names in OUTCOMES.items()]
    return [
        (code, f"{t(*names)} ({count})") for code, names, count in counted if count or code == choice.outcome
    ]


def whose(choice: Choice) -> list[str]:
    """The department and the person the list is of, in words. Two queries at most."""
    said = []
    if choice.department is not None:
        home = Department.objects.filter(code=choice.department).first()
        said.append(str(tr(home.name_zh, home.name_en)) if home else str(t("不限部门", "any department")))
    if choice.person is not None:
        who = Person.objects.filter(pk=choice.person).first() if choice.person else None
        said.append(who.name if who else str(t("未指名", "nobody named")))
    return said
