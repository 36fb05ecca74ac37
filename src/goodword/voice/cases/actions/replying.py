"""Talking with the customer: answers, calls, remote guidance, and what the customer writes back."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.errors import Invalid
from goodword.base.core.inserting import insert
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import CUSTOMER, Actor
from goodword.company.knowledge.actions.using import used
from goodword.company.knowledge.models import ScriptVersion
from goodword.engine.journal.recording import record

from .. import states
from ..kinds import (
    CALLED_CUSTOMER,
    CUSTOMER_WROTE,
    FIRST_PROPOSAL_GIVEN,
    OPINION_GIVEN,
    PROGRESS_TOLD,
    REMOTE_GUIDANCE_STARTED,
    REPLIED,
    WAITING_ENDED,
)
from ..models import Case, Message, Note
from ..queries.merged import final_target
from ..rules import phrases
from ._ground import change, handled, lock, require_open, require_reach, require_state

PURPOSES = ("first_response", "answer", "opinion", "progress", "other")
"""Why a person writes to a customer; receipts are automatic, solutions have an action of their own."""
FURTHER = {"progress": PROGRESS_TOLD, "opinion": OPINION_GIVEN}
BEFORE_DONE = states.OPEN - {states.DONE, states.CALLED_BACK}


def reply(
    case: Case,
    *,
    by: Actor,
    at: datetime,
    text: str,
    purpose: str,
    channel: str = "",
    anyway: bool = False,
    script: ScriptVersion | None = None,
) -> Message:
    """Answer the customer. purpose: one of PURPOSES; channel: the case's own where none is named.

    script: the version of a script the words were made from; it is journalled and counted, its words are not.

    Effects: the message; `case.replied` (meets CS-3.2a, SU-8a; FB-2.2d, FB-4.2d by purpose); for progress also
    `case.progress_told` (FB-4.3c), for an opinion `case.opinion_given`. Negative phrases sent anyway are kept
    with the message and counted in the journal.
    Raises Forbidden, Invalid, Refused when the case has ended, PhraseWarning (FB-4.2e) unless `anyway`.
    """
    require_reach(case, "cases.reply", by)
    if purpose not in PURPOSES:
        raise Invalid(
            "请选择回复的目的。", "Choose what the reply is for.", fields={"purpose": "必选 / required"}
        )
    with one_fact():
        lock(case)
        require_open(case)
        message = write_out(case, by=by, at=at, text=text, purpose=purpose, channel=channel, anyway=anyway)
        change(case, at=at)
        handled(case, by=by, act="replied", at=at)
        facts = {"channel": message.channel, "message": message.pk}
        said = {"purpose": purpose, "phrases": len(message.phrases)}
        if script is not None:
            used(script, by=by, at=at)
            said |= {"script": script.script_id, "script_version": script.number}
        record(REPLIED, case.pk, by=by, at=at, facts={**facts, **said})
        if purpose in FURTHER:
            record(FURTHER[purpose], case.pk, by=by, at=at, facts=facts)
    return message


def write_out(
    case: Case, *, by: Actor, at: datetime, text: str, purpose: str, channel: str = "", anyway: bool = False
) -> Message:
    """The message row of words to a customer, after the phrase check. For actions that journal what it means.

    Raises Invalid for empty words, PhraseWarning (FB-4.2e) unless `anyway`.
    """
    text = clean(text)
    if not text:
        raise Invalid(
            "请写下要对客户说的话。",
            "Write what the customer is to read.",
            fields={"text": "必填 / required"},
        )
    if refusal := phrases.warning(text, at=at, anyway=anyway):
        raise refusal
    hits = [hit.phrase for hit in phrases.hits_in(text, at=at)]
    message = Message(
        case=case,
        direction="out",
        channel=channel or case.channel,
        purpose=purpose,
        text=text,
        phrases=hits,
        anyway=bool(hits),
        by_id=by.account_id,
        at=at,
    )
    insert(message)
    return message


def customer_wrote(
    case: Case, *, text: str, channel: str, at: datetime, by: Actor = CUSTOMER, outside_id: str = ""
) -> Message:
    """Keep what the customer writes, on the case it was merged into if it was. The same outside_id again: the same row.

    Effects: the message; `case.customer_wrote`, whose reaction tells the assignee; a wait for the customer ends.
    A closed case stays closed: a person decides whether it is reopened. by: the CUSTOMER, or staff who took it down.
    Raises Invalid for empty words, Forbidden.
    """
    if by.kind == "staff":
        by.require("cases.reply")
    text = clean(text)
    if not text:
        raise Invalid("请写下您想说的话。", "Write what you want to say.", fields={"text": "必填 / required"})
    with one_fact():
        target = _locked_target(case)
        known = (
            outside_id
            and target.messages.filter(direction="in", channel=channel, outside_id=outside_id).first()
        )
        if known:
            return known
        message = Message.objects.create(
            case=target,
            direction="in",
            channel=channel,
            text=text,
            outside_id=outside_id,
            by_id=by.account_id,
            at=at,
        )
        change(target, at=at)
        record(CUSTOMER_WROTE, target.pk, by=by, at=at, facts={"channel": channel, "message": message.pk})
        customer_is_back(target, by=by, at=at)
    return message


def customer_is_back(case: Case, *, by: Actor, at: datetime) -> None:
    """End the wait for the customer, if there is one, inside the caller's fact: the clocks run on."""
    if case.waiting_since is not None:
        change(case, at=at, waiting_since=None, waiting_for="")
        record(WAITING_ENDED, case.pk, by=by, at=at)


def call_customer(
    case: Case, *, by: Actor, at: datetime, reached: bool, note: str = "", first_proposal: str = ""
) -> Case:
    """Write down a telephone call to the customer, and the first proposal made in it (SU-8b).

    Effects: a note where there is one; `case.called_customer`; with a first proposal the words as a message and
    `case.first_proposal_given`. Raises Forbidden, Refused when the case has ended, Invalid for a proposal to
    somebody who was not reached.
    """
    require_reach(case, "cases.reply", by)
    note, first_proposal = clean(note), clean(first_proposal)
    if first_proposal and not reached:
        raise Invalid("没有接通,无法记录初步方案。", "Nobody was reached, so no proposal can have been made.")
    with one_fact():
        lock(case)
        require_open(case)
        change(case, at=at)
        handled(case, by=by, act="called_customer", at=at)
        if note:
            Note.objects.create(case=case, text=note, by_id=by.account_id, at=at)
        outcome = "reached" if reached else "not_reached"
        record(CALLED_CUSTOMER, case.pk, by=by, at=at, facts={"outcome": outcome})
        if first_proposal:
            message = Message.objects.create(
                case=case,
                direction="out",
                channel="hotline",
                purpose="opinion",
                text=first_proposal,
                by_id=by.account_id,
                at=at,
            )
            record(FIRST_PROPOSAL_GIVEN, case.pk, by=by, at=at, facts={"message": message.pk})
    return case


def start_remote_guidance(case: Case, *, by: Actor, at: datetime) -> Case:
    """Begin to guide the customer at the device from afar (WM-2.4a).

    Effects: `case.remote_guidance_started`. Raises Forbidden, Refused once the case is done.
    """
    require_reach(case, "cases.guide", by)
    with one_fact():
        lock(case)
        require_state(case, *(state for state in states.STEPS if state in BEFORE_DONE))
        change(case, at=at)
        handled(case, by=by, act="guided", at=at)
        record(REMOTE_GUIDANCE_STARTED, case.pk, by=by, at=at)
    return case


def clean(text: str) -> str:
    """Words as they are kept: without the blanks around them and without NULs, which PostgreSQL cannot hold."""
    return text.replace("\x00", "").strip()


def _locked_target(case: Case) -> Case:
    """The case that now stands for `case`, with its place in line taken, even if it is merged while we wait."""
    while True:
        target = lock(final_target(case))
        if target.state != states.MERGED:
            return target
        case = target
