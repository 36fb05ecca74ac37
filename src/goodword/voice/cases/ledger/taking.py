"""Taking one row in: it is new, as it was, changed, or it cannot be taken."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from goodword.base.core.errors import DomainError
from goodword.base.core.inserting import insert
from goodword.base.people.actors import SYSTEM
from goodword.company.customers.actions.registering import register
from goodword.company.customers.checking import ContactFacts
from goodword.company.customers.models import Customer

from .. import states
from ..actions import replying
from ..actions._ground import lock
from ..actions.receiving import RECEIPT_CHANNELS, Word, receive
from ..models import Case, LedgerRow, LedgerRun, Note
from . import filing
from .chosen import channel_of, customer_of, order_of, stated
from .lines import Line, RowRejected
from .mapping import LEDGER, ColumnMap

Outcome = Literal["created", "unchanged", "updated"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a row, its case, and the row as it is remembered."""

    outcome: Outcome
    case: Case
    row: LedgerRow


def outcome_of(line: Line, known: LedgerRow | None, *, history: bool) -> Outcome:
    """What a row would be. Raises RowRejected for one that cannot be taken."""
    if known is not None:
        if known.digest == line.digest:
            return "unchanged"
        if known.question != line.question_digest:
            raise RowRejected(
                "内容与已导入的不同,请人工核对",
                "its text is not what was taken in before; a person must look",
            )
        return "updated"
    if history and line.received_at is None:
        raise RowRejected("没有受理时间,不能作为历史", "no time of receipt, so it cannot be history")
    if not history and (line.answered_at or line.closed_at):
        raise RowRejected(
            "已有答复或已办结,请作为历史导入", "answered or closed already; take it in as history"
        )
    return "created"


def take(line: Line, known: LedgerRow | None, run: LedgerRun, columns: ColumnMap, *, at: datetime) -> Taken:
    """Take one row in, inside the caller's transaction. Raises RowRejected.

    Effects: a case for a new row, as history or as work that begins now; the answer, when it came since; nothing
    for a row that is as it was.
    """
    history = run.mode == "history"
    outcome = outcome_of(line, known, history=history)
    try:
        if known is None:
            outside_id = f"{run.source}:{line.key}"[:120]
            case = _new(line, columns, outside_id=outside_id, history=history, at=at)
        elif outcome == "updated":
            case = _update(known, line, at=at)
        else:
            return Taken(outcome, known.case, known)
    except DomainError as refusal:
        raise RowRejected(refusal.zh, refusal.en) from refusal
    return Taken(outcome, case, _remember(line, known, case, run, at=at))


def tally(case: Case) -> Counter[str]:
    """What a case adds to a run's figures: {"kind:complaint": 1, …}; "" where nothing is decided yet."""
    return Counter({f"{name}:{getattr(case, name)}": 1 for name in ("kind", "content", "severity")})


def _new(line: Line, columns: ColumnMap, *, outside_id: str, history: bool, at: datetime) -> Case:
    if history:
        return filing.file_history(line, columns, outside_id=outside_id, at=at)
    order = order_of(line)
    channel = channel_of(line, columns, at=at)
    word = Word(
        text=line.text,
        channel=LEDGER if channel in RECEIPT_CHANNELS else channel,  # no receipt can go out by a table
        subject=line.subject,
        order=order,
        customer=customer_of(line, order) or _registered(line, at=at),
        kind=stated(line, "kind", at=at),
        outside_id=outside_id,
    )
    case = receive(word, by=SYSTEM, at=at).case
    if (
        line.received_at is not None
    ):  # work begins now, and so do its clocks; when it really came is kept beside it
        written = f"台账登记时间 / taken down in the ledger: {line.received_at:%Y-%m-%d %H:%M}"
        insert(Note(case=case, text=written, at=at))
    return case


def _registered(line: Line, *, at: datetime) -> Customer | None:
    """Somebody not known yet whom one can reach becomes a customer: the answer must get to him."""
    name, phone, email = (line.said.get(part, "") for part in ("customer", "phone", "email"))
    if not name or not (phone or email):
        return None
    contact = ContactFacts(name=name, phone=phone, email=email)
    return register(kind="streamer", name=name, contact=contact, by=SYSTEM, at=at)


def _update(known: LedgerRow, line: Line, *, at: datetime) -> Case:
    """Add what came since: an answer, an end. Raises RowRejected where only a person can say what it means."""
    case = lock(known.case)
    fresh = bool(line.answered_at) and known.answer != line.answer_digest
    if case.history and case.state == states.TRIAGED:
        if line.received_at != case.received_at:
            raise RowRejected("受理时间与已导入的不同", "its time of receipt is not what was taken in before")
        filing.follow_up(case, line, at=at, answered=bool(known.answer) and not fresh)
    elif not fresh:
        raise RowRejected("只有时间不同,请人工核对", "only its times differ; a person must look")
    elif case.history and case.state == states.CLOSED:
        filing.answer(case, line, purpose="other")
    else:
        replying.reply(case, by=SYSTEM, at=at, text=line.answer, purpose="answer", anyway=True)
    return case


def _remember(line: Line, known: LedgerRow | None, case: Case, run: LedgerRun, *, at: datetime) -> LedgerRow:
    digests = {"digest": line.digest, "question": line.question_digest, "answer": line.answer_digest}
    if known is not None:
        LedgerRow.objects.filter(pk=known.pk).update(**digests, run=run, changed_at=at)
        return LedgerRow.objects.select_related("case").get(pk=known.pk)
    reporter = "" if case.customer_id else line.said.get("customer", "")
    row = LedgerRow(
        source=run.source, key=line.key, case=case, run=run, reporter=reporter, changed_at=at, **digests
    )
    insert(row)
    return row
