"""Intake at the telephone: whom one finds by how little, what is ticked off, and that nothing typed is lost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cast as people
from tests.cast import Cast

from goodword.base.core import clock
from goodword.base.people.actors import SYSTEM
from goodword.company.customers.actions.registering import register
from goodword.company.rentals.actions.orders import record_order
from goodword.voice.cases.models import Case

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
TYPED = {
    "text": "编码器黑屏，一会儿要开播",
    "channel": "hotline",
    "scene": "发布会现场",
    "asks": "尽快换一台",
    "asked_by_at": "2026-12-24T18:00",
    "urgent_need": "on",
}


def found(client, typed: str) -> str:
    answer = client.post("/cases/new/customers/", {"find": typed}, **HTMX)
    assert answer.status_code == 200
    return answer.content.decode()


def given(page: str) -> list[str]:
    """The fields of the elements that are ticked off."""
    return re.findall(r'<li data-fields="(\w+)[^"]*" class="is-given">', page)


def test_a_customer_is_found_by_little_and_never_shown_in_clear(cast: Cast, browse):
    intake = browse(cast.intake)
    agency = register(kind="agency", name="杭州样例活动有限公司", by=SYSTEM, at=clock.now())
    for typed in ("1234", "13800001234", "张测试", "ZL20260101", "zl20260101-01", str(cast.customer.number)):
        page = found(intake, typed)
        assert f'value="{cast.customer.number}"' in page, typed
        assert f'value="{cast.customer.number}:{cast.order.number}"' in page, typed
        assert "13800001234" not in page
        assert "张测试" not in page
    assert f'value="{agency.number}"' in found(intake, "样例活动")
    assert "没有找到" in found(intake, "查无此人")
    assert "没有找到" in found(intake, "0\x00\u202e%_" * 300)


def test_an_order_typed_offers_that_order_before_its_customer(cast: Cast, browse):
    record_order("ZL20260101-02", customer=cast.customer, by=SYSTEM, at=clock.now())
    values = re.findall(r'value="([^"]+)"', found(browse(cast.intake), "ZL20260101-01"))
    assert values == [f"{cast.customer.number}:{cast.order.number}", str(cast.customer.number)]


def test_finding_takes_as_many_queries_for_six_as_for_one(cast: Cast, browse):
    intake = browse(cast.intake)
    counts = []
    for number in (1, 6):
        for place in range(number):
            register(kind="company", name=f"第{number}批样例{place}", by=SYSTEM, at=clock.now())
        found(intake, f"第{number}批")
        with CaptureQueriesContext(connection) as queries:
            assert found(intake, f"第{number}批").count("radio") == number
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_is_chosen_becomes_the_case_s_customer_and_order(cast: Cast, browse):
    chosen = f"{cast.customer.number}:{cast.order.number}"
    browse(cast.intake).post("/cases/new/", {**TYPED, "found": chosen, "device_type": "摄像机"})
    case = Case.objects.get()
    assert (case.customer, case.contact, case.order) == (cast.customer, cast.contact, cast.order)
    assert (case.device_type, case.scene, case.asks) == ("摄像机", "发布会现场", "尽快换一台")


@pytest.mark.parametrize("chosen", ["x", "99999999999999999999", "0", ":", "1001:无此单", "x\x00", ":\x00"])
def test_a_choice_nobody_offered_is_refused_or_nobody_and_never_an_error(cast: Cast, browse, chosen: str):
    answer = browse(cast.intake).post("/cases/new/", {**TYPED, "found": chosen})
    assert answer.status_code in (302, 422)
    assert Case.objects.filter(customer=None).count() == (answer.status_code == 302)


def test_without_script_looking_for_a_customer_keeps_all_that_was_typed(cast: Cast, browse):
    page = browse(cast.intake).post("/cases/new/customers/", {**TYPED, "find": "1234"}).content.decode()
    for words in (TYPED["text"], TYPED["scene"], TYPED["asks"], TYPED["asked_by_at"], 'value="1234"'):
        assert words in page
    assert f'value="{cast.customer.number}:{cast.order.number}"' in page
    assert re.search(r'name="urgent_need"[^>]* checked', page)
    assert not Case.objects.exists()


def test_a_refused_form_still_shows_whom_was_chosen_and_all_words(cast: Cast, browse):
    chosen = f"{cast.customer.number}:{cast.order.number}"
    typed = {**TYPED, "find": "1234", "found": chosen, "device": "没有这台"}
    answer = browse(cast.intake).post("/cases/new/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "没有这台设备" in page
    assert f'value="{chosen}" checked' in page
    assert TYPED["text"] in page


def test_the_elements_are_questions_and_are_ticked_off_in_words(cast: Cast, browse):
    intake = browse(cast.intake)
    fresh = intake.get("/cases/new/").content.decode()
    assert given(fresh) == []
    assert "请问您贵姓？" in fresh
    assert "还缺" in fresh
    known = intake.get(
        f"/cases/new/?customer={cast.customer.number}&order={cast.order.number}"
    ).content.decode()
    assert given(known) == ["name", "phone", "order"]
    typed = {**TYPED, "name": "王样例", "phone": "1", "order": "没有", "device_type": "摄像机"}
    refused = intake.post("/cases/new/", typed).content.decode()
    assert given(refused) == ["name", "phone", "device_type", "order", "scene", "asks", "asked_by_at"]


def test_who_takes_nothing_down_finds_nobody(cast: Cast, browse):
    assert browse(cast.engineer).post("/cases/new/customers/", {"find": "1234"}).status_code == 403


def test_likely_duplicates_show_while_the_customer_still_speaks(cast: Cast, browse):
    old = people.a_case(cast, at=clock.now() - timedelta(hours=1))
    words = {"text": people.FAULT, "found": f"{cast.customer.number}:{cast.order.number}"}
    page = browse(cast.intake).post("/cases/new/proposal/", words).content.decode()
    assert f"/cases/{old.number}/" in page
    assert "同一租赁单" in page


def test_enter_without_script_looks_for_the_customer_and_takes_nothing_down(cast: Cast, browse):
    """Enter presses the first button of a form; that one says so, and all that was typed is drawn again."""
    intake = browse(cast.intake)
    first = re.search(
        r'<form[^>]*id="intake".*?<button([^>]*)>', intake.get("/cases/new/").content.decode(), re.S
    )
    assert first is not None
    assert 'name="enter"' in first[1]
    assert 'formaction="/cases/new/customers/"' in first[1]
    looked = intake.post("/cases/new/customers/", {**TYPED, "find": "1234", "enter": "1"}).content.decode()
    assert f'value="{cast.customer.number}:{cast.order.number}"' in looked
    assert "还没有受理" not in looked
    for further in ({"find": "1234", "found": str(cast.customer.number)}, {"find": ""}):
        kept = intake.post("/cases/new/customers/", {**TYPED, **further, "enter": "1"}).content.decode()
        assert "还没有受理" in kept
        assert TYPED["scene"] in kept
    assert not Case.objects.exists()
