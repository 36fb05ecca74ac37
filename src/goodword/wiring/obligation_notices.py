"""An obligation warned, late, escalated or missed: who has to know is told."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from goodword.base.core import clock
from goodword.base.people.models import Account
from goodword.company.channels.actions.notifying import notice, queue_all
from goodword.company.channels.gathering import gathering
from goodword.company.channels.models import OutboxMessage
from goodword.engine.journal.models import Entry
from goodword.engine.journal.reactions import together
from goodword.engine.obligations.models import Obligation
from goodword.engine.obligations.rules_in_force import rules_in_force
from goodword.engine.policy.queries import all_clauses
from goodword.engine.policy.schema import Clause

from . import addressees
from .subjects import Words, subjects_in_words

WORDS = {
    "obligation.warned": ("即将到期", "due soon"),
    "obligation.breached": ("已逾期", "late"),
    "obligation.escalated": ("逾期升级", "late, escalated to you"),
    "obligation.missed": ("周期内未履行", "missed"),
}


@together
def alarms(entries: Sequence[Entry]) -> None:
    """Queue one notice for each person concerned by each alarm; what alarms of one moment share is looked up once.

    What comes late, after a standstill, goes into their digest; a clause that rings alone is never buried there.
    """
    told = [entry for entry in entries if not entry.facts.get("settled")]
    rows = Obligation.objects.select_related("bearer_account__person")
    obligations = rows.in_bulk([UUID(entry.facts["obligation"]) for entry in told])
    concerned = _Concerned()
    words = subjects_in_words({(entry.subject_type, entry.subject_id) for entry in told})
    messages = []
    for entry in told:
        obligation = obligations[UUID(entry.facts["obligation"])]
        if obligation.history:
            continue
        people = concerned.by(entry, obligation)
        if people:
            subject = words[entry.subject_type, entry.subject_id]
            messages += _notices(entry, obligation, people, subject)
    queue_all(messages)


def _notices(
    entry: Entry, obligation: Obligation, people: Sequence[Account], subject: Words
) -> list[OutboxMessage]:
    clause = all_clauses()[obligation.clause_id]
    zh, en = WORDS[entry.kind]
    is_gathered, at = _is_gathered(entry, obligation), clock.now()
    return [
        notice(
            account.pk,
            kind=entry.kind,
            clause_id=clause.id,
            subject=(entry.subject_type, entry.subject_id),
            title_zh=f"{subject.zh}:{clause.title.zh} {zh}",
            title_en=f"{subject.en}: {clause.title.en}, {en}",
            path=subject.path,
            urgent=entry.kind != "obligation.warned" or _rings_alone(clause),
            at=at,
            dedupe_key=f"{entry.pk}:{account.pk}",
            digest=is_gathered,
        )
        for account in people
    ]


def _rings_alone(clause: Clause) -> bool:
    """Whether the clause is one whose every alarm is urgent: no digest and no quiet hours hold it back."""
    return clause.binding is not None and clause.binding.rings_alone


class _Concerned:
    """Whom alarms concern; who holds a role at a moment is asked once for all alarms of that moment."""

    def __init__(self) -> None:
        self._found: dict[tuple[object, ...], list[Account]] = {}

    def by(self, entry: Entry, obligation: Obligation) -> list[Account]:
        """The accounts to be told of the alarm; none for the rung that would tell the bearer again."""
        to, at = entry.facts.get("to") or "bearer", entry.recorded_at
        if to == "bearer" and entry.kind == "obligation.escalated":
            return []  # the first rung tells the bearer what the breach itself has just told
        role = obligation.bearer_role if to == "bearer" else ""
        bearer = obligation.bearer_account_id if to == "bearer" else None
        key = (to, at, role, obligation.bearer_department, bearer)
        if key not in self._found:
            self._found[key] = (
                addressees.bearers(obligation, at=at)
                if to == "bearer"
                else addressees.addressees(to, department=obligation.bearer_department, at=at)
            )
        return self._found[key]


def _is_gathered(entry: Entry, obligation: Obligation) -> bool:
    """Whether it was caught up so late that the company wants it gathered; an alarm in time costs no query."""
    if not entry.facts.get("catch_up"):
        return False
    duty = rules_in_force().duty(obligation.clause_id, obligation.edition)
    return not duty.binding.rings_alone and entry.recorded_at - entry.at > gathering().after
