"""The desk at the keyboard: opened in place, done in place, nothing typed is lost when the board is drawn anew."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests import cast as people
from tests.cast import Cast

from goodword.base.core import clock

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def focused_line(page: Page) -> str:
    return str(page.evaluate("document.activeElement.closest('[data-line]')?.innerText ?? ''"))


def redraw(page: Page) -> None:
    """Let the board ask now, and wait until what came was drawn."""
    with page.expect_response(
        lambda answer: "whose=" in answer.url and answer.request.method == "GET"
    ) as got:
        page.evaluate(
            "document.querySelector('#board').dispatchEvent(new CustomEvent('poll', { bubbles: true }))"
        )
    assert got.value.status == 200
    page.wait_for_timeout(100)


def test_two_proposals_are_accepted_with_six_keys_and_the_focus_goes_on(company: Cast, at_work, picture):
    now = clock.now()
    first, second = (people.a_case(company, at=now - timedelta(minutes=m)) for m in (5, 3))
    third = people.triaged(company, at=now - timedelta(minutes=20), severity="urgent")
    intake = at_work(company.intake)
    for case in (first, second):
        line = intake.locator("tr[data-line]", has_text=f"{case.number}").filter(has_text="FB-3.2a")
        line.locator("[data-open]").focus()
        intake.keyboard.press("Enter")
        intake.wait_for_selector(".opened mark, .opened blockquote")
        picture(intake, "desk-triage-open-1280")
        intake.keyboard.press("y")
        intake.wait_for_selector(f"#said >> text=#{case.number}")
        line.wait_for(state="detached")
        case.refresh_from_db()
        assert case.state == "triaged"
        assert focused_line(intake) != ""
    assert intake.url.rstrip("/").endswith(intake.url.split("/")[2])  # never left
    intake.click(f"[data-line]:has(a[href='/cases/{third.number}/']) button[value=no]")
    intake.wait_for_selector(f"#said >> text=#{third.number}")
    assert third.phone_tasks.get().target_id == company.lead.pk


@pytest.mark.either
def test_what_is_typed_outlives_redrawing_closing_and_a_refusal(company: Cast, at_work, picture):
    case = people.triaged(company, at=clock.now() - timedelta(minutes=20))
    engineer = at_work(company.engineer)
    line = engineer.locator("tr[data-line]", has_text="CS-3.2a")
    line.locator("[data-open]").focus()
    engineer.keyboard.press("Enter")
    engineer.fill(".opened textarea", "这个不可能,")
    redraw(engineer)  # asked for just before somebody went on typing: what comes waits
    engineer.keyboard.type("规定就是这样。")
    people.a_case(company, at=clock.now())  # the journal goes on, so the board is drawn anew
    engineer.focus(".opened [data-close]")
    redraw(engineer)
    assert engineer.input_value(".opened textarea") == "这个不可能,规定就是这样。"
    engineer.keyboard.press("Escape")
    assert engineer.locator(".opened").count() == 0
    assert "CS-3.2a" in focused_line(engineer)
    engineer.keyboard.press("Enter")
    assert engineer.input_value(".opened textarea") == "这个不可能,规定就是这样。"
    engineer.click(".opened form button[type=submit] >> nth=0")
    engineer.wait_for_selector(".opened [data-refusal] >> text=FB-4.2e")
    assert engineer.input_value(".opened textarea") == "这个不可能,规定就是这样。"
    engineer.fill(".opened textarea", "")
    engineer.evaluate("document.querySelector('.opened textarea').required = false")
    engineer.click(".opened form button[type=submit] >> nth=0")
    engineer.wait_for_selector(".opened .field__error")
    picture(engineer, "desk-mistake-1280")
    engineer.fill(".opened textarea", "工程师已在检查,半小时内给您消息。")
    engineer.click(".opened form button[type=submit] >> nth=0")
    engineer.wait_for_selector(f"#said >> text=#{case.number}")
    line.wait_for(state="detached")


@pytest.mark.either
def test_a_due_time_says_why_and_all_fits_a_telephone(company: Cast, at_work, picture):
    people.triaged(company, at=clock.now() - timedelta(minutes=20))
    engineer = at_work(company.engineer, width=390)
    line = engineer.locator("tr[data-line]", has_text="FB-4.3b")
    line.locator("a[data-why]").scroll_into_view_if_needed()
    engineer.wait_for_timeout(300)  # scrolling puts away what is shown
    line.locator("a[data-why]").hover()
    engineer.wait_for_selector("#whytip:popover-open >> text=到期")
    engineer.keyboard.press("Escape")
    engineer.wait_for_selector("#whytip", state="hidden")
    line.locator("a[data-why]").evaluate("link => link.click()")  # as a finger does: without pointing first
    engineer.wait_for_selector("#whytip:popover-open >> text=FB-4.3b")
    picture(engineer, "desk-why-390")
    line.locator("[data-open]").click()
    engineer.wait_for_selector(".opened form")
    picture(engineer, "desk-open-390")
    width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert engineer.evaluate(width) <= 0
