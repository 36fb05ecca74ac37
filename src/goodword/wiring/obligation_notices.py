"""An obligation warned, late, escalated or missed: who has to know is told."""

from __future__ import annotations

from goodword.base.core import clock
from goodword.company.channels.actions.notifying import queue_notice
from goodword.company.channels.gathering import gathering
from goodword.engine.journal.models import Entry
from goodword.engine.obligations.models import Obligation
from goodword.engine.obligations.rules_in_force import rules_in_force
from goodword.engine.policy.queries import all_clauses

from . import addressees
from .subjects import subject_words

WORDS = {
    "obligation.warned": ("即将到期", "due soon"),
    "obligation.breached": ("已逾期", "late"),
    "obligation.escalated": ("逾期升级", "late, escalated to you"),
    "obligation.missed": ("周期内未履行", "missed"),
}


def alarm(entry: Entry) -> None:
    """Queue one notice for each person concerned.

    What comes late, after a standstill, goes into their digest; a clause that rings alone is never buried there.
    """
    obligation = Obligation.objects.select_related("bearer_account__person").get(pk=entry.facts["obligation"])
    if obligation.history or entry.facts.get("settled"):
        return
    to = entry.facts.get("to") or "bearer"
    if to == "bearer" and entry.kind == "obligation.escalated":
        return  # the first rung tells the bearer what the breach itself has just told
    if to == "bearer":
        people = addressees.bearers(obligation, at=entry.recorded_at)
    else:
        people = addressees.addressees(to, department=obligation.bearer_department, at=entry.recorded_at)
    clause = all_clauses()[obligation.clause_id]
    subject = subject_words(entry.subject_type, entry.subject_id)
    zh, en = WORDS[entry.kind]
    is_gathered = _is_gathered(entry, obligation)
    for account in people:
        queue_notice(
            account.pk,
            kind=entry.kind,
            clause_id=clause.id,
            subject=(entry.subject_type, entry.subject_id),
            title_zh=f"{subject.zh}:{clause.title.zh} {zh}",
            title_en=f"{subject.en}: {clause.title.en}, {en}",
            path=subject.path,
            urgent=entry.kind != "obligation.warned",
            at=clock.now(),
            dedupe_key=f"{entry.pk}:{account.pk}",
            digest=is_gathered,
        )


def _is_gathered(entry: Entry, obligation: Obligation) -> bool:
    """Whether it was caught up so late that the company wants it gathered; an alarm in time costs no query."""
    if not entry.facts.get("catch_up"):
        return False
    duty = rules_in_force().duty(obligation.clause_id, obligation.edition)
    return not duty.binding.rings_alone and entry.recorded_at - entry.at > gathering().after
