"""Six people, one urgent matter: from the code on a dead encoder to closed, every clause kept; and intake by keyboard alone."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from tests.e2e.test_loop_in_browser import do

from goodword.base.core import clock

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from tests.cast import Cast

pytestmark = pytest.mark.browser
WORDS = "编码器突然黑屏没有输出，二十分钟后就要开播，直播没法进行，请马上处理！"


def stamp(**ahead: int) -> str:
    return timezone.localtime(clock.now() + timedelta(**ahead)).strftime("%Y-%m-%dT%H:%M")


def code_of_a_device(company: Cast) -> str:
    """The code on an encoder the customer has rented."""
    from goodword.company.rentals.codes import Place, code_of
    from goodword.company.rentals.models import Device, OrderLine

    device = Device.objects.create(serial="SN-样例-1", device_type="编码器", name="编码器")
    OrderLine.objects.create(order=company.order, device=device, device_type="编码器")
    return code_of(Place(device=device))


def report(customer: Page, code: str) -> int:
    """The customer scans the code and tells; returns the case's number."""
    customer.goto(f"/p/q/{code}/")
    customer.wait_for_selector("text=SN-样例-1")
    customer.fill("[name=text]", WORDS)
    customer.fill("[name=asks]", "马上换一台")
    customer.fill("[name=asked_by_at]", stamp(minutes=20))
    customer.fill("[name=name]", "张测试")
    customer.fill("[name=phone]", "13800001234")
    customer.click("main form button[type=submit]")
    customer.wait_for_selector("text=请记下编号和查询码")
    return int(customer.inner_text("main").split("#", 1)[1].split()[0])


def ring(lead: Page, case: int) -> None:
    """The head does not answer; the next in line does."""
    for outcome in ("没接", "已接通"):
        lead.goto(f"/cases/{case}/")
        lead.click(f"button:has-text('{outcome}')")
        lead.wait_for_selector(".messages .note--good")


def solve(engineer: Page, case: int) -> None:
    """Guided from afar, then a spare unit."""
    do(engineer, case, "customer-calls", reached="yes", note="逐项检查接线")
    do(engineer, case, "remote-guidance")
    do(engineer, case, "investigation")
    do(engineer, case, "technical-check", result="confirmed", what="电源板损坏")
    do(engineer, case, "cause", cause="device_aging", responsible_party="company", note="核对记录后认定")
    do(
        engineer,
        case,
        "solutions",
        type="replace_same_model",
        what="送同型号备机",
        deadline_at=stamp(hours=1),
        acceptance="输出正常",
    )
    do(engineer, case, "solutions/communication", channel="hotline")


def accept(customer: Page) -> None:
    customer.goto("/p/case/")
    customer.wait_for_selector("text=送同型号备机")
    customer.click("button:has-text('接受方案')")
    customer.wait_for_selector("text=已记录您的答复")


@pytest.mark.either
def test_a_dead_encoder_twenty_minutes_before_going_live_is_solved_with_every_clause_kept(
    company: Cast, visit, at_work, picture
):
    from goodword.engine.obligations.models import Obligation
    from goodword.voice.cases.models import Case

    customer = visit(width=390, script=False)
    begun = time.monotonic()
    number = report(customer, code_of_a_device(company))
    case = Case.objects.get(number=number)
    assert (case.order, case.device_type) == (company.order, "编码器")

    intake = at_work(company.intake)
    do(intake, number, "record", scene="直播间，开播前调试")
    intake.goto(f"/cases/{number}/")
    intake.keyboard.press("y")
    intake.wait_for_selector("text=已分类并派出")
    ring(at_work(company.lead), number)

    engineer = at_work(company.engineer, width=390)
    solve(engineer, number)
    accept(customer)
    do(engineer, number, "carrying-out", what_1="送备机并当面调试")
    do(engineer, number, "steps", proof="已签收")
    do(engineer, number, "completion", proof="客户现场确认")
    picture(engineer, "urgent-done-390")

    callback = at_work(company.callback)
    do(callback, number, "callback", solved="yes", satisfaction="5", words="赶上了，谢谢")
    do(callback, number, "closure")
    assert time.monotonic() - begun < 120
    assert "已关闭" in callback.inner_text("h1")
    assert "超时" not in callback.inner_text("main")
    duties = Obligation.objects.filter(subject_id=str(case.pk))
    assert duties.exists()
    assert not duties.filter(state="open").exists()
    assert not duties.filter(breached_at__isnull=False).exists()
    picture(callback, "urgent-closed-1280")
    customer.goto("/p/case/")
    assert "已关闭" in customer.inner_text("main")


def test_intake_by_keyboard_alone_opens_a_case_within_forty_seconds(company: Cast, at_work, picture):
    from goodword.voice.cases.models import Case

    intake = at_work(company.intake)
    intake.goto("/cases/new/")
    begun = time.monotonic()
    keys = intake.keyboard
    intake.focus("#id_text")
    keys.type(WORDS)
    keys.press("Tab")
    assert intake.evaluate("document.activeElement.id") == "id_find"
    keys.type("1234")
    intake.wait_for_selector(f"#found input[value='{company.customer.number}:{company.order.number}']")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    keys.press("Enter")
    assert intake.input_value("#id_order") == company.order.number
    assert "还缺" in intake.inner_text("[data-elements] li:not(.is-given)")
    assert intake.evaluate("document.activeElement.id") == "id_device_type"
    keys.press("ArrowDown")
    keys.press("Tab")
    keys.press("Tab")
    keys.type("直播间")
    keys.press("Tab")
    keys.type("马上换一台")
    picture(intake, "intake-1280")
    keys.press("Control+Enter")
    intake.wait_for_selector("text=查询码")
    assert time.monotonic() - begun < 40
    case = Case.objects.get()
    assert (case.order, case.contact, case.scene, case.asks) == (
        company.order,
        company.contact,
        "直播间",
        "马上换一台",
    )
    assert re.search(r"/cases/\d+/", intake.url)
