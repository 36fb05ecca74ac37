"""The list of evidence (FB-4.1c), the technical check (FB-4.1e) and the statement of staff (FB-4.1f)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from goodword.base.core.clock import local_day
from goodword.base.core.errors import Invalid
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.base.people.models import Account
from goodword.engine.attachments.models import Attachment
from goodword.engine.journal.kinds import Kind
from goodword.engine.journal.recording import record

from .. import labels, states
from ..kinds import EVIDENCE_ADDED, STAFF_STATEMENT_RECORDED, TECHNICAL_CHECK_RECORDED
from ..models import Case, Evidence, Handler
from ..rules.evidence import RESULTS, beyond_need
from ._ground import change, handled, lock, require_state
from ._reach import require_reach_or_help
from .replying import clean

UNDER_WORK = tuple(
    state
    for state in states.STEPS
    if state not in {states.RECEIVED, states.DONE, states.CALLED_BACK, states.CLOSED}
)
"""Where evidence may be added: from triage until the matter is done."""


def add(
    case: Case,
    *,
    by: Actor,
    at: datetime,
    kind: str,
    what: str = "",
    attachment: Attachment | None = None,
    asked_of_customer: bool = False,
    purpose: str = "",
) -> Evidence:
    """Put one piece of evidence on the list, or note that the customer is asked for it.

    kind: a code of the policy's catalogue; what: its content in words; attachment: a file of this case.
    Effects: the evidence of the current round; `case.evidence_added`, which says when it went beyond need.
    Raises Forbidden, Invalid, Refused when the case is done; BeyondNeed (FB-4.1d, soft) when the customer is
    asked for more than the case needs and no purpose is given.
    """
    require_reach_or_help(case, "cases.investigate", by)
    what, purpose = clean(what), clean(purpose)
    _check(case, kind, what, attachment, asked_of_customer, at=at)
    with one_fact():
        lock(case)
        require_state(case, *UNDER_WORK)
        refusal = beyond_need(case, kind=kind, at=at) if asked_of_customer else None
        if refusal and not purpose:
            raise refusal
        row: dict[str, Any] = {"kind": kind, "what": what, "attachment": attachment}
        row |= {"asked_of_customer": asked_of_customer, "purpose": purpose}
        facts = {"evidence_kind": kind, "beyond_need": refusal is not None}
        return _write(case, EVIDENCE_ADDED, row, facts, by=by, at=at)


def record_technical_check(
    case: Case, *, by: Actor, at: datetime, result: str, what: str, remote: bool
) -> Evidence:
    """Write down what a technical check, or a remote diagnosis, found (FB-4.1e). result: a key of rules' RESULTS.

    Effects: the evidence of the current round; `case.technical_check_recorded`.
    Raises Forbidden, Invalid, Refused when the case is done.
    """
    require_reach_or_help(case, "cases.guide", by)
    what = clean(what)
    wrong = {} if result in RESULTS else {"result": "请选择检测结果 / choose a result"}
    if not what:
        wrong["what"] = "请写明检测情况 / describe the check"
    if wrong:
        raise Invalid("检测记录不完整。", "The check is not complete.", clauses=("FB-4.1e",), fields=wrong)
    with one_fact():
        lock(case)
        require_state(case, *UNDER_WORK)
        row = {"kind": "technical_report", "what": what, "result": result, "remote": remote}
        facts = {"result": result, "remote": remote}
        return _write(case, TECHNICAL_CHECK_RECORDED, row, facts, by=by, at=at)


def record_staff_statement(case: Case, *, by: Actor, at: datetime, staff: Account, what: str) -> Evidence:
    """Write down what the colleague concerned says about it (FB-4.1f).

    Effects: the evidence of the current round; the colleague counts among those who handled the case, since nobody
    asks the customer how satisfied he is with oneself (FB-4.3e); `case.staff_statement_recorded`.
    Raises Forbidden, Invalid, Refused when the case is done.
    """
    require_reach_or_help(case, "cases.investigate", by)
    what = clean(what)
    if not what:
        raise Invalid(
            "请写下当事人的说明。",
            "Write down the statement.",
            clauses=("FB-4.1f",),
            fields={"what": "必填 / required"},
        )
    with one_fact():
        lock(case)
        require_state(case, *UNDER_WORK)
        Handler.objects.bulk_create(
            [Handler(case=case, account=staff, person_id=staff.person_id, act="concerned", at=at)],
            ignore_conflicts=True,
        )
        row = {"kind": "staff_statement", "what": what, "staff": staff}
        return _write(case, STAFF_STATEMENT_RECORDED, row, {"staff": staff.pk}, by=by, at=at)


def _write(
    case: Case, kind: Kind, row: dict[str, Any], facts: dict[str, Any], *, by: Actor, at: datetime
) -> Evidence:
    """The row and its entry, inside the caller's fact."""
    written = Evidence.objects.create(case=case, round_no=case.round_no, by_id=by.account_id, at=at, **row)
    change(case, at=at)
    handled(case, by=by, act="evidence", at=at)
    record(kind, case.pk, by=by, at=at, facts={"evidence": written.pk, **facts})
    return written


def _check(
    case: Case, kind: str, what: str, attachment: Attachment | None, asked: bool, *, at: datetime
) -> None:
    """A known kind, some content, and a file only of this case."""
    wrong = {}
    if kind not in labels.codes("evidence", on=local_day(at)):
        wrong["kind"] = "请选择证据类型 / choose a kind"
    if not what and attachment is None and not asked:
        wrong["what"] = "请写明内容或附上文件 / describe it or attach a file"
    if attachment is not None and not _is_of(attachment, case):
        wrong["attachment"] = "附件不属于这张工单 / not a file of this case"
    if wrong:
        raise Invalid("证据不完整。", "The evidence is not complete.", clauses=("FB-4.1c",), fields=wrong)


def _is_of(attachment: Attachment, case: Case) -> bool:
    return (attachment.subject_type, attachment.subject_id, attachment.state) == ("case", str(case.pk), "ok")
