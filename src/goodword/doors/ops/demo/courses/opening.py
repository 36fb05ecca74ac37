"""How every case begins: received, completed, triaged in time or late, answered for the first time."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta
from typing import Any

from goodword.base.core.clock import local_day
from goodword.base.people.actors import CUSTOMER
from goodword.voice.cases.actions import receipts, records, replying, triaging
from goodword.voice.cases.actions.receiving import Received, Word, receive
from goodword.voice.cases.labels import route
from goodword.voice.cases.models import Case

from ..plans import ANONYMOUS_CHANNELS, RECEIPT_LATER, Plan
from ..texts import say
from ..world import World

Begun = Generator[datetime, None, tuple[Case, datetime]]
Going = Generator[datetime, None, datetime]


def receive_word(world: World, plan: Plan) -> Received:
    """The customer's word comes in; sometimes without the order, the scene or what is wanted."""
    matter, luck = plan.matter, plan.luck
    written = plan.channel in ANONYMOUS_CHANNELS
    complete = luck.random() < (0.45 if written else 0.8)
    told: dict[str, Any] = {}
    if matter.asks and complete:
        wanted_in = timedelta(hours=3 if plan.urgent else luck.choice((24, 48, 72)))
        told = {
            "asks": luck.choice(matter.asks),
            "scene": luck.choice(matter.scenes),
            "asked_by_at": plan.at + wanted_in,
        }
    word = Word(
        text=plan.text,
        channel=plan.channel,
        customer=plan.client.customer,
        contact=plan.client.contact,
        order=plan.order if complete else None,
        kind="" if written else matter.kind,
        urgent_need=matter.urgent_need,
        receipt_later=plan.channel in RECEIPT_LATER,
        **told,
    )
    return receive(word, by=CUSTOMER if written else world.desk(luck), at=plan.at)


def _receipt(plan: Plan, received: Received) -> Going:
    """The automatic receipt leaves within seconds; now and then the line is down and a person answers first (FB-2.2c)."""
    if plan.turns("line down", 0.02):
        return plan.at
    said, _ = receipts.words_for(received, link="", at=plan.at)
    message = receipts.write_receipt(received.case, text=said, at=plan.at)
    sent_at = plan.at + timedelta(seconds=plan.luck.randint(2, 20))
    yield sent_at
    receipts.receipt_sent(received.case.pk, message.pk, at=sent_at)
    return sent_at


def begin(world: World, plan: Plan) -> Begun:
    """Received and triaged; returns the case and the moment of triage."""
    yield plan.at
    received = receive_word(world, plan)
    case, at = received.case, plan.at
    if plan.channel in RECEIPT_LATER:
        at = yield from _receipt(plan, received)
    if plan.hold == "triage":
        yield datetime.max.replace(tzinfo=at.tzinfo)
    triaged_at = at + timedelta(minutes=_triage_minutes(world, plan))
    if plan.luck.random() < 0.3 and not case.order_id and plan.order is not None:
        yield at + (triaged_at - at) * 0.7
        _complete(world, plan, case, at + (triaged_at - at) * 0.7)
    yield triaged_at
    if plan.turns("misrouted", 0.03):
        _triage(world, plan, case, triaged_at, content="other", subclass="other")
        triaged_at += timedelta(minutes=plan.luck.randint(12, 50))
        yield triaged_at
    _triage(world, plan, case, triaged_at)
    return case, triaged_at


def _triage_minutes(world: World, plan: Plan) -> float:
    """Mostly within the ten minutes; a few are late, at night more of them."""
    local = plan.at.astimezone(world.zone)
    at_night = local.hour >= 23 or local.hour < 7
    if "late triage" in plan.force or plan.turns("late triage", 0.13 if at_night else 0.03):
        return plan.luck.choice((11.5, 13, 16, 22, 28, 36, 55))
    return min(9.6, plan.luck.lognormvariate(1.3, 0.5)) * (
        0.6 if plan.urgent or plan.matter.urgent_need else 1
    )


def _triage(
    world: World, plan: Plan, case: Case, at: datetime, *, content: str = "", subclass: str = ""
) -> None:
    matter = plan.matter
    content, subclass = content or matter.content, subclass or matter.subclass
    home = route(content=content, subclass=subclass, on=local_day(at))
    triaging.triage(
        case,
        by=world.desk(plan.luck),
        at=at,
        kind=matter.kind,
        content=content,
        subclass=subclass,
        severity=matter.severity,
        device_type=plan.device_type,
        stage=matter.stage,
        department=world.departments[home],
    )


def _complete(world: World, plan: Plan, case: Case, at: datetime) -> None:
    """The desk asks for what was missing and writes it down (FB-2.2e)."""
    elements: dict[str, Any] = {"order": plan.order}
    if plan.matter.asks and not case.asks:
        elements |= {
            "asks": plan.luck.choice(plan.matter.asks),
            "scene": plan.luck.choice(plan.matter.scenes),
        }
    records.complete(case, by=world.desk(plan.luck), at=at, **elements)


def respond_first(world: World, plan: Plan, case: Case, at: datetime) -> Going:
    """A person tells the customer that it was received (CS-3.2a): within half a working hour, mostly."""
    minutes = 45 if plan.turns("slow response", 0.05) else 9
    replied_at = max(at + timedelta(seconds=40), world.later(plan.at, plan, minutes=minutes))
    if replied_at > at + timedelta(hours=20):
        replied_at = world.awake(at + timedelta(minutes=plan.luck.uniform(3, 200)), plan.luck)
    yield replied_at
    words = say("first_response", plan.luck)
    replying.reply(case, by=world.desk(plan.luck), at=replied_at, text=words, purpose="first_response")
    return replied_at
