"""What waits for a person beside duties: calls, approvals, callbacks, questions, news."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from goodword.base.core.asking import AskedOften, asked_often
from goodword.base.people.actors import Actor
from goodword.company.channels.hotline.queries import to_return
from goodword.company.channels.queries import unread
from goodword.voice.cases import states
from goodword.voice.cases.models import Case, Handler, Help, PhoneTask, Solution
from goodword.voice.cases.queries import listing, watching
from goodword.voice.cases.rules.compensation import decidable

from ..cases.naming import customer_name

MOST = 12
CLOSELY = 2 * MOST
"""Solutions looked at for those that this person may decide on."""
Row = TypeVar("Row", bound=Model)


def waiting_for(actor: Actor, *, at: datetime) -> dict[str, Any]:
    """Each list of the desk's side, twelve lines at most."""
    return {
        "phone_tasks": phone_tasks(actor),
        "approvals": approvals(actor, at=at),
        "callbacks": callbacks(actor),
        "returns": to_return(limit=MOST) if actor.has("cases.receive") else [],
        "asked": asked(actor),
        "checks": checks(actor),
        "news": unread(actor.account_id, limit=8) if actor.account_id else [],
    }


def in_reach(
    actor: Actor, everywhere: AskedOften[Row], rows: Callable[[], QuerySet[Row]], most: int
) -> list[Row]:
    """What hangs on cases this person sees: the question kept compiled for whoever sees all, else narrowed."""
    if actor.reaches_everywhere("cases.see"):
        return everywhere()
    return list(rows().filter(listing.seen_among(actor, "case"))[:most])


def phone_tasks(actor: Actor) -> list[PhoneTask]:
    """Heads to be rung: for those who may ring, in the cases they see."""
    return in_reach(actor, _all_tasks, _tasks, MOST) if actor.has("cases.reply") else []


def approvals(actor: Actor, *, at: datetime) -> list[Solution]:
    """Solutions above their writer's limit that this person may decide on."""
    if not actor.has("cases.approve"):
        return []
    return decidable(in_reach(actor, _all_undecided, _undecided, CLOSELY), actor, at=at)[:MOST]


def callbacks(actor: Actor) -> list[dict[str, Any]]:
    """Cases that are done and that this person, who handled none of them, may call back (FB-4.3e)."""
    if not actor.has("cases.call_back") or actor.person_id is None:
        return []
    if actor.reaches_everywhere("cases.see"):
        found = _all_to_call_back(actor.person_id)
    else:
        found = list(_to_call_back(actor.person_id, listing.visible_to(actor)))
    return [{"case": case, "customer": customer_name(case)} for case in found]


def asked(actor: Actor) -> list[Help]:
    """Questions to the departments in which this person may answer them."""
    return _asked(
        sorted(home for home in actor.departments if actor.has("cases.answer_help", department=home))
    )


def checks(actor: Actor) -> int:
    """How many cases dispatched unattended this person may check blind (FB-3.2c)."""
    return watching.to_check(actor).count() if actor.has("cases.triage") else 0


def _tasks() -> QuerySet[PhoneTask]:
    rows = PhoneTask.objects.filter(state="open").select_related("case", "department", "target__person")
    return rows.order_by("next_at").only(
        "next_at", "case__number", "department__name_zh", "target__phone_extension", "target__person__name"
    )


@asked_often
def _all_tasks() -> QuerySet[PhoneTask]:
    return _tasks()[:MOST]


def _undecided() -> QuerySet[Solution]:
    rows = Solution.objects.filter(approval="needed", case__state=states.PROPOSED)
    return rows.select_related("case__responsible", "proposed_by__person").order_by("proposed_at")


@asked_often
def _all_undecided() -> QuerySet[Solution]:
    return _undecided()[:CLOSELY]


def _to_call_back(person: int, cases: QuerySet[Case]) -> QuerySet[Case]:
    mine = Q(person=person) | Q(account__person=person)
    rows = cases.filter(
        ~Exists(Handler.objects.filter(mine, case=OuterRef("pk"))), state=states.DONE, history=False
    )
    return rows.exclude(kind__in=states.SHORT_WAY).order_by("done_at")[:MOST]


@asked_often
def _all_to_call_back(person: int) -> QuerySet[Case]:
    return _to_call_back(person, Case.objects.select_related("customer"))


@asked_often
def _asked(departments: Sequence[str]) -> QuerySet[Help]:
    rows = Help.objects.filter(state="open", department__code__in=departments, case__state__in=states.OPEN)
    return rows.select_related("case", "department", "asked_by__person").order_by("asked_at")[:MOST]
