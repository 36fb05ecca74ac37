"""All clauses at a glance: each with how it fared in a period, beside the period before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from goodword.engine.obligations.queries import Tally
from goodword.engine.obligations.tallies import FIGURES
from goodword.engine.policy.schema import Clause, Pack

from ..templatetags.goodword_ui import t, tr
from .bands import Band, band_of
from .kinds import KINDS
from .shares import kept_words, points_words

SORTS = (
    ("id", "条款", "Clause"),
    ("title", "内容", "What"),
    ("kind", "类型", "Kind"),
    ("started", "产生", "Started"),
    ("in_time", "按时", "In time"),
    ("late", "迟到", "Late"),
    ("overdue", "逾期未完", "Overdue"),
    ("open", "未结束", "Open"),
    ("missed", "未履行", "Missed"),
    ("waived", "豁免", "Waived"),
    ("share", "按时率", "Share"),
    ("change", "较上期（百分点）", "Change, points"),
)
"""(code, zh, en) of the table's columns, in order; every one sorts it."""
WORDY = ("id", "title", "kind")
NAMES = {code: (zh, en) for code, zh, en in SORTS}
LINKED = ("started", "in_time", "late", "overdue", "open", "missed", "waived")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a row: what it is called, how many, the list behind it."""

    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """One clause of the overview. state: measured (by its duties or its calls), kept (by the software) or planned."""

    clause: Clause
    url: str
    tally: Tally | None
    before: Tally | None
    band: Band | None

    @property
    def state(self) -> str:
        """What there is to say of it."""
        if not self.clause.is_bound:
            return "planned"
        return "measured" if self.clause.binding is not None or self.tally is not None else "kept"

    @property
    def share(self) -> float | None:
        """Met in time of the decided."""
        return self.tally.share if self.tally else None

    @property
    def change(self) -> float | None:
        """By how much the share rose since the period before; None where either has none."""
        before = self.before.share if self.before else None
        return None if self.share is None or before is None else self.share - before

    @property
    def kind(self) -> str:
        """The clause's kind in words."""
        return t(*KINDS[self.clause.kind])

    @property
    def title(self) -> str:
        """The clause's title in the page's language."""
        return str(tr(self.clause.title.zh, self.clause.title.en))

    @property
    def share_words(self) -> str:
        """「91%」, or a dash."""
        return kept_words(self.share)

    @property
    def change_words(self) -> str:
        """「−4.2」 points, or a dash."""
        return "—" if self.change is None else points_words(self.change)

    @property
    def said(self) -> str:
        """The cell in a sentence, for those who hover and those who listen."""
        return f"{self.clause.id} {self.title}{t('：', ': ')}{self._verdict()}"

    def _verdict(self) -> str:
        if self.state == "planned":
            return t("规划中", "planned")
        if self.state == "kept":
            return t("由软件守住", "kept by the software")
        if self.tally is None or self.band is None:
            return t("没有可判断的", "nothing to judge")
        return t(
            "{share} 按时（{n}/{all}），{band}",
            "{share} in time ({n} of {all}), {band}",
            share=self.share_words,
            n=self.tally.in_time,
            all=self.tally.decided,
            band=self.band.words,
        )

    @property
    def figures(self) -> list[Figure]:
        """What is counted; nothing where nothing can be."""
        if self.state != "measured":
            return []
        counts = self.tally or Tally(self.clause.id, **dict.fromkeys(FIGURES, 0))
        return [
            Figure(
                t(*NAMES[name]),
                getattr(counts, name),
                f"{self.url}&outcome={'' if name == 'started' else name}#list",
            )
            for name in LINKED
        ]


def rows_of(
    packs: tuple[Pack, ...],
    tallies: dict[str, Tally],
    before: dict[str, Tally],
    steps: list[Band],
    url: Callable[[str], str],
) -> list[Row]:
    """A row for every clause, in the order of the texts."""
    found = []
    for pack in packs:
        for clause in pack.clauses:
            tally = tallies.get(clause.id)
            band = band_of(tally.share if tally else None, steps)
            found.append(Row(clause, url(clause.id), tally, before.get(clause.id), band))
    return found


def sorted_by(rows: list[Row], code: str, *, down: bool) -> list[Row]:
    """The rows by one column; what has no figure there comes last either way."""
    if code not in {name for name, *_ in SORTS} or (code == "id" and not down):
        return rows
    known = [row for row in rows if _value(row, code) is not None]
    rest = [row for row in rows if _value(row, code) is None]
    return sorted(known, key=lambda row: _value(row, code), reverse=down) + rest


def _value(row: Row, code: str) -> Any:
    if code == "id":
        return row.clause.id
    if code in {"title", "kind", "share", "change"}:
        return getattr(row, code)
    return getattr(row.tally, code) if row.tally else None
