"""How one clause fared in a period: for the company, and for each department and person one may look at."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Q

from goodword.base.people.models import Account, Department
from goodword.engine.obligations.outcomes import NOT_IN_TIME
from goodword.engine.obligations.queries import Tally
from goodword.engine.obligations.tallies import FIGURES, Span, figures
from goodword.voice.cases.queries.proportions import wilson

from ..templatetags.goodword_ui import t
from .scope import Scope
from .shares import share_words

MOST_NAMED = 60
NOBODY = 0
"""In place of a person's id, where nobody is named."""


@dataclass(frozen=True, slots=True)
class Fared:
    """The figures by who bears it: {(department, account or 0): FIGURES}, and what of it one may look at."""

    clause_id: str
    counts: Mapping[tuple[str, int], Mapping[str, int]]
    scope: Scope

    @property
    def whole(self) -> Tally:
        """The company's, which everybody may know."""
        return self._tally(self.counts.values())

    def seen(self, *, department: str | None = None, accounts: Collection[int] | None = None) -> Tally:
        """Those one may look at one by one: of a department, of some accounts (0: nobody by name), or all."""
        return self._tally(
            row
            for (home, account), row in self._mine()
            if (department is None or home == department) and (accounts is None or account in accounts)
        )

    def departments(self) -> dict[str, Tally]:
        """Each department's share of what one may look at."""
        codes = dict.fromkeys(home for (home, _), _ in self._mine())
        return {code: self.seen(department=code) for code in codes}

    def accounts(self) -> dict[int, Tally]:
        """Each account's share of what one may look at; 0 is what nobody bears by name."""
        found = dict.fromkeys(account for (_, account), _ in self._mine())
        return {account: self.seen(accounts=(account,)) for account in found}

    def _mine(self) -> Iterator[tuple[tuple[str, int], Mapping[str, int]]]:
        return ((key, row) for key, row in self.counts.items() if self.scope.covers(*key))

    def _tally(self, rows: Iterator[Mapping[str, int]] | Collection[Mapping[str, int]]) -> Tally:
        total = dict.fromkeys(FIGURES, 0)
        for row in rows:
            for name in FIGURES:
                total[name] += row[name]
        return Tally(clause_id=self.clause_id, **total)


def fared(clause_id: str, span: Span, scope: Scope, *, history: bool, now: datetime) -> Fared:
    """How the clause fared over the duties started in `span`. Three or four queries."""
    where = Q(clause_id=clause_id)
    found = figures(
        "bearer_department", "bearer_account_id", span=span, where=where, history=history, now=now
    )
    return Fared(clause_id, {(str(home), int(account)): row for (home, account), row in found.items()}, scope)


def not_in_time(tally: Tally) -> int:
    """Late, overdue and missed: all that is decided and was not in time."""
    return sum(int(getattr(tally, name)) for name in NOT_IN_TIME)


@dataclass(frozen=True, slots=True)
class Named:
    """One line of a table: who, how he fared, and the query of the list behind it."""

    name: str
    tally: Tally
    query: str

    @property
    def share(self) -> str:
        """「91% (86%–95%)」."""
        return share_words(self.tally.share, *wilson(self.tally.in_time, self.tally.decided))

    @property
    def cells(self) -> list[tuple[int, str]]:
        """(figure, the query of its list) of what the table shows."""
        shown = ("started", "in_time", "late", "overdue")
        return [
            (getattr(self.tally, name), f"{self.query}&outcome={'' if name == 'started' else name}")
            for name in shown
        ]


def by_department(found: Fared, kept: Mapping[str, str]) -> list[Named]:
    """One line per bearing department, the busiest first. kept: what the links carry on. One query."""
    names = {row.code: str(t(row.name_zh, row.name_en)) for row in Department.objects.all()}
    everywhere = str(t("不限部门", "any department"))
    return _busiest(
        Named(names.get(code, code) or everywhere, tally, urlencode({**kept, "department": code}))
        for code, tally in found.departments().items()
    )


def by_person(found: Fared, kept: Mapping[str, str]) -> list[Named]:
    """One line per bearing person, the busiest first; what nobody bears by name stands together. One query."""
    accounts = found.accounts()
    people = {
        account.pk: (account.person_id, account.person.name)
        for account in Account.objects.filter(pk__in=accounts).select_related("person")
    }
    nobody = (NOBODY, str(t("按岗位，未指名", "by role, nobody named")))
    together: dict[tuple[int, str], list[int]] = {}
    for account in accounts:
        together.setdefault(people.get(account, nobody), []).append(account)
    return _busiest(
        Named(name, found.seen(accounts=held), urlencode({**kept, "person": person}))
        for (person, name), held in together.items()
    )


def _busiest(lines: Iterator[Named]) -> list[Named]:
    return sorted(lines, key=lambda line: -line.tally.started)[:MOST_NAMED]
