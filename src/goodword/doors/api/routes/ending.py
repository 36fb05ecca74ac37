"""From carrying out to closing; the short way; and coming back."""

from __future__ import annotations

from goodword.base.core.errors import NotFound
from goodword.voice.cases.actions import callback, carrying_out, closing, rounds, short_way, withdrawing

from .. import found
from ..caller import Caller
from ..operations import Door
from ..schemas.cases import CaseRow
from ..schemas.common import Empty
from ..schemas.handling import StepOut
from ..schemas.solving import AttemptIn, CallbackIn, CarryingOutIn, ProofIn, ReopeningIn
from ..schemas.talk import AcknowledgementIn, AssessmentIn, ReasonIn, WordsIn
from ..shown import cases as show
from ..shown import handling

door = Door("Carrying out and closing")


@door.write("cases/{key}/carrying-out", right="cases.carry_out", answer=CaseRow)
def start_carrying_out(caller: Caller, key: str, body: CarryingOutIn) -> CaseRow:
    """Begin to carry out what was agreed (FB-4.3a)"""
    case = found.case(caller, key)
    steps = [
        {"what": step.what, "owner": found.account(step.owner, field="owner"), "due_at": step.due_at}
        for step in body.steps
    ]
    return show.row_of(carrying_out.start(case, **caller.acting, steps=steps))


@door.write("cases/{key}/steps/{number}/completion", right="cases.carry_out", answer=StepOut)
def complete_step(caller: Caller, key: str, number: int, body: ProofIn) -> StepOut:
    """Tick off a step of the current round"""
    case = found.case(caller, key)
    rows = case.steps.select_related("case", "owner__person", "done_by__person")
    step = rows.filter(round_no=case.round_no, number=number).first()
    if step is None:
        raise NotFound
    carrying_out.complete_step(step, **caller.acting, proof=body.proof)
    return handling.step(rows.get(pk=step.pk))


@door.write("cases/{key}/completion", right="cases.carry_out", answer=CaseRow)
def finish_case(caller: Caller, key: str, body: ProofIn) -> CaseRow:
    """The solution is carried out (FB-4.3b)"""
    return show.row_of(carrying_out.finish(found.case(caller, key), **caller.acting, proof=body.proof))


@door.write("cases/{key}/callback-attempts", right="cases.call_back", answer=CaseRow)
def attempt_callback(caller: Caller, key: str, body: AttemptIn) -> CaseRow:
    """A callback call that nobody answered"""
    case = found.case(caller, key)
    callback.attempt(case, **caller.acting, note=body.note)
    return show.row_of(case)


@door.write("cases/{key}/callback", right="cases.call_back", answer=CaseRow)
def call_back(caller: Caller, key: str, body: CallbackIn) -> CaseRow:
    """What the customer says (FB-4.3d); refused to whoever handled the case (FB-4.3e)"""
    case = found.case(caller, key)
    callback.call_back(case, **caller.acting, **body.model_dump())
    return show.row_of(case)


@door.write("cases/{key}/callback-surrender", right="cases.call_back", answer=CaseRow)
def give_up_callback(caller: Caller, key: str, body: Empty) -> CaseRow:
    """Nobody could be reached, after as many attempts as FB-4.3d wants"""
    case = found.case(caller, key)
    callback.give_up(case, **caller.acting)
    return show.row_of(case)


@door.write("cases/{key}/closure", right="cases.close", answer=CaseRow)
def close_case(caller: Caller, key: str, body: Empty) -> CaseRow:
    """Close a case; what is missing is one sentence with its clauses"""
    return show.row_of(closing.close(found.case(caller, key), **caller.acting))


@door.write("cases/{key}/reopening", right="cases.reopen", answer=CaseRow)
def reopen_case(caller: Caller, key: str, body: ReopeningIn) -> CaseRow:
    """The customer comes back (FB-4.3f): the next round, or a new case that follows"""
    channel = found.channel(body.channel, at=caller.at)
    case = found.case(caller, key)
    return show.row_of(rounds.reopen(case, **caller.acting, reason=body.reason, channel=channel))


@door.write("cases/{key}/withdrawal", right="cases.reply", answer=CaseRow)
def withdraw_case(caller: Caller, key: str, body: ReasonIn) -> CaseRow:
    """The customer takes it back"""
    return show.row_of(withdrawing.withdraw(found.case(caller, key), **caller.acting, reason=body.reason))


@door.write("cases/{key}/answer", right="cases.answer", answer=CaseRow)
def answer_consultation(caller: Caller, key: str, body: WordsIn) -> CaseRow:
    """Answer a consultation (SU-8a)"""
    found.channel(body.channel, at=caller.at)
    return show.row_of(short_way.answer(found.case(caller, key), **caller.acting, **body.model_dump()))


@door.write("cases/{key}/acknowledgement", right="cases.reply", answer=CaseRow)
def acknowledge_case(caller: Caller, key: str, body: AcknowledgementIn) -> CaseRow:
    """Thank for a suggestion or praise"""
    return show.row_of(short_way.acknowledge(found.case(caller, key), **caller.acting, **body.model_dump()))


@door.write("cases/{key}/assessment", right="cases.assess", answer=CaseRow)
def assess_case(caller: Caller, key: str, body: AssessmentIn) -> CaseRow:
    """Decide on a suggestion or praise (FB-2.2f)"""
    found.channel(body.channel, at=caller.at)
    return show.row_of(short_way.assess(found.case(caller, key), **caller.acting, **body.model_dump()))
