"""What a new edition would touch: the duties that keep their old figures, and how the last weeks would have gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from goodword.base.worktime import queries as calendars
from goodword.engine.obligations.queries import open_by_edition, past_of
from goodword.engine.obligations.trying import Tried, replaced, tried
from goodword.engine.policy.revalued import clause_with
from goodword.engine.policy.schema import Binding, Clause

from .period import USUAL
from .plain import allowance_words
from .shares import kept_words

MOST_TRIED = 1000
"""Duties looked at, the newest: enough for a share, few enough for a page."""


@dataclass(frozen=True, slots=True)
class Impact:
    """open: how many duties run now, by the number of the edition they keep. days: how far back was tried.

    moves: (allowance as it is, as it would be). result: None where no allowance changes, or nothing can be told.
    """

    open: Mapping[int, int]
    days: int
    moves: list[tuple[str, str]]
    result: Tried | None

    @property
    def running(self) -> int:
        """All that are open."""
        return sum(self.open.values())

    @property
    def share(self) -> str:
        """The share as it was."""
        return _share(self.result.in_time, self.result.decided) if self.result else "—"

    @property
    def share_then(self) -> str:
        """The share as it would have been."""
        return _share(self.result.in_time_then, self.result.decided_then) if self.result else "—"


def _share(in_time: int, decided: int) -> str:
    return kept_words(in_time / decided if decided else None)


def impact(
    known: Clause, before: Mapping[str, Any], after: Mapping[str, Any], *, now: datetime
) -> Impact | None:
    """What the figures `after` change for a duty; None for what is no duty. Two queries, and one per calendar."""
    old, new = (clause_with(known.id, {**known.values, **values}).binding for values in (before, after))
    if old is None or new is None:
        return None
    return Impact(open_by_edition(known.id), USUAL, *_tried(known, old, new, now=now))


def _tried(
    known: Clause, old: Binding, new: Binding, *, now: datetime
) -> tuple[list[tuple[str, str]], Tried | None]:
    """The allowances that change, and the past under them."""
    allowances = replaced(old, new)
    moves = [(allowance_words(was), allowance_words(then)) for was, then in allowances.items() if was != then]
    if not moves:
        return [], None
    rows = past_of(known.id, started_from=now - timedelta(days=USUAL), limit=MOST_TRIED)
    compiled = {number: calendars.version(number) for number in {row.calendar_version for row in rows}}
    result = tried(rows, allowances, compiled, now=now)
    return moves, result if result.looked_at > result.untold else None
