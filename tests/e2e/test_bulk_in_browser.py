"""A week's suggestions handled in the list by keyboard alone: accepted in place, thanked for, assessed, closed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.cast import SURE, Cast, a_case, triaged

from goodword.base.core import clock
from goodword.doors.web.cases.bulk import views
from goodword.voice.cases.models import Case

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SUGGESTED = {"kind": "suggestion", "content": "other", "subclass": "suggestion", "severity": "suggestion"}


def suggestions(cast: Cast, number: int) -> list[Case]:
    at = clock.now() - timedelta(hours=1)
    texts = [f"建议第 {n} 条:随箱附一张接线图" for n in range(number)]
    return [
        triaged(cast, at=at + timedelta(minutes=n), department="service", text=text, **SUGGESTED)
        for n, text in enumerate(texts)
    ]


def keys(page: Page, *pressed: str) -> None:
    for key in pressed:
        page.keyboard.press(key)


def chosen_act(page: Page, letter: str) -> None:
    """The whole page ticked, the menu of acts opened, one chosen by its letter."""
    page.goto("/cases/?kind=suggestion")
    keys(page, "j", "Shift+A", "a", letter)


def carried_out(page: Page, done: int) -> None:
    """The preview's button has the focus: one key, and what became of each is there."""
    page.wait_for_selector("form.plan__sure button:focus")
    keys(page, "Enter")
    page.wait_for_url("**/cases/bulk/*-*/**")
    assert f"已办 {done} 件" in page.inner_text("h1")


def states(cases: list[Case]) -> set[Any]:
    return {(case.state, case.assessment) for case in Case.objects.filter(pk__in=[one.pk for one in cases])}


def test_suggestions_are_handled_by_keyboard_alone(company: Cast, at_work, picture):
    cases = suggestions(company, 12)
    lead = at_work(company.lead)
    chosen_act(lead, "t")
    lead.wait_for_selector("#do-bulk textarea:focus")
    lead.keyboard.type("谢谢您的建议。")
    keys(lead, "Control+Enter")
    carried_out(lead, 12)
    chosen_act(lead, "v")
    lead.wait_for_selector("#do-bulk input[type=radio]:focus")
    keys(lead, "Space", "Tab", "Tab")
    lead.keyboard.type("下月起随箱附接线图。")
    keys(lead, "Control+Enter")
    lead.wait_for_selector("form.plan__sure button:focus")
    picture(lead, "bulk-preview")
    carried_out(lead, 12)
    assert states(cases) == {("done", "adopt")}
    chosen_act(lead, "c")
    carried_out(lead, 12)
    picture(lead, "bulk-run")
    assert states(cases) == {("closed", "adopt")}
    keys(lead, "b")
    lead.wait_for_url("**/cases/?kind=suggestion")


def test_rows_are_ticked_by_key_and_a_proposal_is_accepted_in_its_row(company: Cast, at_work, picture):
    cases = [
        a_case(company, at=clock.now() - timedelta(minutes=n), text=f"{SURE}，第 {n} 次") for n in range(1, 5)
    ]
    intake = at_work(company.intake)
    intake.goto("/cases/?state=received")
    keys(intake, "j", "j", "x", "j", "j", "Shift+X")
    ticked = intake.eval_on_selector_all("input[data-tick]:checked", "boxes => boxes.map(box => box.value)")
    assert ticked == [str(case.number) for case in cases[1:]]
    assert intake.inner_text("[data-bulk-count]") == "已勾选 3 件"
    picture(intake, "bulk-list")
    keys(intake, "x", "k", "k", "k", "y")
    row = f"#case-{cases[0].number}.row--done"
    intake.wait_for_selector(row)
    cases[0].refresh_from_db()
    assert (cases[0].state, cases[0].labelled_at is not None) == ("triaged", True)
    assert "已分派" in intake.inner_text(row)
    assert intake.evaluate("document.activeElement.textContent") == str(cases[1].number)
    keys(intake, "Enter")
    intake.wait_for_url(f"**/cases/{cases[1].number}/")


def test_what_takes_longer_than_one_request_goes_on_by_itself(company: Cast, at_work, monkeypatch):
    monkeypatch.setattr(views, "WORKED_FOR", timedelta(0))
    cases = suggestions(company, 3)
    lead = at_work(company.lead)
    chosen_act(lead, "n")
    lead.wait_for_selector("#do-bulk textarea:focus")
    lead.keyboard.type("已转产品组")
    keys(lead, "Control+Enter")
    carried_out(lead, 3)
    assert [case.notes.count() for case in cases] == [1, 1, 1]


def test_without_script_the_same_is_done_by_forms(company: Cast, at_work):
    cases = suggestions(company, 3)
    lead = at_work(company.lead, script=False)
    lead.goto("/cases/?kind=suggestion")
    lead.check(f"input[name=case][value='{cases[0].number}']")
    lead.check(f"input[name=case][value='{cases[2].number}']")
    lead.click("form[data-bulk] summary")
    lead.click("form[data-bulk] button[value=notes]")
    lead.fill("#do-bulk textarea", "已转产品组")
    lead.click("#do-bulk button[type=submit]")
    lead.click("form.plan__sure button[type=submit] >> nth=0")
    assert "已办 2 件" in lead.inner_text("h1")
    assert [case.notes.count() for case in cases] == [1, 0, 1]
