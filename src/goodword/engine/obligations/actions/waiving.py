"""A supervisor waives an obligation, with a reason; it is counted as waived, and its lateness stays."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.errors import Invalid, Refused
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import lock_subject, record

from ..kinds import WAIVED
from ..models import Obligation, Waiver
from ..ticking import key_facts


def waive(obligation: Obligation, *, by: Actor, at: datetime, reason: str) -> Obligation:
    """Waive an open obligation.

    Effects: the waiver with its reason is kept; `obligation.waived` is journalled, which ends the obligation.
    Raises Forbidden without the right in the department that owes it, Invalid without a reason, Refused when it is no
    longer open or when the person would waive what is owed by himself: by name, under another account of his, or by
    a role he holds where nobody is named.
    """
    by.require("cases.waive", department=obligation.bearer_department or None)
    if not reason.strip():
        raise Invalid(
            "请写明豁免理由。", "Give the reason for the waiver.", fields={"reason": "必填 / required"}
        )
    if _owes(by, obligation):
        raise Refused(
            "不能豁免自己承担的义务。",
            "Nobody waives what he owes himself.",
            clauses=(obligation.clause_id,),
            cure_zh="请由另一位主管豁免。",
            cure_en="Ask another supervisor.",
        )
    with one_fact():
        lock_subject(obligation.subject_type, obligation.subject_id)
        row = Obligation.objects.filter(pk=obligation.pk, state="open").first()
        if row is None:
            raise Refused(
                "该义务已经结束。", "This obligation has already ended.", clauses=(obligation.clause_id,)
            )
        waiver = Waiver.objects.create(obligation=row, reason=reason.strip(), by_id=by.staff_id, at=at)
        record(
            WAIVED,
            row.subject_id,
            subject_type=row.subject_type,
            by=by,
            at=at,
            facts={**key_facts(row), "reason_id": waiver.pk},
        )
    row.refresh_from_db()
    return row


def _owes(by: Actor, obligation: Obligation) -> bool:
    if obligation.bearer_account is not None:
        return obligation.bearer_account.person_id == by.person_id
    role, department = obligation.bearer_role, obligation.bearer_department
    return any(held == role and department in {home, ""} for held, home in by.grants)
