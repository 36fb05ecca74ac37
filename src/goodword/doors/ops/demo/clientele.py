"""Three hundred invented customers with their rental orders and devices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from goodword.base.people.actors import SYSTEM
from goodword.company.customers.actions.registering import register
from goodword.company.customers.checking import ContactFacts
from goodword.company.customers.models import Contact, Customer
from goodword.company.rentals.actions.devices import record_device
from goodword.company.rentals.actions.orders import Line, record_order
from goodword.company.rentals.models import Device, Order

SURNAMES = "张李王赵刘陈杨黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = ("测试", "示例", "演示", "样例", "试用")
COMPANIES = ("示例传媒", "测试文化", "样板电商", "演示科技")
AGENCIES = ("示例会展", "测试活动", "样板策划")
TYPES = (
    "摄像机",
    "镜头",
    "麦克风",
    "调音台",
    "补光灯",
    "编码器",
    "导播台",
    "图传",
    "监视器",
    "提词器",
    "稳定器",
    "无人机",
)
DEVICES = 120


@dataclass(frozen=True, slots=True)
class Client:
    """A customer with the contact one reaches and the orders, the oldest first."""

    customer: Customer
    contact: Contact
    orders: list[Order]


def win_customers(count: int, *, luck: Random, since: datetime, now: datetime) -> list[Client]:
    """`count` customers registered before `since`, each with one order or more signed between then and `now`."""
    serials = _devices(at=since)
    return [_client(number, serials, luck, since=since, now=now) for number in range(1, count + 1)]


def _devices(*, at: datetime) -> list[Device]:
    made = []
    for number in range(1, DEVICES + 1):
        device_type = TYPES[number % len(TYPES)]
        model = f"示例{'ABC'[number % 3]}{number % 7 + 1}"
        serial = f"DEMO-{number:04d}"
        name = f"{device_type} {model}"
        made.append(record_device(serial, device_type=device_type, model=model, name=name, by=SYSTEM, at=at))
    return made


def _client(number: int, devices: list[Device], luck: Random, *, since: datetime, now: datetime) -> Client:
    kind = luck.choices(("company", "streamer", "agency"), (45, 35, 20))[0]
    person = f"{luck.choice(SURNAMES)}{luck.choice(GIVEN)}"
    name = {
        "company": f"{luck.choice(COMPANIES)}{number:03d}",
        "agency": f"{luck.choice(AGENCIES)}{number:03d}",
    }.get(kind, person)
    facts = ContactFacts(name=person, phone=f"1380000{number:04d}")
    customer = register(kind=kind, name=name, contact=facts, by=SYSTEM, at=since)
    span = (now - since).total_seconds()
    signed = sorted(
        since + timedelta(seconds=luck.random() * span) for _ in range(luck.choices((1, 2), (8, 2))[0])
    )
    orders = [_order(f"ZL{at:%Y%m%d}-{number:03d}", customer, devices, luck, at=at, now=now) for at in signed]
    return Client(customer, customer.contacts.get(is_main=True), orders)


def _order(
    number: str, customer: Customer, devices: list[Device], luck: Random, *, at: datetime, now: datetime
) -> Order:
    """One order, told by the company's own system with how far it has come."""
    promised = (at + timedelta(days=luck.randint(1, 9))).replace(hour=2, minute=0, second=0, microsecond=0)
    rented_for = luck.choice((1, 2, 3, 3, 5, 7, 14, 30))
    returned = promised + timedelta(days=rented_for, hours=luck.randint(2, 30))
    course = {
        "delivered_at": promised + timedelta(hours=luck.choice((-3, -1, 0, 1, 2, 20))),
        "returned_at": returned,
        "settled_at": returned + timedelta(days=luck.randint(1, 9)),
    }
    lines = [
        Line(device.device_type, model=device.model, serial=device.serial)
        for device in luck.sample(devices, luck.randint(1, 3))
    ]
    lines.append(Line("线材", model="示例线材包", quantity=luck.randint(1, 4)))
    days = {"starts_on": promised.date(), "ends_on": promised.date() + timedelta(days=rented_for)}
    past = {name: moment for name, moment in course.items() if at < moment <= now}
    return record_order(
        number,
        customer=customer,
        lines=lines,
        by=SYSTEM,
        at=max(past.values(), default=at),
        signed_at=at,
        promised_at=promised,
        **days,
        **past,
    )
