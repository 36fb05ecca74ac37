"""Filing a matter that is over: the case, its answer and its end, each at the time it really had."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.updating import update_where
from goodword.base.people.actors import SYSTEM
from goodword.engine.journal.recording import gathering, record

from .. import states
from ..actions import replying
from ..actions._ground import move
from ..actions.receiving import Word, receive
from ..kinds import ANSWERED, CLOSED, DONE, FILED_AS_HISTORY, REPLIED, TRIAGED
from ..models import Case, Message, Round
from .chosen import Chosen, channel_of, choose, customer_of, department_of, order_of
from .lines import Line
from .mapping import ColumnMap


def file_history(line: Line, columns: ColumnMap, *, outside_id: str, at: datetime) -> Case:
    """Take in a row with its original times, in the caller's transaction. at: when it is filed.

    Effects: the case as received then, with its labels, nobody assigned and nobody told (`case.received`,
    `case.triaged`); then what `follow_up` adds. A row without an answer stays open: nobody has answered it.
    """
    received_at = line.received_at
    assert received_at is not None  # a row without it is no history; `taking` refuses it
    order = order_of(line)
    word = Word(
        text=line.text,
        channel=channel_of(line, columns, at=at),
        subject=line.subject,
        order=order,
        customer=customer_of(line, order),
        outside_id=outside_id,
    )
    with gathering():
        case = receive(word, by=SYSTEM, at=received_at, history=True).case
        chosen = choose(line, case.proposal, columns, at=at)
        _classify(case, line, chosen, received_at=received_at, at=at)
        follow_up(case, line, at=at)
    return case


def follow_up(case: Case, line: Line, *, at: datetime, answered: bool = False) -> None:
    """What the ledger says came after, for a filed case that is still open. answered: the answer is there already.

    Effects: the answer and `case.replied` at its time (CS-3.2a, FB-4.2d, SU-8a); then, when it was over,
    `case.answered` for a consultation, `case.done` for all else (FB-4.3b), `case.closed` and, now,
    `case.filed_as_history`.
    """
    message = case.messages.filter(direction="out").last() if answered else None
    if line.answered_at and not answered:
        message = answer(case, line)
    over_at = line.over_at
    if over_at is None:
        return
    move(case, states.DONE, at=over_at, done_at=over_at)
    if case.kind == "consultation" and message is not None:
        facts = {"message": message.pk, "channel": message.channel}
        record(ANSWERED, case.pk, by=SYSTEM, at=message.at, facts=facts)
    else:
        record(DONE, case.pk, by=SYSTEM, at=over_at)
    move(case, states.CLOSED, at=over_at, closed_at=over_at)
    update_where(
        Round, {"case_id": case.pk, "number": case.round_no}, {"done_at": over_at, "ended_at": over_at}
    )
    record(CLOSED, case.pk, by=SYSTEM, at=over_at)
    record(FILED_AS_HISTORY, case.pk, by=SYSTEM, at=at)


def answer(case: Case, line: Line, *, purpose: str = "answer") -> Message:
    """Add the ledger's answer to a filed case, as it was given then. Effects: the message; `case.replied`."""
    assert line.answered_at is not None
    message = replying.write_out(
        case, by=SYSTEM, at=line.answered_at, text=line.answer, purpose=purpose, anyway=True
    )
    facts = {"purpose": purpose, "channel": message.channel, "message": message.pk}
    record(REPLIED, case.pk, by=SYSTEM, at=message.at, facts={**facts, "phrases": len(message.phrases)})
    return message


def _classify(case: Case, line: Line, chosen: Chosen, *, received_at: datetime, at: datetime) -> None:
    """The labels as of the receipt: who triaged when is not known, and the duties of triage do not begin (FB-3.2a)."""
    department = department_of(line, chosen, at=at)
    move(case, states.TRIAGED, at=received_at, responsible=department, **chosen.facts())
    facts = {**chosen.facts(), "department": department.code, "automatic": True, "corrected": []}
    facts["confidence"] = "read" if chosen.sure else "default"
    record(TRIAGED, case.pk, by=SYSTEM, at=received_at, facts=facts)
