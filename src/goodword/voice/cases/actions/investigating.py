"""Investigation of a round: its start (FB-4.1a, FB-4.1b) and what it finds, cause and responsible party (FB-4.1f)."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.clock import local_day
from goodword.base.core.errors import Invalid, Refused
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.base.people.models import Department
from goodword.engine.journal.recording import record

from .. import labels, states
from ..kinds import CAUSE_RECORDED, INVESTIGATION_STARTED
from ..models import Case, Round
from ._ground import change, handled, lock, move, require_reach, require_state
from .replying import clean

STARTS = ("FB-4.1a", "FB-4.1b")
FACTS = "FB-4.1f"
COMPANY = "company"


def start(case: Case, *, by: Actor, at: datetime) -> Case:
    """Begin to investigate the current round.

    Effects: state investigating; the investigator becomes the assignee where there is none;
    `case.investigation_started` (meets FB-4.1a, FB-4.1b). Raises Forbidden, Refused in another state or when the
    round is being investigated already.
    """
    require_reach(case, "cases.investigate", by)
    with one_fact():
        lock(case)
        require_state(case, states.TRIAGED, states.INVESTIGATING)
        current = Round.objects.get(case=case, number=case.round_no)
        if current.investigation_started_at is not None:
            raise Refused("这一轮已经在调查了。", "This round is being investigated already.", clauses=STARTS)
        move(case, states.INVESTIGATING, at=at, assignee_id=case.assignee_id or by.account_id)
        Round.objects.filter(pk=current.pk).update(investigator=by.account_id, investigation_started_at=at)
        handled(case, by=by, act="investigated", at=at)
        record(INVESTIGATION_STARTED, case.pk, by=by, at=at, facts={"assignee": case.assignee_id})
    return case


def record_cause(
    case: Case,
    *,
    by: Actor,
    at: datetime,
    cause: str,
    responsible_party: str,
    note: str,
    department: Department | None = None,
) -> Case:
    """Write down why it happened and who answers for it. Again, when more is known: the later finding holds.

    cause, responsible_party: codes of the policy's catalogues; note: the finding in words; department: whose
    fault it was, where the company's. Effects: the round's finding; `case.cause_recorded`.
    Raises Forbidden, Invalid, Refused before the round's investigation has started or once a solution is agreed.
    """
    require_reach(case, "cases.investigate", by)
    _check(cause, responsible_party, clean(note), department, at=at)
    with one_fact():
        lock(case)
        require_state(case, states.INVESTIGATING, states.PROPOSED)
        found = Round.objects.filter(
            case=case, number=case.round_no, investigation_started_at__isnull=False
        ).update(
            cause=cause,
            responsible_party=responsible_party,
            cause_note=clean(note),
            responsible_department=department if responsible_party == COMPANY else None,
            cause_recorded_at=at,
        )
        if not found:
            raise Refused(
                "这一轮还没有启动调查。",
                "The investigation of this round has not started.",
                clauses=STARTS,
                cure_zh="请先启动调查。",
                cure_en="Start the investigation first.",
            )
        change(case, at=at)
        handled(case, by=by, act="recorded_cause", at=at)
        facts = {"cause": cause, "responsible_party": responsible_party}
        record(CAUSE_RECORDED, case.pk, by=by, at=at, facts=facts)
    return case


def _check(cause: str, party: str, note: str, department: Department | None, *, at: datetime) -> None:
    """The written record of FB-4.1f: a cause, a party (with the department, when it is ours) and words."""
    wrong = {}
    if cause not in labels.codes("cause", on=local_day(at)):
        wrong["cause"] = "请从原因目录选择 / choose from the catalogue"
    if party not in labels.codes("responsible_party", on=local_day(at)):
        wrong["responsible_party"] = "请选择责任方 / choose a responsible party"
    if party == COMPANY and department is None:
        wrong["department"] = "请选择责任部门 / choose the department"
    if not note:
        wrong["note"] = "请写明经过 / describe what was found"
    if wrong:
        raise Invalid(
            "原因与责任的记录不完整。", "The finding is incomplete.", clauses=(FACTS,), fields=wrong
        )
