"""The watch over unattended dispatch (FB-3.2c): errors are counted, and too many of them switch it off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from goodword.base.core.errors import Invalid, Refused
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import SYSTEM, Actor
from goodword.base.people.models import Department
from goodword.engine.journal.recording import lock_subject, record

from .. import labels
from ..figures.unattended import CLAUSE, NEEDED, rule_of
from ..kinds import UNATTENDED_RESUMED, UNATTENDED_STOPPED
from ..models import Case, Unattended, UnattendedStop
from ..queries import watching

COMPANY = ("company", "company")


def corrected(
    case: Case, chosen: Mapping[str, str], *, department: Department, by: Actor, at: datetime
) -> None:
    """A person triaged the case anew: where that changes a needed label or the department, the dispatch was wrong.

    Effects: the verdict, once for each case; unattended dispatch may switch itself off.
    """
    row = Unattended.objects.filter(case=case, verdict="").first()
    if row is None:
        return
    wrong = [name for name in NEEDED if chosen[name] != getattr(row, name)]
    if department.code != row.department:
        wrong.append("department")
    if wrong:
        decide(row, wrong, chosen["severity"], found_by="correction", by=by, at=at)


def resume(*, by: Actor, at: datetime, note: str) -> UnattendedStop:
    """A person switches unattended dispatch on again, and says why; errors are counted from here.

    Effects: `company.unattended_resumed`. Raises Forbidden, Invalid without a reason, Refused where nothing stands.
    """
    by.require("policy.approve")
    if not note.strip():
        raise Invalid(
            "请写明为什么可以恢复。", "Say why it may run again.", fields={"note": "必填 / required"}
        )
    with one_fact():
        lock_subject(*COMPANY)
        stop = UnattendedStop.objects.filter(resumed_at=None).first()
        if stop is None:
            raise Refused(
                "自动派单没有停。",
                "Unattended dispatch has not stopped.",
                clauses=(CLAUSE,),
                cure_zh="如要关闭，请提出条款的新版本。",
                cure_en="To switch it off, propose another edition of the clause.",
            )
        stop.resumed_at, stop.note = at, note.strip()[:2000]
        stop.resumed_by_id = by.account_id
        stop.save(update_fields=["resumed_at", "resumed_by", "note"])
        record(UNATTENDED_RESUMED, COMPANY[1], by=by, at=at, facts={"stop": stop.pk})
    return stop


def decide(
    row: Unattended, wrong: list[str], severity: str, *, found_by: str, by: Actor, at: datetime
) -> None:
    """Write the verdict where there is none yet, and judge what all verdicts together say; the case is locked."""
    missed = "severity" in wrong and severity == labels.URGENT
    written = Unattended.objects.filter(pk=row.pk, verdict="").update(
        verdict="wrong" if wrong else "right",
        wrong_in=wrong,
        urgent_missed=missed,
        found_by=found_by,
        decided_at=at,
        decided_by=by.account_id,
    )
    if written and wrong:
        _judge(at=at)


def _judge(*, at: datetime) -> None:
    """Switch unattended dispatch off where the errors measured go beyond what the company allows."""
    rule = rule_of(at=at)
    lock_subject(*COMPANY)
    measured = watching.measured(rule, at=at)
    reason = watching.beyond(measured, rule)
    if not reason or UnattendedStop.objects.filter(resumed_at=None).exists():
        return
    facts = {
        "reason": reason,
        "dispatched": measured.dispatched,
        "checked": measured.checked,
        "wrong": measured.wrong,
        "known_wrong": measured.known_wrong,
        "urgent_missed": measured.urgent_missed,
        "share": measured.share,
        "high": measured.high,
        "limit": rule.urgent_missed if reason == "urgent" else rule.most_wrong,
    }
    UnattendedStop.objects.create(clause_id=CLAUSE, stopped_at=at, reason=reason, figures=facts)
    record(UNATTENDED_STOPPED, COMPANY[1], by=SYSTEM, at=at, facts=facts)
