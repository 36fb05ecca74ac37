"""Rentals: told once or again, and where an order stood at any moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.base.core.errors import Forbidden, Invalid, Refused
from goodword.base.people.actors import CUSTOMER, SYSTEM
from goodword.company.customers.actions.registering import register
from goodword.company.customers.models import Customer
from goodword.company.rentals.actions.devices import record_device
from goodword.company.rentals.actions.events import record_event
from goodword.company.rentals.actions.orders import Line, record_order
from goodword.company.rentals.models import Order
from goodword.company.rentals.queries import (
    device_by_serial,
    devices_of,
    find_orders,
    order_by_number,
    orders_of,
    stage_of,
)
from goodword.company.rentals.stages import LEADS_TO, STAGES, Course, stage_at
from goodword.engine.journal.queries import entries_of
from goodword.engine.policy.queries import all_clauses

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def customer(name: str = "示例直播有限公司") -> Customer:
    return register(kind="company", name=name, by=SYSTEM, at=AT)


def kinds_of(order: Order) -> list[str]:
    return [entry.kind for entry in entries_of("order", order.pk)]


def test_the_stages_are_those_of_the_regulation():
    pack = [stage["code"] for stage in all_clauses()["FB-3.1a"].values["stages"]]
    assert list(STAGES) == pack
    assert set(LEADS_TO.values()) == set(STAGES)


@pytest.mark.parametrize(
    ("events", "stage"),
    [
        ([], "consult"),
        (["signed"], "sign"),
        (["signed", "sent_out"], "deliver"),
        (["signed", "sent_out", "delivered"], "in_use"),
        (["delivered", "repair_started"], "repair"),
        (["delivered", "repair_started", "repaired"], "in_use"),
        (["delivered", "return_started"], "return"),
        (["delivered", "returned"], "settle"),
        (["delivered", "returned", "settled"], "settle"),
    ],
)
def test_the_newest_event_decides_the_stage(events: list[str], stage: str):
    course = Course(tuple((event, AT + DAY * day) for day, event in enumerate(events)))
    assert stage_at(course, at=AT + DAY * 30, zone=SHANGHAI) == stage


def test_a_rental_whose_last_day_is_over_is_in_return_from_the_companys_midnight():
    course = Course((("delivered", AT),), starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 5))
    assert stage_at(course, at=datetime(2026, 3, 5, 15, 59, tzinfo=UTC), zone=SHANGHAI) == "in_use"
    assert stage_at(course, at=datetime(2026, 3, 5, 16, 0, tzinfo=UTC), zone=SHANGHAI) == "return"


def test_an_order_known_by_its_days_alone_is_in_use_between_them():
    course = Course((("signed", AT),), starts_on=date(2026, 3, 4), ends_on=date(2026, 3, 5))
    assert stage_at(course, at=AT + DAY, zone=SHANGHAI) == "sign"
    assert stage_at(course, at=AT + 2 * DAY, zone=SHANGHAI) == "in_use"


def test_a_late_delivery_keeps_the_order_in_delivery_though_its_first_day_has_come():
    course = Course((("sent_out", AT),), starts_on=date(2026, 3, 3))
    assert stage_at(course, at=AT + 3 * DAY, zone=SHANGHAI) == "deliver"


@given(
    st.lists(st.tuples(st.sampled_from(sorted(LEADS_TO)), st.integers(0, 50)), max_size=8),
    st.integers(0, 50),
    st.integers(1, 10),
)
def test_what_happens_later_never_changes_where_an_order_stood(
    events: list[tuple[str, int]], seen: int, later: int
):
    told = tuple((event, AT + DAY * day) for event, day in events)
    by_then = tuple(event for event in told if event[1] <= AT + DAY * seen)
    after = ("settled", AT + DAY * (seen + later))
    at = AT + DAY * seen
    assert stage_at(Course((*told, after)), at=at, zone=SHANGHAI) == stage_at(
        Course(by_then), at=at, zone=SHANGHAI
    )


@pytest.mark.django_db
def test_the_same_order_told_again_changes_and_journals_nothing():
    device = record_device("SN-001", device_type="摄像机", model="X1", by=SYSTEM, at=AT)
    owner = customer()
    lines = [Line("摄像机", "X1", serial="SN-001"), Line("灯架", quantity=2)]
    for _ in range(3):
        order = record_order(
            "ZL-2026-001",
            customer=owner,
            lines=lines,
            signed_at=AT,
            starts_on=date(2026, 3, 4),
            by=SYSTEM,
            at=AT,
        )
    assert kinds_of(order) == ["order.recorded"]
    assert order.stage == "sign"
    assert [str(line) for line in order.lines.all()] == ["1 × X1", "2 × 灯架"]
    assert devices_of(order) == [device]


@pytest.mark.django_db
def test_a_change_is_journalled_by_field_and_leaves_the_rest():
    owner = customer()
    order = record_order("A1", customer=owner, lines=[Line("镜头")], signed_at=AT, by=SYSTEM, at=AT)
    order = record_order("A1", customer=owner, delivered_at=AT + DAY, by=SYSTEM, at=AT + DAY)
    assert entries_of("order", order.pk).last().facts == {"fields": ["delivered_at"], "stage": "in_use"}
    assert order.signed_at == AT
    assert order.lines.count() == 1
    order = record_order("A1", customer=owner, lines=[], by=SYSTEM, at=AT + DAY)
    assert order.lines.count() == 0


@pytest.mark.django_db
def test_an_event_told_twice_happens_once_and_the_past_keeps_its_stage():
    order = record_order("A1", customer=customer(), signed_at=AT, by=SYSTEM, at=AT)
    for _ in range(2):
        order = record_event(order, "delivered", happened_at=AT + DAY, by=SYSTEM, at=AT + 2 * DAY)
    record_event(order, "repair_started", by=SYSTEM, at=AT + 3 * DAY)
    order = record_event(order, "repaired", by=SYSTEM, at=AT + 4 * DAY)
    assert kinds_of(order) == ["order.recorded"] + 3 * ["order.event_recorded"]
    assert order.delivered_at == AT + DAY
    assert [stage_of(order, at=AT + DAY * day) for day in (-1, 0, 1, 3, 4)] == [
        "consult", "sign", "in_use", "repair", "in_use",
    ]  # fmt: skip
    assert order.stage == "in_use"


@pytest.mark.django_db
def test_an_order_number_of_another_customer_is_refused():
    record_order("A1", customer=customer(), by=SYSTEM, at=AT)
    with pytest.raises(Refused):
        record_order("A1", customer=customer("别家有限公司"), by=SYSTEM, at=AT)
    assert Order.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("number", "facts", "field"),
    [
        (" ", {}, "number"),
        ("A1", {"color": AT}, "color"),
        ("A1", {"starts_on": date(2026, 3, 4), "ends_on": date(2026, 3, 3)}, "ends_on"),
        ("A1", {"lines": [Line("镜头", serial="nowhere")]}, "lines"),
        ("A1", {"lines": [Line("镜头", quantity=0)]}, "lines"),
        ("A1", {"lines": [Line("")]}, "lines"),
        ("A1", {"lines": [Line("镜头", serial="S"), Line("镜头", serial="S")]}, "lines"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused_by_field_and_leaves_nothing(number, facts, field):
    with pytest.raises(Invalid) as wrong:
        record_order(number, customer=customer(), by=SYSTEM, at=AT, **facts)
    assert field in wrong.value.fields
    assert not Order.objects.exists()


@pytest.mark.django_db
def test_an_unknown_event_and_a_customer_are_refused():
    order = record_order("A1", customer=customer(), by=SYSTEM, at=AT)
    with pytest.raises(Invalid):
        record_event(order, "vanished", by=SYSTEM, at=AT)
    with pytest.raises(Forbidden):
        record_event(order, "signed", by=CUSTOMER, at=AT)


@pytest.mark.django_db
def test_a_device_told_again_is_changed_only_when_it_differs():
    for name in ("机身", "机身", "备用机身"):
        device = record_device("SN-1", device_type="摄像机", name=name, by=SYSTEM, at=AT)
    assert [entry.kind for entry in entries_of("device", device.pk)] == ["device.recorded", "device.changed"]
    assert device_by_serial("sn-1") == device
    assert device_by_serial("") is None
    with pytest.raises(Invalid):
        record_device("", device_type="摄像机", by=SYSTEM, at=AT)


@pytest.mark.django_db
def test_orders_are_found_by_number_part_of_it_and_serial():
    record_device("SN-1", device_type="摄像机", by=SYSTEM, at=AT)
    order = record_order(
        "ZL-0001", customer=customer(), lines=[Line("摄像机", serial="SN-1")], by=SYSTEM, at=AT
    )
    assert order_by_number(" zl-0001 ") == order
    assert order_by_number("ZL-000") is None
    assert order_by_number("") is None
    assert find_orders("l-000") == find_orders("sn-1") == [order]
    assert find_orders("ZL") == find_orders("") == []


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_a_customers_orders_cost_two_queries(count: int, django_assert_num_queries):
    owner = customer()
    for number in range(count):
        record_device(f"SN-{number}", device_type="镜头", by=SYSTEM, at=AT)
        record_order(
            f"A{number}", customer=owner, lines=[Line("镜头", serial=f"SN-{number}")], by=SYSTEM, at=AT
        )
    with django_assert_num_queries(2):
        rows = orders_of(owner)
        assert [line.device.serial for order in rows for line in order.lines.all()] == [
            f"SN-{number}" for number in reversed(range(count))
        ]
