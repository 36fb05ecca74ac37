"""QR codes: made on the workbench, read at the public form; forged, foreign and old ones lose nobody's words."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signing import Signer
from django.test import Client
from tests.cast import Cast, make_cast

from goodword.base.core import clock
from goodword.base.people.actors import SYSTEM
from goodword.company.rentals.actions.orders import record_order
from goodword.company.rentals.codes import CodeExpired, CodeUnreadable, Place, code_of, place_of
from goodword.company.rentals.models import Device, Order, OrderLine
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases.models import Case

pytestmark = pytest.mark.django_db
WORDS = {"text": "编码器黑屏，马上要直播", "name": "张测试", "phone": "13800001234"}
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200)


@pytest.fixture
def cast() -> Cast:
    cache.clear()
    return make_cast(clock.now() - timedelta(hours=3))


@pytest.fixture
def device(cast: Cast) -> Device:
    """A device the customer has rented."""
    found = Device.objects.create(serial="SN-样例-1", device_type="编码器", model="E1", name="编码器 E1")
    OrderLine.objects.create(order=cast.order, device=found, device_type="编码器")
    return found


def sent(client: Client, code: str, **more: object) -> Case:
    """The form as it opens from the code, filled in and sent."""
    page = client.get(f"/p/q/{code}/").content.decode()
    hidden = dict(re.findall(r'name="(key|hung)" value="([^"]+)"', page))
    answer = client.post("/p/", {**WORDS, **hidden, **more})
    assert answer.status_code == 200, answer.content.decode()
    return Case.objects.latest("received_at")


def test_the_form_knows_the_device_and_by_the_telephone_number_the_order(
    client: Client, cast: Cast, device: Device
) -> None:
    code = code_of(Place(device=device))
    assert device.serial in client.get(f"/p/q/{code}/").content.decode()
    case = sent(client, code)
    assert (case.device, case.device_type, case.order) == (device, "编码器", cast.order)
    assert sent(client, code, phone="13900007777", name="路人示例").order is None


def test_the_form_knows_the_order_and_the_store(client: Client, cast: Cast) -> None:
    code = code_of(Place(order=cast.order))
    page = client.get(f"/p/q/{code}/").content.decode()
    assert cast.order.number in page
    assert str(cast.customer.name) not in page
    assert "张测试" not in page
    assert sent(client, code).order == cast.order
    at_store = sent(client, code_of(Place(store="样例门店")), text="另一件事，门店的灯坏了")
    assert (at_store.scene, at_store.channel) == ("样例门店", "store_box")
    assert Obligation.objects.filter(clause_id="FB-2.2d", subject_id=str(at_store.pk), state="open").exists()


def test_nothing_in_a_code_can_be_read_but_ids(cast: Cast) -> None:
    code = code_of(Place(order=cast.order, until=date(2027, 1, 31)))
    assert re.fullmatch(r"o\.[0-9a-f]{32}\.20270131\.[\w-]{43}", code, re.ASCII)
    assert place_of(code, on=date(2027, 1, 31)).order == cast.order
    with pytest.raises(CodeExpired):
        place_of(code, on=date(2027, 2, 1))


def bad_codes(order: Order) -> list[str]:
    good = code_of(Place(order=order))
    other = Signer(sep=".", salt="goodword.rentals.code", key="another installation's key")
    return [
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        good.replace("o.", "d.", 1),
        other.sign(f"o.{order.pk.hex}."),
        Signer(sep=".", salt="something.else").sign(f"o.{order.pk.hex}."),
        *("x", ".", "...", "%00", "o%00.1", "%E4%BD%A0", "a" * 5000),
    ]


def test_what_is_no_code_of_ours_opens_the_form_all_the_same(client: Client, cast: Cast) -> None:
    for code in bad_codes(cast.order):
        answer = client.get(f"/p/q/{code}/")
        assert answer.status_code == 404, code
        assert "无法识别" in answer.content.decode()
        assert 'name="text"' in answer.content.decode()
    with pytest.raises(CodeUnreadable):
        place_of("\x00", on=None)


def test_one_that_is_over_says_so_and_words_sent_with_a_bad_one_arrive(client: Client, cast: Cast) -> None:
    old = client.get(f"/p/q/{code_of(Place(order=cast.order, until=date(2020, 1, 1)))}/")
    assert (old.status_code, "已过期" in old.content.decode()) == (410, True)
    for hung in ("forged", "\x00", "a" * 5000, code_of(Place(order=cast.order))[:-2]):
        assert client.post("/p/", {**WORDS, "hung": hung, "key": ""}).status_code == 200
    assert Case.objects.filter(order=None).exists()
    english = client.get("/p/q/x/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "cannot be read" in english


def test_a_form_refused_keeps_its_code_and_says_that_photos_are_chosen_again(
    client: Client, cast: Cast
) -> None:
    code = code_of(Place(order=cast.order))
    photo = SimpleUploadedFile("a.jpg", JPEG)
    page = client.post("/p/", {**WORDS, "phone": "1", "hung": code, "photos": photo}).content.decode()
    assert f'value="{code}"' in page
    assert WORDS["text"] in page
    assert "再选一次" in page


def test_a_sheet_is_printed_for_orders_devices_and_stores(client: Client, cast: Cast, device: Device) -> None:
    client.force_login(cast.lead.account)
    things = f"{cast.order.number}\r\n{device.serial}\r\n{device.serial}\r\n"
    page = client.post("/codes/", {"things": things, "stores": "样例门店"}).content.decode()
    assert page.count("data:image/svg+xml") == 6
    assert cast.order.number in page
    assert "13800001234" not in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "至少填写一个"),
        ({"things": "无此单\x00"}, "字符"),
        ({"things": "无此单"}, "没有这些：无此单"),
        ({"stores": "长" * 41}, "最多 40 字"),
        ({"stores": "\n".join(map(str, range(61)))}, "一次最多 60 个"),
        ({"things": "\n".join(map(str, range(61)))}, "一次最多 60 个"),
        ({"stores": "甲", "until": "2020-01-01"}, "已经过去"),
    ],
)
def test_a_sheet_that_cannot_be_made_says_why(
    client: Client, cast: Cast, typed: dict[str, str], said: str
) -> None:
    client.force_login(cast.lead.account)
    answer = client.post("/codes/", typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_the_newest_order_of_the_same_customer_is_meant(client: Client, cast: Cast, device: Device) -> None:
    later = record_order("ZL20260201-09", customer=cast.customer, by=SYSTEM, at=clock.now())
    OrderLine.objects.create(order=later, device=device, device_type="编码器")
    assert sent(client, code_of(Place(device=device))).order == later


def test_photos_alone_may_be_added(client: Client, cast: Cast) -> None:
    case = sent(client, code_of(Place(order=cast.order)))
    assert client.post("/p/case/add/", {"text": " "}).status_code == 422
    assert client.post("/p/case/add/", {"photos": SimpleUploadedFile("a.jpg", JPEG)}).status_code == 302
    assert case.messages.filter(text="（补充了照片）").exists()
