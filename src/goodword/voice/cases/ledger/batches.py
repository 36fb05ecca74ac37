"""A batch of a ledger's rows taken in together: what they write is written in a statement for all of them.

Where one of them cannot be taken, those before it are taken together, it alone, and so on: a row that fails takes
nobody with it, and what is written is the same as row by row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import DataError, IntegrityError
from django.db.models import Model
from django.db.transaction import TransactionManagementError

from goodword.base.core.errors import DomainError
from goodword.base.core.inserting import insert, written_together
from goodword.base.core.transactions import one_fact, undivided
from goodword.engine.journal.recording import gathering
from goodword.engine.policy.queries import one_look

from ..models import Case, CaseWords, LedgerReject, LedgerRow, LedgerRun, Message, Note, Round
from .lines import Line, Refusal, RowRejected
from .mapping import ColumnMap
from .taking import outcome_of, take, tally

Became = tuple[str, Counter[str]]
"""The outcome of a row, and what it adds to the run's figures."""
KEPT: dict[str, tuple[type[Model], ...]] = {
    "new": (Case, Round, Message, CaseWords, Note, LedgerRow),
    "history": (Case, Round, CaseWords, LedgerRow),  # the journal names an answer's message by its key
}
"""What is written at the end of a batch, by the run's mode."""


def taken_in(
    run: LedgerRun, batch: Sequence[Line | Refusal], columns: ColumnMap, *, at: datetime
) -> list[Became]:
    """Take the rows in, inside the caller's transaction; what became of each, in their order."""
    keys = [line.key for line in batch if isinstance(line, Line)]
    rows = LedgerRow.objects.select_related("case").filter(source=run.source, key__in=keys)
    return _Batch(run, columns, at, {row.key: row for row in rows}).many(batch)


class _Batch:
    """known: what was taken before, by key; a row that is taken now stands there for those after it."""

    def __init__(self, run: LedgerRun, columns: ColumnMap, at: datetime, known: dict[str, LedgerRow]) -> None:
        self.run, self.columns, self.at, self.known = run, columns, at, known

    def many(self, lines: Sequence[Line | Refusal]) -> list[Became]:
        """Take them together, else around the one that fails; one by one where they fail together, at the end or in
        what reacts to them.
        """
        before, done = dict(self.known), list[Became]()
        try:
            with undivided(), one_look(), gathering(), written_together(*KEPT[self.run.mode]):
                for line in lines:
                    done.append(self.rejected(line) or self.taken(line))
        except (RowRejected, DomainError, DataError, IntegrityError, TransactionManagementError):
            self.known, failed = before, len(done)
        else:
            return done
        if failed == len(lines):
            return [self.alone(line) for line in lines]
        return [
            *self.many(lines[:failed]),
            self.alone(lines[failed]),
            *self.many(lines[failed + 1 :]),
        ]

    def rejected(self, line: Line | Refusal) -> Became | None:
        """The refusal of a row that can be seen before anything is written of it."""
        if isinstance(line, Refusal):
            return self.refused(line, line.zh, line.en)
        try:
            outcome_of(line, self.known.get(line.key), history=self.run.mode == "history")
        except RowRejected as refused:
            return self.refused(line, refused.zh, refused.en)
        return None

    def taken(self, line: Line | Refusal) -> Became:
        """Take one row. Raises RowRejected, or what the database raises."""
        assert isinstance(line, Line)  # a refusal is no row
        taken = take(line, self.known.get(line.key), self.run, self.columns, at=self.at)
        self.known[line.key] = taken.row
        return taken.outcome, tally(taken.case) if taken.outcome == "created" else Counter()

    def alone(self, line: Line | Refusal) -> Became:
        """Take one row in a savepoint of its own; rejected with the reason where it cannot be taken."""
        if refusal := self.rejected(line):
            return refusal
        try:
            with one_fact():
                return self.taken(line)
        except RowRejected as refused:
            return self.refused(line, refused.zh, refused.en)
        except (DataError, IntegrityError) as problem:
            name = type(problem).__name__
            return self.refused(line, "数据库不接受这一行", f"the database does not take it ({name})")

    def refused(self, line: Line | Refusal, zh: str, en: str) -> Became:
        """Write down why a row was not taken."""
        insert(LedgerReject(run=self.run, number=line.number, reason_zh=zh[:300], reason_en=en[:300]))
        return "rejected", Counter()
