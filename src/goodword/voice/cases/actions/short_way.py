"""The short way: consultations are answered; suggestions and praise are acknowledged and assessed."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.errors import Invalid, Refused
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import record

from .. import states
from ..kinds import ACKNOWLEDGED, ANSWERED, ASSESSED
from ..models import Case
from . import replying
from ._ground import handled, lock, move, require_open, require_reach, require_state

VERDICTS = ("adopt", "later", "no")
VALUED = ("suggestion", "praise")


def answer(
    case: Case, *, by: Actor, at: datetime, text: str, channel: str = "", anyway: bool = False
) -> Case:
    """Answer a consultation, which is then done.

    Effects: the message with those of `replying.reply` (phrase check included); state done; `case.answered`
    (meets SU-8a).
    Raises Forbidden, Refused for another kind or before triage, PhraseWarning.
    """
    require_reach(case, "cases.answer", by)
    with one_fact():
        _begin(case, "consultation")
        require_state(case, *states.BEFORE_SOLUTION)
        message = replying.reply(
            case, by=by, at=at, text=text, purpose="answer", channel=channel, anyway=anyway
        )
        _done(case, by=by, at=at)
        handled(case, by=by, act="answered", at=at)
        facts = {"message": message.pk, "channel": message.channel}
        record(ANSWERED, case.pk, by=by, at=at, facts=facts)
    return case


def acknowledge(case: Case, *, by: Actor, at: datetime, text: str = "", anyway: bool = False) -> Case:
    """Thank for a suggestion or praise; text: what is written to the customer, empty when it was said.

    Effects: the message, if any; `case.acknowledged`. Raises Forbidden, Refused for another kind, PhraseWarning.
    """
    require_reach(case, "cases.reply", by)
    with one_fact():
        _begin(case, *VALUED)
        facts = {}
        if replying.clean(text):
            message = replying.reply(case, by=by, at=at, text=text, purpose="first_response", anyway=anyway)
            facts["message"] = message.pk
        handled(case, by=by, act="acknowledged", at=at)
        record(ACKNOWLEDGED, case.pk, by=by, at=at, facts=facts)
    return case


def assess(
    case: Case,
    *,
    by: Actor,
    at: datetime,
    verdict: str,
    reason: str,
    told: bool,
    channel: str = "",
    anyway: bool = False,
) -> Case:
    """Decide on a suggestion or praise, which is then done.

    verdict: adopt, later or no. told: the reason goes to the customer as an answer now; a "no" cannot be closed
    before it was told. Effects: the assessment; the message, if told; state done; `case.assessed`.
    Raises Forbidden, Invalid, Refused for another kind or before triage, PhraseWarning.
    """
    require_reach(case, "cases.assess", by)
    wrong = {} if verdict in VERDICTS else {"verdict": "采纳、以后或不采纳 / adopt, later or no"}
    if not (reason := replying.clean(reason)):
        wrong["reason"] = "必填 / required"
    if wrong:
        raise Invalid("请选择结论并写明理由。", "Choose a verdict and give the reason.", fields=wrong)
    with one_fact():
        _begin(case, *VALUED)
        require_state(case, *states.BEFORE_SOLUTION)
        if told:
            replying.reply(case, by=by, at=at, text=reason, purpose="answer", channel=channel, anyway=anyway)
        _done(case, by=by, at=at, assessment=verdict, assessment_reason=reason)
        handled(case, by=by, act="assessed", at=at)
        record(ASSESSED, case.pk, by=by, at=at, facts={"verdict": verdict})
    return case


def _begin(case: Case, *kinds: str) -> None:
    lock(case)
    require_open(case)
    if case.kind not in kinds:
        raise Refused(
            f"工单 #{case.number} 的性质不适用这种办法。",
            f"Case #{case.number} is not of a kind that goes this way.",
            cure_zh="如性质有误,请先重新分类。",
            cure_en="Triage it again if its kind is wrong.",
        )


def _done(case: Case, *, by: Actor, at: datetime, **changes: str) -> None:
    replying.customer_is_back(case, by=by, at=at)
    move(case, states.DONE, at=at, done_at=at, **changes)
    case.rounds.filter(number=case.round_no).update(done_at=at)
