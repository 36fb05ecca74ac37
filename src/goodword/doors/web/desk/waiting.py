"""What waits for a person beside duties: calls, approvals, callbacks, questions, news."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from goodword.base.people.actors import Actor
from goodword.company.channels.queries import unread
from goodword.voice.cases import states
from goodword.voice.cases.models import Handler, Help, PhoneTask, Solution
from goodword.voice.cases.queries import listing, watching
from goodword.voice.cases.rules.compensation import may_decide

from ..cases.naming import customer_name

MOST = 12


def waiting_for(actor: Actor, *, at: datetime) -> dict[str, Any]:
    """Each list of the desk's side, twelve lines at most."""
    return {
        "phone_tasks": phone_tasks(actor),
        "approvals": approvals(actor, at=at),
        "callbacks": callbacks(actor),
        "asked": asked(actor),
        "checks": checks(actor),
        "news": unread(actor.account_id, limit=8) if actor.account_id else [],
    }


def phone_tasks(actor: Actor) -> list[PhoneTask]:
    """Heads to be rung: for those who may ring, in the cases they see."""
    if not actor.has("cases.reply"):
        return []
    rows = PhoneTask.objects.filter(state="open")
    if not actor.reaches_everywhere("cases.see"):
        rows = rows.filter(case__in=listing.visible_to(actor).values("pk"))
    return list(rows.select_related("case", "department", "target__person").order_by("next_at")[:MOST])


def approvals(actor: Actor, *, at: datetime) -> list[Solution]:
    """Solutions above their writer's limit that this person may decide on."""
    if not actor.has("cases.approve"):
        return []
    rows = Solution.objects.filter(approval="needed", case__state=states.PROPOSED)
    if not actor.reaches_everywhere("cases.see"):
        rows = rows.filter(case__in=listing.visible_to(actor).values("pk"))
    rows = rows.select_related("case__responsible", "proposed_by__person")
    return [row for row in rows.order_by("proposed_at")[: 2 * MOST] if may_decide(row, actor, at=at) is None][
        :MOST
    ]


def callbacks(actor: Actor) -> list[dict[str, Any]]:
    """Cases that are done and that this person, who handled none of them, may call back (FB-4.3e)."""
    if not actor.has("cases.call_back"):
        return []
    mine = Q(person_id=actor.person_id) | Q(account__person_id=actor.person_id)
    handled = Handler.objects.filter(mine, case=OuterRef("pk"))
    rows = listing.visible_to(actor).filter(~Exists(handled), state=states.DONE, history=False)
    rows = rows.exclude(kind__in=states.SHORT_WAY).order_by("done_at")[:MOST]
    return [{"case": case, "customer": customer_name(case)} for case in rows]


def asked(actor: Actor) -> list[Help]:
    """Questions to the departments in which this person may answer them."""
    homes = [home for home in actor.departments if actor.has("cases.answer_help", department=home)]
    rows = Help.objects.filter(state="open", department__code__in=homes, case__state__in=states.OPEN)
    return list(rows.select_related("case", "department", "asked_by__person").order_by("asked_at")[:MOST])


def checks(actor: Actor) -> int:
    """How many cases dispatched unattended this person may check blind (FB-3.2c)."""
    return watching.to_check(actor).count() if actor.has("cases.triage") else 0
