"""Investigation: evidence, a technical check or a statement, the cause; now and then with others' help."""

from __future__ import annotations

from datetime import datetime, timedelta

from goodword.base.people.actors import Actor
from goodword.voice.cases.actions import coordinating, evidence, handing_over, investigating, notes, replying
from goodword.voice.cases.models import Case, Help

from ..plans import Plan
from ..texts import say
from ..world import World
from .opening import Going

STAFF = {
    "attitude": "intake3",
    "late_delivery": "warehouse1",
    "inspection": "warehouse2",
    "refund": "finance1",
}
"""Whose statement is taken, by what the matter is."""


def start(world: World, plan: Plan, case: Case, at: datetime) -> Going:
    """Somebody begins: within the hour when urgent, else on the same or the next day."""
    begun_at = world.later(at, plan, minutes=70, urgent=16)
    if begun_at > at + timedelta(hours=22) and plan.luck.random() < 0.9:
        begun_at = world.awake(at + timedelta(hours=plan.luck.uniform(1, 9)), plan.luck)
    yield begun_at
    investigating.start(case, by=world.worker(case), at=begun_at)
    return begun_at


def find_out(world: World, plan: Plan, case: Case, at: datetime) -> Going:
    """From the start of the investigation to a recorded cause."""
    luck = plan.luck
    if plan.turns("evidence", 0.35):
        at = world.later(at, plan, minutes=15, urgent=3)
        yield at
        kind = luck.choice(("contract", "outbound_record", "service_log", "customer_account"))
        evidence.add(case, by=world.worker(case), at=at, kind=kind, what=say("evidence", luck))
    if plan.turns("handover", 0.03) and case.content == "device":
        at = yield from _hand_over(world, plan, case, at)
    if plan.turns("help", 0.07):
        at = yield from _ask(world, plan, case, at)
    if plan.turns("note", 0.15):
        at += timedelta(minutes=luck.randint(1, 5))
        yield at
        notes.note(
            case, by=world.worker(case), at=at, text=say("notes", luck), mentions=[world.people["lead"]]
        )
    at = world.later(at, plan, minutes=45, urgent=14)
    yield at
    _record(world, plan, case, at, by=world.worker(case))
    if not plan.urgent and plan.turns("opinion", 0.45):
        at = world.later(at, plan, minutes=6)
        yield at
        replying.reply(case, by=world.worker(case), at=at, text=say("opinion", luck), purpose="opinion")
    return at


def _record(world: World, plan: Plan, case: Case, at: datetime, *, by: Actor) -> None:
    luck, (cause, party) = plan.luck, plan.luck.choice(plan.matter.causes)
    if case.content == "device":
        result = luck.choices(("confirmed", "repaired", "not_confirmed"), (7, 2, 1))[0]
        what, remote = say("checks", luck), luck.random() < 0.6
        evidence.record_technical_check(case, by=by, at=at, result=result, what=what, remote=remote)
    elif case.content == "service":
        staff = world.people[STAFF.get(case.subclass, "intake2")]
        evidence.record_staff_statement(case, by=by, at=at, staff=staff, what=say("statements", luck))
    investigating.record_cause(
        case,
        by=by,
        at=at,
        cause=cause,
        responsible_party=party,
        note=say("findings", luck),
        department=case.responsible,
    )


def _hand_over(world: World, plan: Plan, case: Case, at: datetime) -> Going:
    """The matter turns out to be another department's."""
    at = world.later(at, plan, minutes=20, urgent=5)
    yield at
    giver = world.worker(case)
    handing_over.hand_over(
        case,
        by=giver,
        at=at,
        department=world.departments["equipment"],
        complete=False,
        note=say("handovers", plan.luck),
    )
    return at


def _ask(world: World, plan: Plan, case: Case, at: datetime) -> Going:
    """Others are asked: one department, or under one owner in customer service several."""
    at = world.later(at, plan, minutes=10, urgent=3)
    yield at
    luck, asked = plan.luck, []
    names = luck.sample(("warehouse", "finance", "sales", "legal"), 2)
    question = say("questions", luck)
    if luck.random() < 0.3:
        departments = [world.departments[name] for name in names]
        owner = world.people["lead"]
        asked = coordinating.coordinate(
            case, by=world.named("lead"), at=at, owner=owner, departments=departments, question=question
        )
    else:
        to = world.departments[names[0]]
        by = world.named("lead2")
        asked = [coordinating.ask_help(case, by=by, at=at, department=to, question=question)]
    if plan.hold == "help":
        yield datetime.max.replace(tzinfo=at.tzinfo)
    for one in asked:
        at = yield from _answer(world, plan, one, at)
    return at


def _answer(world: World, plan: Plan, asked: Help, at: datetime) -> Going:
    slow = plan.turns("slow help", 0.12)
    at = world.later(at, plan, minutes=900 if slow else 80, urgent=20)
    by = world.head(asked.department.code)
    if slow:
        yield at
        coordinating.answer_help(asked, by=by, at=at, kind="progress", text=say("helping", plan.luck))
        at = world.later(at, plan, minutes=60, urgent=20)
    yield at
    coordinating.answer_help(asked, by=by, at=at, kind="solution", text=say("helped", plan.luck))
    return at
