"""The same invented people in every test: eight colleagues, one customer with an order, and cases brought to a point.

All of it goes through the product's own actions; every name and number here is made up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django_otp.plugins.otp_totp.models import TOTPDevice

from goodword.base.people.actors import SYSTEM, Actor
from goodword.base.people.models import Account, Department, Person, RoleGrant
from goodword.base.people.queries import actor_for
from goodword.base.people.roles import DEPARTMENTS, ROLES
from goodword.company.customers.models import Contact, Customer
from goodword.company.rentals.actions.orders import record_order
from goodword.company.rentals.models import Order
from goodword.engine.journal.queries import entries_of
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases.models import Case, Solution

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 1, 5, 10, 0, tzinfo=SHANGHAI)
"""Ten in the morning of an ordinary working day, inside office hours: when tests begin unless they say otherwise."""

PEOPLE = {
    "intake": ("lin", "林受理", "service", ("intake",)),
    "lead": ("zhou", "周主管", "service", ("service_lead",)),
    "engineer": ("chen", "陈工程", "technology", ("engineer",)),
    "technology_head": ("wu", "吴主任", "technology", ("department_head",)),
    "callback": ("he", "何回访", "service", ("callback",)),
    "deputy": ("gao", "高副总", "management", ("deputy_general_manager",)),
    "administrator": ("guan", "管系统", "management", ("administrator",)),
    "warehouse_head": ("cang", "仓主任", "warehouse", ("department_head",)),
}
"""Who they are in tests: log-in, name, department, roles held there."""

HEADS = {
    "service": "lead",
    "technology": "technology_head",
    "warehouse": "warehouse_head",
    "management": "deputy",
}
PHONE = "13800001234"
FAULT = "摄像机开机后黑屏,晚上直播要用,请尽快处理。"
RUDE = "客服小哥说话很冲,问了三遍都不回答。"
SURE = "客服态度太差了，问什么都爱答不理，我要投诉你们客服"
"""What the reader is sure of: it may go out unattended."""


@dataclass(frozen=True, slots=True)
class Member:
    """A colleague: the account, and the actor to hand to actions as `by`."""

    account: Account
    by: Actor

    @property
    def pk(self) -> int:
        """The account's id."""
        return self.account.pk

    @property
    def person(self) -> Person:
        """The human being behind the account."""
        return self.account.person


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody, by what they do; the customer 张测试 with contact and order; `at` is when they all began."""

    at: datetime
    intake: Member
    lead: Member
    engineer: Member
    technology_head: Member
    callback: Member
    deputy: Member
    administrator: Member
    warehouse_head: Member
    customer: Customer
    contact: Contact
    order: Order

    def department(self, code: str) -> Department:
        """The department with this code."""
        return Department.objects.get(code=code)


def make_cast(at: datetime = MONDAY) -> Cast:
    """Departments with their heads, the colleagues with their roles from `at` on, the customer and the order."""
    for code, (name_zh, name_en) in DEPARTMENTS.items():
        Department.objects.get_or_create(code=code, defaults={"name_zh": name_zh, "name_en": name_en})
    members = {
        key: a_member(name, username=username, department=department, roles=roles, at=at)
        for key, (username, name, department, roles) in PEOPLE.items()
    }
    for department, key in HEADS.items():
        Department.objects.filter(code=department).update(head=members[key].account)
    customer, contact = _customer(at)
    order = record_order("ZL20260101-01", customer=customer, by=SYSTEM, at=at, signed_at=at)
    return Cast(at=at, **members, customer=customer, contact=contact, order=order)


def a_member(
    name: str,
    *,
    username: str,
    department: str,
    roles: tuple[str, ...],
    at: datetime = MONDAY,
    person: Person | None = None,
) -> Member:
    """One more colleague, or a second account of `person`; holds `roles` in `department` from `at` on."""
    home = Department.objects.get(code=department)
    account = Account.objects.create_user(
        username,
        person=person or Person.objects.create(name=name),
        department=home,
        phone_extension=f"8{Account.objects.count():03d}",
        created_at=at,
    )
    RoleGrant.objects.bulk_create(
        RoleGrant(account=account, role=role, department=home, starts_at=at) for role in roles
    )
    if any(ROLES[role].second_factor for role in roles):
        TOTPDevice.objects.create(user=account, name="test")
    return Member(account, actor_for(account, at=at))


def _customer(at: datetime) -> tuple[Customer, Contact]:
    from goodword.company.customers.actions.registering import register
    from goodword.company.customers.checking import ContactFacts

    facts = ContactFacts(name="张测试", phone=PHONE)
    customer = register(kind="streamer", name="张测试", contact=facts, by=SYSTEM, at=at)
    return customer, customer.contacts.get(is_main=True)


def a_case(cast: Cast, *, at: datetime | None = None, text: str = FAULT, **word: Any) -> Case:
    """A case just received by the intake agent over the hotline, with a complete record unless `word` says less."""
    from goodword.voice.cases.actions.receiving import Word, receive

    known: dict[str, Any] = {
        "channel": "hotline",
        "customer": cast.customer,
        "contact": cast.contact,
        "order": cast.order,
        "kind": "complaint",
        "scene": "直播间开机",
        "asks": "尽快修好",
        "asked_by_at": (at or cast.at) + timedelta(days=1),
    }
    return receive(Word(text=text, **{**known, **word}), by=cast.intake.by, at=at or cast.at).case


def triaged(
    cast: Cast,
    *,
    at: datetime | None = None,
    text: str = FAULT,
    kind: str = "complaint",
    content: str = "device",
    subclass: str = "",
    severity: str = "general",
    department: str = "technology",
    assignee: Member | None = None,
    **word: Any,
) -> Case:
    """A case triaged five minutes after it came; a device fault for the engineer unless said otherwise."""
    from goodword.voice.cases.actions.triaging import triage

    at = at or cast.at
    case = a_case(cast, at=at, text=text, **{"kind": kind, **word})
    chosen = assignee or {"technology": cast.engineer, "service": cast.lead}.get(department)
    return triage(
        case,
        by=cast.intake.by,
        at=at + timedelta(minutes=5),
        kind=kind,
        content=content,
        subclass=subclass or {"device": "fault", "service": "attitude"}.get(content, "other"),
        severity=severity,
        device_type="摄像机" if content == "device" else "none",
        stage="in_use",
        department=cast.department(department),
        assignee=chosen.account if chosen else None,
    )


def worker(cast: Cast, case: Case) -> Member:
    """Who works on the case in these tests: its assignee."""
    known = [getattr(cast, key) for key in PEOPLE]
    return next((member for member in known if member.pk == case.assignee_id), cast.lead)


def started(cast: Cast, *, at: datetime | None = None, **labels: Any) -> Case:
    """A case whose investigation has begun, twenty minutes after it came."""
    from goodword.voice.cases.actions import investigating

    case = triaged(cast, at=at, **labels)
    return investigating.start(case, by=worker(cast, case).by, at=case.received_at + timedelta(minutes=20))


def investigated(cast: Cast, *, at: datetime | None = None, **labels: Any) -> Case:
    """A case that is ready for a solution, half an hour after it came."""
    case = started(cast, at=at, **labels)
    return find_out(cast, case, at=case.received_at + timedelta(minutes=30))


def find_out(cast: Cast, case: Case, *, at: datetime) -> Case:
    """What the investigation of a round finds: a check or a statement, then cause and responsible party."""
    from goodword.voice.cases.actions import evidence, investigating

    by = worker(cast, case).by
    if case.content == "service":
        evidence.record_staff_statement(
            case, by=by, at=at, staff=cast.intake.account, what="当时排队,语气急了些。"
        )
        cause = "attitude"
    else:
        evidence.record_technical_check(
            case, by=by, at=at, result="confirmed", what="主板接触不良", remote=True
        )
        cause = "device_aging"
    return investigating.record_cause(
        case,
        by=by,
        at=at,
        cause=cause,
        responsible_party="company",
        note="核对记录后认定",
        department=case.responsible,
    )


def a_solution(
    cast: Cast, case: Case, *, at: datetime | None = None, by: Actor | None = None, **what: Any
) -> Solution:
    """A solution put forward for an investigated case: a replacement or an apology by the next day, without money."""
    from goodword.voice.cases.actions import solving

    at = at or case.received_at + timedelta(minutes=40)
    offered = {
        "type": "apology_and_voucher" if case.content == "service" else "replace_same_model",
        "what": "更换同型号" if case.content == "device" else "致歉并说明",
        "deadline_at": at + timedelta(days=1),
        "acceptance": "客户确认可正常使用",
        "compensation_amount": Decimal(0),
    }
    return solving.propose(case, by=by or worker(cast, case).by, at=at, **{**offered, **what})


def proposed(cast: Cast, *, at: datetime | None = None, **labels: Any) -> Case:
    """A case with a solution put forward, forty minutes after it came."""
    return a_solution(cast, investigated(cast, at=at, **labels)).case


def communicated(cast: Cast, *, at: datetime | None = None, **labels: Any) -> Case:
    """A case whose solution has been discussed with the customer, fifty minutes after it came."""
    from goodword.voice.cases.actions import solving

    case = proposed(cast, at=at, **labels)
    solving.communicate(
        case.solutions.latest("version"),
        by=worker(cast, case).by,
        at=case.received_at + timedelta(minutes=50),
        channel="hotline",
    )
    case.refresh_from_db()
    return case


def agreed(cast: Cast, *, at: datetime | None = None, **labels: Any) -> Case:
    """A case whose solution the customer accepts, an hour after it came."""
    case = communicated(cast, at=at, **labels)
    return accept(cast, case, at=case.received_at + timedelta(hours=1))


def accept(cast: Cast, case: Case, *, at: datetime) -> Case:
    """The customer accepts the latest solution of the case."""
    from goodword.voice.cases.actions import solving

    latest = case.solutions.filter(round_no=case.round_no).latest("version")
    return solving.customer_answers(latest, by=worker(cast, case).by, at=at, accepted=True).case


def carrying_out(cast: Cast, *, at: datetime | None = None, **labels: Any) -> Case:
    """A case being carried out with one step, seventy minutes after it came."""
    from goodword.voice.cases.actions import carrying_out as carrying

    case = agreed(cast, at=at, **labels)
    member, begun_at = worker(cast, case), case.received_at + timedelta(minutes=70)
    steps = [{"what": "送换并当面调试", "owner": member.account, "due_at": begun_at + timedelta(hours=4)}]
    return carrying.start(case, by=member.by, at=begun_at, steps=steps)


def done(cast: Cast, *, at: datetime | None = None, **labels: Any) -> Case:
    """A case that is done, ninety minutes after it came: ready to be called back by 何回访."""
    case = carrying_out(cast, at=at, **labels)
    return finish(cast, case, at=case.received_at + timedelta(minutes=90))


def finish(cast: Cast, case: Case, *, at: datetime) -> Case:
    """All open steps of the round done, then the case."""
    from goodword.voice.cases.actions import carrying_out as carrying

    by = worker(cast, case).by
    for step in case.steps.filter(round_no=case.round_no, done_at=None):
        carrying.complete_step(step, by=by, at=at, proof="已签收")
    return carrying.finish(case, by=by, at=at, proof="客户现场确认")


def next_round_done(cast: Cast, case: Case, *, at: datetime) -> Case:
    """From the start of a further round to done, within an hour from `at`."""
    from goodword.voice.cases.actions import carrying_out as carrying
    from goodword.voice.cases.actions import investigating, solving

    member = worker(cast, case)
    investigating.start(case, by=member.by, at=at)
    find_out(cast, case, at=at + timedelta(minutes=10))
    solution = a_solution(cast, case, at=at + timedelta(minutes=20), by=member.by)
    solving.communicate(solution, by=member.by, at=at + timedelta(minutes=25), channel="hotline")
    accept(cast, case, at=at + timedelta(minutes=30))
    case.refresh_from_db()
    steps = [{"what": "再次更换", "owner": member.account, "due_at": at + timedelta(hours=4)}]
    carrying.start(case, by=member.by, at=at + timedelta(minutes=40), steps=steps)
    return finish(cast, case, at=at + timedelta(minutes=60))


def duty(case: Case, clause: str, *, round_no: int | None = None) -> Obligation:
    """The latest obligation of a clause for the case, in the round it is in or the one named."""
    running = Obligation.objects.filter(
        subject_type="case", subject_id=str(case.pk), clause_id=clause, round_no=round_no or case.round_no
    )
    return running.latest("occurrence")


def told(case: Case, kind: str) -> dict[str, Any]:
    """The facts of the case's latest entry of this kind, from the journal."""
    entry = entries_of("case", case.pk).filter(kind=kind).last()
    assert entry is not None, f"{kind} was never journalled"
    return entry.facts


def merged_away(cast: Cast) -> Case:
    """A case that has ended: it goes on in another one of the same customer."""
    from goodword.voice.cases.actions import merging

    case, other = triaged(cast), triaged(cast)
    return merging.merge(case, into=other, by=cast.intake.by, at=cast.at + timedelta(minutes=10))
