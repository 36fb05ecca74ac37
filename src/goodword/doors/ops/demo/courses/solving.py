"""A solution: put forward, approved where it must be, discussed, accepted; or declined and thought over."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from goodword.base.people.actors import CUSTOMER, Actor
from goodword.voice.cases.actions import compensation, replying, solving, waiting
from goodword.voice.cases.models import Case, Solution

from ..plans import ANONYMOUS_CHANNELS, Plan
from ..texts import say
from ..world import World
from .opening import Going

AMOUNTS = ((50, 30), (100, 30), (200, 15), (450, 10), (800, 8), (2600, 5), (6800, 2))
"""What is offered, in CNY, with how often."""
WHAT = {
    "replace_same_model": "更换一台同型号设备，送到现场并当面调试",
    "emergency_repair": "工程师上门抢修，修好前提供备用机",
    "replace_other_model": "免费升级为高一档的型号",
    "remote_fix": "远程升级固件并陪同测试一小时",
    "send_accessory": "今天补发缺少的配件，同城闪送",
    "apology_and_voucher": "负责人致歉，并补一张服务券",
    "service_redone": "重新安排服务，按客户的时间来",
    "refund": "按实际影响的天数退还租金",
    "explanation": "由专人把规则和计算方式讲清楚，并发书面说明",
    "terms_adjusted": "按原报价执行，补充协议今天发出",
    "other": "按客户的要求办理，完成后书面告知",
}
MOST_TRIES = 4


def solve(world: World, plan: Plan, case: Case, at: datetime) -> Going:
    """From a recorded cause to a solution the customer accepts."""
    amount = _amount(plan)
    for attempt in range(MOST_TRIES):
        at = world.later(at, plan, minutes=60, urgent=12)
        yield at
        by = world.worker(case) if attempt == 0 else world.head(_home(case))
        solution = _propose(plan, case, at, by=by, amount=amount)
        if solution.approval == "needed":
            at, approved = yield from _decided(world, plan, solution, at)
            if not approved:
                amount = Decimal(100)
                continue
        at = yield from _communicated(world, plan, solution, at)
        if plan.hold == "answer":
            yield datetime.max.replace(tzinfo=at.tzinfo)
        at = yield from _waited(world, plan, case, at)
        at = world.later(at, plan, minutes=25, urgent=6)
        yield at
        if _answered(world, plan, solution, at, may_decline=attempt == 0):
            break
    return at


def _amount(plan: Plan) -> Decimal:
    if "approval" in plan.force:
        return Decimal(3200)
    if plan.matter.kind != "complaint" or not plan.turns("compensation", 0.28):
        return Decimal(0)
    amounts, shares = zip(*AMOUNTS, strict=True)
    return Decimal(plan.luck.choices(amounts, shares)[0])


def _propose(plan: Plan, case: Case, at: datetime, *, by: Actor, amount: Decimal) -> Solution:
    offered = plan.luck.choice(plan.matter.solutions)
    return solving.propose(
        case,
        by=by,
        at=at,
        type=offered,
        what=WHAT[offered],
        deadline_at=at + timedelta(hours=5 if plan.urgent else 60),
        acceptance=say("acceptance", plan.luck),
        compensation_kind="租金减免" if amount else "",
        compensation_amount=amount,
    )


def _decided(world: World, plan: Plan, solution: Solution, at: datetime):  # type: ignore[no-untyped-def]
    if plan.hold == "approval":
        yield datetime.max.replace(tzinfo=at.tzinfo)
    at = world.later(at, plan, minutes=35, urgent=8)
    yield at
    approved = not plan.turns("refusal", 0.1)
    by = world.approver(solution.approver_role, solution.case)
    note = "同意" if approved else say("refusals", plan.luck)
    compensation.decide(solution, by=by, at=at, approved=approved, note=note)
    return at, approved


def _communicated(world: World, plan: Plan, solution: Solution, at: datetime) -> Going:
    at = world.later(at, plan, minutes=12, urgent=5)
    yield at
    by, written = world.worker(solution.case), plan.channel in ANONYMOUS_CHANNELS
    text = say("solution", plan.luck, what=solution.what) if written else ""
    solving.communicate(solution, by=by, at=at, channel=plan.channel, text=text)
    return at


def _waited(world: World, plan: Plan, case: Case, at: datetime) -> Going:
    """Now and then the customer is waited for, and the clocks stand still."""
    if not plan.turns("waiting", 0.1):
        return at
    at += timedelta(minutes=1)
    yield at
    waiting.start(case, by=world.worker(case), at=at, what=say("waits", plan.luck))
    if plan.hold == "waiting":
        yield datetime.max.replace(tzinfo=at.tzinfo)
    at = world.later(at, plan, minutes=200, urgent=15)
    yield at
    replying.customer_wrote(case, text=say("replies", plan.luck), channel=plan.channel, at=at)
    return at


def _answered(world: World, plan: Plan, solution: Solution, at: datetime, *, may_decline: bool) -> bool:
    declined = may_decline and plan.turns("declined", 0.08)
    at_portal = plan.channel == "portal"
    by = CUSTOMER if at_portal else world.worker(solution.case)
    note = say("declines", plan.luck) if declined else ""
    solving.customer_answers(solution, by=by, at=at, accepted=not declined, note=note)
    return not declined


def _home(case: Case) -> str:
    return case.responsible.code if case.responsible else "service"
