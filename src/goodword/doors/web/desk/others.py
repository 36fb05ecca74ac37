"""What somebody started and now stands with others: help asked for, solutions to be approved, customers waited for, and
cases taken down that colleagues work on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from goodword.base.core.asking import asked_often
from goodword.base.core.masks import mask_text
from goodword.base.people.actors import Actor
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases import states
from goodword.voice.cases.models import Case, Help, Solution

from ..cases.naming import state_name
from ..cases.story import role_name
from ..templatetags.goodword_ui import t, typed
from .lines import READ

MOST = 12
LATEST = 60
"""Cases taken down that are looked at, the newest first, for those still under work."""
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Stands:
    """One thing that stands with somebody else: what for, with whom, since when, about what."""

    number: int
    kind: str
    tone: str
    who: str
    since: datetime
    words: str


def with_others(actor: Actor) -> list[Stands]:
    """At most MOST of each kind. Five queries at most, each on an index."""
    if actor.account_id is None:
        return []
    return [
        *_helps_asked(actor.account_id),
        *_to_be_approved(actor.account_id),
        *_customers_waited_for(actor.account_id),
        *_under_work(actor.account_id),
    ]


def _helps_asked(account: int) -> Iterator[Stands]:
    for number, question, since, zh, en in _helps(account):
        yield Stands(number, t("协助", "Help"), "warn", str(typed(zh, en)), since, _short(question))


def _to_be_approved(account: int) -> Iterator[Stands]:
    for number, what, since, role in _solutions(account):
        yield Stands(number, t("审批", "Approval"), "warn", role_name(role), since, _short(what))


def _customers_waited_for(account: int) -> Iterator[Stands]:
    keys = [UUID(key) for key in dict.fromkeys(_standing_still(account))]
    for number, waiting_for, since in _waiting(keys)[:MOST]:
        yield Stands(
            number, t("等客户", "Customer"), "neutral", t("客户", "the customer"), since, _short(waiting_for)
        )


def _under_work(account: int) -> Iterator[Stands]:
    rows = [row for row in _taken(account) if row[1] in states.OPEN and row[2] not in (None, account)]
    for number, state, _, name, since, subject, text in rows[:MOST]:
        yield Stands(number, state_name(state), "info", name, since, _short(subject or text))


def _short(text: str) -> str:
    return mask_text(text[:READ])[:SHOWN]


@asked_often
def _helps(account: int) -> QuerySet[Help, tuple[Any, ...]]:
    rows = Help.objects.filter(asked_by=account, state="open").order_by("asked_at")
    return rows.values_list(
        "case__number", "question", "asked_at", "department__name_zh", "department__name_en"
    )[:MOST]


@asked_often
def _solutions(account: int) -> QuerySet[Solution, tuple[Any, ...]]:
    rows = Solution.objects.filter(proposed_by=account, approval="needed", case__state=states.PROPOSED)
    return rows.order_by("proposed_at").values_list("case__number", "what", "proposed_at", "approver_role")[
        :MOST
    ]


@asked_often
def _standing_still(account: int) -> QuerySet[Obligation, str]:
    rows = Obligation.objects.filter(
        state="open", history=False, bearer_account=account, wake_at=None, subject_type="case"
    )
    return rows.order_by("due_at").values_list("subject_id", flat=True)[:LATEST]


@asked_often
def _waiting(keys: Sequence[UUID]) -> QuerySet[Case, tuple[Any, ...]]:
    rows = Case.objects.filter(pk__in=keys, waiting_since__isnull=False)
    return rows.order_by("waiting_since").values_list("number", "waiting_for", "waiting_since")


@asked_often
def _taken(account: int) -> QuerySet[Case, tuple[Any, ...]]:
    rows = Case.objects.filter(created_by=account).order_by("-received_at")
    return rows.values_list(
        "number", "state", "assignee", "assignee__person__name", "received_at", "subject", "text"
    )[:LATEST]
