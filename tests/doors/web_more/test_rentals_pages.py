"""Orders and devices: each leads to the other, to its customer, its cases and its code; lists cost the same however long."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import PHONE, Cast, a_case, investigated, make_cast
from tests.support.looking import as_, words
from tests.voice.cases.test_leafing import plan_of

from goodword.base.core import clock
from goodword.base.people.actors import SYSTEM
from goodword.company.rentals.actions.devices import record_device
from goodword.company.rentals.actions.events import record_event
from goodword.company.rentals.actions.orders import Line, record_order
from goodword.company.rentals.listing import devices_listed, orders_listed
from goodword.company.rentals.models import Device, Order
from goodword.voice.cases.models import Case

pytestmark = pytest.mark.django_db
SERIAL = "ENC/TEST 0042"


@pytest.fixture
def cast() -> Cast:
    return make_cast(clock.now() - timedelta(days=2))


@pytest.fixture
def device(cast: Cast) -> Device:
    """Out on the cast's order, its name carrying what nobody should read."""
    found = record_device(
        SERIAL, device_type="encoder", model="E9", name=f"编码器 {PHONE}", by=SYSTEM, at=cast.at
    )
    record_order(
        cast.order.number,
        customer=cast.customer,
        lines=[Line("encoder", serial=SERIAL)],
        by=SYSTEM,
        at=cast.at,
    )
    record_event(cast.order, "delivered", happened_at=cast.at, by=SYSTEM, at=cast.at)
    return found


ORDER, DEVICE = "/orders/ZL20260101-01/", "/devices/ENC/TEST%200042/"


def test_order_device_customer_and_case_lead_to_each_other(cast: Cast, device: Device) -> None:
    case = a_case(cast, device=device)
    customer = f"/customers/{cast.customer.number}/"
    client = as_(cast.lead)
    for here, leads_to in {
        ORDER: (customer, DEVICE, f"/cases/{case.number}/"),
        DEVICE: (customer, ORDER, f"/cases/{case.number}/"),
        customer: (ORDER, DEVICE, f"/cases/{case.number}/"),
        f"/cases/{case.number}/": (customer, ORDER, DEVICE),
        "/orders/": (customer, ORDER, DEVICE),
        "/devices/": (customer, ORDER, DEVICE),
    }.items():
        page = words(client, here)
        assert [one for one in leads_to if f'href="{one}"' not in page] == [], here
        assert PHONE not in page
    for here in (ORDER, DEVICE):
        assert "data:image/svg+xml" in words(client, here)
        assert "/codes/?things=" in words(client, here)
        assert "/codes/?things=" not in words(
            as_(cast.intake), here
        )  # whoever may not print is not sent there


def test_figures_count_what_one_may_see_and_lead_to_just_those(cast: Cast, device: Device) -> None:
    found = investigated(cast)
    Case.objects.filter(pk=found.pk).update(device=device)
    a_case(cast, device=device)
    page = words(as_(cast.lead), DEVICE)
    aging = re.search(r'href="(/cases/\?device=[^"]*cause=device_aging)"', page)
    assert aging is not None
    listed = words(as_(cast.lead), aging[1].replace("&amp;", "&"))
    assert re.findall(r'id="case-(\d+)"', listed) == [str(found.number)]
    both = words(as_(cast.lead), "/cases/?device=ENC/TEST 0042&state=open")
    assert len(re.findall(r'id="case-(\d+)"', both)) == 2
    assert "看不懂" in words(as_(cast.lead), "/cases/?cause=device_aging")  # alone it would look through all
    own = words(as_(cast.engineer), DEVICE)
    assert own.count("<tr") < page.count("<tr")  # the other case is of no department the engineer belongs to


def test_lists_are_narrowed_by_their_address_and_go_on_from_a_place(cast: Cast, device: Device) -> None:
    for number in range(5):
        record_device(f"CAM-{number}", device_type="camera", by=SYSTEM, at=cast.at)
        record_order(
            f"ZL-2026-{number}", customer=cast.customer, by=SYSTEM, at=cast.at + timedelta(hours=number + 1)
        )
    client = as_(cast.lead)
    assert re.findall(r"CAM-\d", words(client, "/devices/?type=camera&q=cam-"))[::2] == [
        f"CAM-{n}" for n in range(5)
    ]
    assert "ENC/TEST" not in words(client, "/devices/?type=camera")
    assert "ZL-2026-3" not in words(client, "/orders/?stage=in_use")
    assert "ZL-2026-3" in words(client, f"/orders/?customer={cast.customer.number}&q=1234")
    assert "ZL-2026-3" not in words(client, "/orders/?q=ZL20260101")
    Order.objects.exclude(number="ZL-2026-3").update(promised_at=cast.at, delivered_at=cast.at)
    Order.objects.filter(number="ZL-2026-1").update(
        promised_at=cast.at + timedelta(days=9000), delivered_at=None
    )
    Order.objects.filter(number="ZL-2026-2").update(promised_at=cast.at, delivered_at=None)
    late = words(client, "/orders/?delivery=late")
    assert set(re.findall(r"ZL-2026-\d", late)) == {"ZL-2026-2"}
    assert "逾期未送达" in late
    leaf = orders_listed(limit=2)
    seen = [row.number for row in leaf.rows]
    while leaf.later:
        leaf = orders_listed(limit=2, after=seen[-1])
        seen += [row.number for row in leaf.rows]
    assert seen == [*(f"ZL-2026-{n}" for n in (4, 3, 2, 1, 0)), cast.order.number]
    back = orders_listed(limit=2, before=seen[4])
    assert ([row.number for row in back.rows], back.earlier, back.later) == (seen[2:4], True, True)
    assert [row.serial for row in devices_listed(limit=2, before="CAM-3").rows] == ["CAM-1", "CAM-2"]


def test_no_list_reads_its_whole_table_and_none_asks_more_for_more_rows(cast: Cast, device: Device) -> None:
    with CaptureQueriesContext(connection) as queries:
        orders_listed(limit=50), orders_listed(limit=50, after=cast.order.number, stage="sign")
        orders_listed(limit=50, late_at=cast.at)
        devices_listed(limit=50), devices_listed(limit=50, device_type="camera", after="A")
        devices_listed(limit=50, text="enc-t")
    for query in queries:
        if 'FROM "rentals_order"' in query["sql"] or 'FROM "rentals_device"' in query["sql"]:
            plan = plan_of(query["sql"])
            assert "Seq Scan on rentals" not in plan, (query["sql"], plan)
            assert not re.search(r"^SCAN rentals_\w+$", plan, re.MULTILINE), (query["sql"], plan)

    client = as_(cast.lead)

    def asked() -> list[int]:
        counts = []
        for address in ("/orders/", "/devices/", ORDER, DEVICE):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                words(client, address)
            counts.append(len(queries))
        return counts

    a_case(cast, device=device)
    few = asked()
    for number in range(3):
        a_case(cast, device=device)
        record_device(f"CAM-{number}", device_type="camera", by=SYSTEM, at=cast.at)
        lines = [Line("camera", serial=f"CAM-{number}"), Line("encoder", serial=SERIAL)]
        record_order(f"ZL-{number}", customer=cast.customer, lines=lines, by=SYSTEM, at=cast.at)
    assert asked() == few
    print(f"queries of {ORDER}, {DEVICE} and their lists: {few}")
