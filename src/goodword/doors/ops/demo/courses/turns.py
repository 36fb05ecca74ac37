"""Turns a case may take: withdrawn, written about twice, called to attention, opened again."""

from __future__ import annotations

from datetime import datetime, timedelta

from goodword.base.people.actors import CUSTOMER
from goodword.voice.cases.actions import merging, notes, rounds, withdrawing
from goodword.voice.cases.actions.receiving import Word, receive
from goodword.voice.cases.models import Case

from ..plans import Plan
from ..texts import say
from ..world import World
from .opening import Going


def withdraw(world: World, plan: Plan, case: Case, at: datetime) -> Going:
    """The customer no longer wants it handled."""
    at = world.later(at, plan, minutes=60, urgent=10)
    yield at
    by = CUSTOMER if plan.channel == "portal" else world.worker(case)
    withdrawing.withdraw(case, by=by, at=at, reason=say("withdrawals", plan.luck))
    return at


def write_again(world: World, plan: Plan, case: Case, at: datetime) -> Going:
    """The same matter comes a second time over another way, and is merged into the first."""
    at += timedelta(minutes=plan.luck.randint(3, 12))
    yield at
    word = Word(
        text=f"{say('again', plan.luck)}{plan.text}",
        channel="mail" if plan.channel != "mail" else "wechat",
        customer=case.customer,
        contact=case.contact,
        order=case.order,
        kind=plan.matter.kind,
    )
    second = receive(word, by=CUSTOMER, at=at).case
    if plan.hold == "merge":
        yield datetime.max.replace(tzinfo=at.tzinfo)
    at += timedelta(minutes=plan.luck.randint(2, 8))
    yield at
    merging.merge(second, into=case, by=world.desk(plan.luck), at=at)
    return at


def escalate(world: World, plan: Plan, case: Case, at: datetime) -> Going:
    """Somebody calls a head to a case by hand."""
    at += timedelta(minutes=plan.luck.randint(2, 9))
    yield at
    to = plan.luck.choice(("department_head", "deputy_general_manager", "reputation_group"))
    notes.escalate(case, by=world.named("lead2"), at=at, to=to, reason=say("escalations", plan.luck))
    return at


def reopen(world: World, plan: Plan, case: Case, at: datetime) -> Going:
    """The customer comes back some days after it was closed."""
    at = world.later(at, plan, minutes=1800)
    yield at
    rounds.reopen(case, by=world.named("lead"), at=at, reason=say("reopenings", plan.luck))
    return at
