"""The customers' pages: found by what they say, shown masked, revealed with a reason, added to."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import PHONE, Cast, a_case, a_member, make_cast
from tests.support.looking import as_, words

from goodword.base.core import clock
from goodword.company.customers.models import Customer, Reveal
from goodword.company.rentals.models import Order
from goodword.engine.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast(clock.now() - timedelta(days=2))


def test_only_people_with_business_see_customers(cast: Cast, client: Client) -> None:
    nobody = as_(a_member("无权限", username="nobody", department="hr", roles=("human_resources",)))
    for address in ("/customers/", f"/customers/{cast.customer.number}/", "/customers/new/"):
        assert client.get(address)["Location"].startswith("/login/")
        assert nobody.get(address).status_code == 403


@pytest.mark.parametrize("said", ["1234", PHONE, "张测试", "ZL20260101", "number"])
def test_a_customer_is_found_by_what_he_says(cast: Cast, said: str) -> None:
    said = str(cast.customer.number) if said == "number" else said
    page = words(as_(cast.intake), f"/customers/?q={said}")
    assert f'href="/customers/{cast.customer.number}/"' in page
    assert "没有找到" in words(as_(cast.intake), "/customers/?q=王无此人")


def test_the_page_shows_nothing_in_clear(cast: Cast) -> None:
    case = a_case(cast, text=f"请打 {PHONE} 找张测试")
    page = words(as_(cast.lead), f"/customers/{cast.customer.number}/")
    assert f"#{case.number}" in page
    assert cast.order.number in page
    assert PHONE not in page
    assert "1234" in page
    assert "张**" in page


def test_a_value_is_revealed_with_a_reason_and_the_sight_is_kept(cast: Cast) -> None:
    address = f"/customers/{cast.customer.number}/contacts/{cast.contact.pk}/reveal/phone/"
    client = as_(cast.lead)
    assert PHONE not in words(client, address)
    short = client.post(address, {"reason": "看"})
    assert short.status_code == 422
    assert PHONE not in short.content.decode()
    shown = client.post(address, {"reason": "客户要求回电"}, headers={"HX-Request": "true"})
    assert PHONE in shown.content.decode()
    assert "<html" not in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    assert Reveal.objects.get().reason == "客户要求回电"
    assert Entry.objects.filter(kind="customer.revealed").count() == 1
    assert "客户要求回电" in words(client, f"/customers/{cast.customer.number}/")


def test_revealing_takes_the_right_and_the_right_customer(cast: Cast) -> None:
    address = f"/customers/{cast.customer.number}/contacts/{cast.contact.pk}/reveal/phone/"
    assert as_(cast.intake).post(address, {"reason": "客户要求回电"}).status_code == 403
    assert "/reveal/" not in words(as_(cast.intake), f"/customers/{cast.customer.number}/")
    lead = as_(cast.lead)
    assert lead.get(address.replace("/phone/", "/pk/")).status_code == 404
    assert lead.get(f"/customers/{cast.customer.number}/contacts/999999/reveal/phone/").status_code == 404
    assert lead.get("/customers/99999/").status_code == 404
    assert not Reveal.objects.exists()


def test_a_new_customer_and_one_whose_number_is_known(cast: Cast) -> None:
    client = as_(cast.intake)
    form = {"kind": "company", "name": "示例直播公司", "phone": "13800007777", "preferred": "phone"}
    made = client.post("/customers/new/", form)
    customer = Customer.objects.get(public_name="示例直播公司")
    assert made["Location"] == f"/customers/{customer.number}/"
    again = client.post("/customers/new/", {**form, "name": "另一个名字", "phone": PHONE})
    assert again["Location"] == f"/customers/{cast.customer.number}/"
    assert Customer.objects.count() == 2


def test_a_customer_without_a_name_is_asked_again_with_what_was_typed(cast: Cast) -> None:
    form = {"kind": "company", "name": "", "phone": "13800007777", "preferred": "phone"}
    answer = as_(cast.intake).post("/customers/new/", form)
    assert answer.status_code == 422
    assert "13800007777" in answer.content.decode()


def test_a_further_contact_unless_the_number_belongs_to_another(cast: Cast) -> None:
    client = as_(cast.intake)
    address = f"/customers/{cast.customer.number}/contacts/"
    client.post(address, {"contact_name": "李示例", "phone": "13800008888", "preferred": "wechat"})
    assert cast.customer.contacts.count() == 2
    other = {"kind": "streamer", "name": "赵示例", "phone": "13800009999", "preferred": "phone"}
    client.post("/customers/new/", other)
    taken = client.post(address, {"contact_name": "某", "phone": "13800009999", "preferred": "phone"})
    assert taken.status_code == 409
    assert as_(cast.callback).post(address, {"phone": "13800006666", "preferred": "phone"}).status_code == 403


def test_a_new_order_with_its_lines(cast: Cast) -> None:
    address = f"/customers/{cast.customer.number}/orders/"
    form = {
        "number": "ZL20260202-02",
        "starts_on": "2026-02-02",
        "ends_on": "2026-02-20",
        "type_0": "摄像机",
        "model_0": "X1",
        "quantity_0": "2",
    }
    assert as_(cast.intake).post(address, form).status_code == 403
    assert as_(cast.lead).post(address, form).status_code == 302
    order = Order.objects.get(number="ZL20260202-02")
    assert [(line.model, line.quantity) for line in order.lines.all()] == [("X1", 2)]
    wrong = as_(cast.lead).post(address, {**form, "number": "ZL-3", "ends_on": "2026-01-01"})
    assert wrong.status_code in (409, 422)
    assert "ZL-3" in wrong.content.decode()


def test_queries_do_not_grow_with_cases_orders_or_customers(cast: Cast) -> None:
    client = as_(cast.lead)
    a_case(cast)

    def asked(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            words(client, address)
        import sys

        print(
            address, [q["sql"][:110] for q in queries], file=sys.stderr
        ) if address == "/customers/" else None
        return len(queries)

    addresses = ("/customers/", f"/customers/{cast.customer.number}/", "/customers/?q=1234")
    few = [asked(address) for address in addresses]
    for number in range(3):
        a_case(cast)
        Order.objects.create(number=f"ZL-{number}", customer=cast.customer, created_at=clock.now())
        form = {"kind": "streamer", "name": "李示例", "phone": f"1380001{number}234", "preferred": "phone"}
        client.post("/customers/new/", form)
    client.get("/customers/")  # shows the notes that they were registered, once
    assert [asked(address) for address in addresses] == few
