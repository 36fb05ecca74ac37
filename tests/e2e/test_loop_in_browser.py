"""A customer's word from the public form to closed, by four people in four browsers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from goodword.base.core import clock

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from tests.cast import Cast

pytestmark = pytest.mark.browser
WORDS = "摄像机开机后黑屏,晚上直播要用,请尽快处理。"


def report(customer: Page) -> int:
    """The customer writes on a telephone; returns the number of what came of it."""
    customer.goto("/p/")
    customer.fill("[name=text]", WORDS)
    customer.fill("[name=name]", "张测试")
    customer.fill("[name=phone]", "13800001234")
    customer.click("main form button[type=submit]")
    customer.wait_for_selector("text=请记下编号和查询码")
    words = customer.inner_text("main")
    return int(words.split("#", 1)[1].split()[0])


def do(page: Page, case: int, noun: str, **typed: str) -> None:
    """Open one of the case's forms, fill it in and send it; the page says what came of it."""
    send(page, case, noun, **typed)
    page.wait_for_selector(".messages .note--good")


def send(page: Page, case: int, noun: str, **typed: str) -> None:
    page.goto(f"/cases/{case}/?do={noun}")
    form = page.locator(f"form[action='/cases/{case}/{noun}/']").last
    for name, value in typed.items():
        control = form.locator(f"[name={name}]").first
        kind = control.evaluate("e => e.type || e.tagName")
        if kind == "radio":
            form.locator(f"[name={name}][value='{value}']").check()
        elif kind == "checkbox":
            control.check()
        elif kind.startswith("select"):
            control.select_option(value)
        else:
            control.fill(value)
    form.locator("button[type=submit]").first.click()


def solve(engineer: Page, case: int) -> None:
    later = timezone.localtime(clock.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    do(engineer, case, "investigation")
    do(engineer, case, "technical-check", result="confirmed", what="主板接触不良")
    do(engineer, case, "cause", cause="device_aging", responsible_party="company", note="核对记录后认定")
    do(
        engineer,
        case,
        "solutions",
        type="replace_same_model",
        what="更换同型号",
        deadline_at=later,
        acceptance="开机正常",
    )
    do(engineer, case, "solutions/communication", channel="hotline")
    do(engineer, case, "solutions/answer", accepted="yes")
    do(engineer, case, "carrying-out", what_1="送换并当面调试")
    do(engineer, case, "steps", proof="已签收")
    do(engineer, case, "completion", proof="客户现场确认")


def test_from_the_public_form_to_closed_with_a_refused_callback_and_an_unsatisfied_round(
    company: Cast, visit, at_work, picture
):
    customer = visit(width=390)
    case = report(customer)
    picture(customer, "portal-receipt-390")

    intake = at_work(company.intake)
    intake.wait_for_selector(f"a[href='/cases/{case}/']")
    picture(intake, "desk-1280")
    intake.click(f"a[href='/cases/{case}/']")
    assert "黑屏" in intake.inner_text("#story")
    picture(intake, "case-to-triage-1280")
    do(
        intake, case, "triage", kind="complaint", severity="general", content="device", subclass="device:fault",
        device_type="摄像机", stage="in_use", department="technology", assignee=str(company.engineer.pk),
    )  # fmt: skip

    engineer = at_work(company.engineer, width=390)
    engineer.wait_for_selector(f"a[href='/cases/{case}/']")
    engineer.goto(f"/cases/{case}/")
    engineer.fill("#reply textarea", "这个不可能,规定就是这样。")
    engineer.click("#reply button[type=submit]")
    engineer.wait_for_selector("#refusal >> text=FB-4.2e")
    assert engineer.input_value("#reply textarea") == "这个不可能,规定就是这样。"
    engineer.fill("#reply textarea", "工程师已在检查,半小时内给您消息。")
    engineer.click("#reply button[type=submit]")
    engineer.wait_for_selector(".messages .note--good")
    solve(engineer, case)
    picture(engineer, "case-done-390")

    callback = at_work(company.callback)
    do(callback, case, "callback", solved="no", satisfaction="2", words="还是会黑屏")
    assert "第 2 轮" in callback.inner_text(".stepper")
    solve(engineer, case)

    lead = at_work(company.lead)
    do(lead, case, "replies", text="请问现在可以正常使用了吗?", purpose="progress")
    send(lead, case, "callback", solved="yes", satisfaction="5", words="好了")
    lead.wait_for_selector("#refusal >> text=FB-4.3e")
    assert lead.input_value("form[action$='/callback/'] [name=words]") == "好了"
    picture(lead, "callback-refused-1280")

    do(callback, case, "callback", solved="yes", satisfaction="5", words="很好")
    do(callback, case, "closure")
    assert "已关闭" in callback.inner_text("h1")
    picture(callback, "case-closed-1280")
    assert "Handled by" not in callback.inner_text("main")


def test_without_script_feedback_is_taken_down_and_triaged(company: Cast, at_work):
    intake = at_work(company.intake, script=False)
    intake.goto("/cases/new/")
    intake.fill("[name=text]", WORDS)
    intake.fill("[name=name]", "张测试")
    intake.fill("[name=phone]", "13800001234")
    intake.click("#intake .form__foot button")
    intake.wait_for_selector("text=查询码")
    case = int(intake.url.rstrip("/").rsplit("/", 1)[1])
    intake.click("text=照此分派")
    intake.wait_for_selector("text=已分类并派出")
    send(intake, case, "replies", text="这个不可能。", purpose="other")
    intake.wait_for_selector("#refusal >> text=FB-4.2e")
    assert intake.input_value("#reply textarea") == "这个不可能。"


def test_nothing_is_wider_than_a_telephone(company: Cast, at_work):
    from tests import cast as people

    done = people.done(company, at=clock.now() - timedelta(hours=3))
    fresh = people.a_case(company, at=clock.now())
    lead = at_work(company.lead, width=390)
    for path in (
        "/",
        "/cases/",
        "/cases/new/",
        f"/cases/{done.number}/",
        f"/cases/{fresh.number}/",
        "/profile/",
    ):
        lead.goto(path)
        too_wide = lead.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert too_wide <= 0, path
