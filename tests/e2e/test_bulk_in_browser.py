"""A week's suggestions handled in the list by keyboard alone: accepted in place, thanked for, assessed, closed."""

from __future__ import annotations

from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING, Any

import pytest
from tests.cast import SURE, Cast, a_case, triaged

from goodword.base.core import clock
from goodword.doors.web.cases.bulk import views
from goodword.doors.web.cases.pages import case_list
from goodword.voice.cases.models import Case

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MANY = {"quick": (8, 5), "slow": (200, 50), "full": (200, 50)}
"""Suggestions of the week, and cases on a page of the list: as many as the product shows, or fewer."""
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


def chosen_act(page: Page, letter: str, *, all_of: int = 0, listed: str = "kind=suggestion") -> None:
    """The page ticked, or all that the filter leaves; then the menu of acts opened and one chosen by its letter."""
    page.goto(f"/cases/?{listed}")
    keys(page, "j", "Shift+A")
    if all_of:
        page.wait_for_selector(f"text=改选符合筛选的全部 {all_of} 件")
        keys(page, "Shift+A")
        assert page.inner_text("[data-bulk-count]") == f"已选符合筛选的全部 {all_of} 件"
    keys(page, "a", letter)


def carried_out(page: Page, done: int) -> None:
    """The preview's button has the focus: one key, and what became of each is there, however many pieces it took."""
    page.wait_for_selector("form.plan__sure button:focus")
    keys(page, "Enter")
    page.wait_for_url("**/cases/bulk/*-*/**", timeout=120_000)
    assert f"已办 {done} 件" in page.inner_text("h1")


def states(cases: list[Case]) -> set[Any]:
    return {(case.state, case.assessment) for case in Case.objects.filter(pk__in=[one.pk for one in cases])}


@pytest.mark.either
def test_a_weeks_suggestions_are_handled_by_keyboard_alone(
    company: Cast, at_work, picture, pytestconfig, monkeypatch
):
    many, a_page = MANY[pytestconfig.getoption("--size")]
    monkeypatch.setattr(case_list, "ON_A_PAGE", a_page)
    cases = suggestions(company, many)
    praise = triaged(company, at=clock.now(), department="service", text="师傅很耐心", kind="praise")
    lead = at_work(company.lead)
    began = monotonic()
    chosen_act(lead, "t", all_of=many)
    lead.wait_for_selector("#do-bulk textarea:focus")
    lead.keyboard.type("谢谢您的建议。")
    keys(lead, "Control+Enter")
    carried_out(lead, many)
    chosen_act(lead, "v", all_of=many)
    lead.wait_for_selector("#do-bulk input[type=radio]:focus")
    keys(lead, "Space", "Tab", "Tab")
    lead.keyboard.type("下月起随箱附接线图。")
    keys(lead, "Control+Enter")
    lead.wait_for_selector("form.plan__sure button:focus")
    picture(lead, "bulk-preview")
    assert lead.locator("main tbody tr").count() == min(many, 15)
    carried_out(lead, many)
    assert states(cases) == {("done", "adopt")}
    chosen_act(lead, "c", all_of=many)
    carried_out(lead, many)
    print(f"{many} suggestions thanked for, assessed and closed by keyboard in {monotonic() - began:.1f} s")
    picture(lead, "bulk-run")
    assert states(cases) == {("closed", "adopt")}
    assert states([praise]) == {("triaged", "")}
    keys(lead, "b")
    lead.wait_for_url("**/cases/?kind=suggestion")
    keys(lead, "j", "Shift+A", "Shift+A", "Shift+A")
    assert lead.inner_text("[data-bulk-count]") == ""
    assert lead.input_value("form[data-bulk] select[name=scope]") == "picked"


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


def test_what_takes_longer_than_one_request_goes_on_by_itself_and_refusals_are_told(
    company: Cast, at_work, monkeypatch
):
    monkeypatch.setattr(views, "WORKED_FOR", timedelta(0))
    monkeypatch.setattr(case_list, "ON_A_PAGE", 2)
    cases = suggestions(company, 3)
    lead = at_work(company.lead)
    chosen_act(lead, "n", all_of=3)
    lead.wait_for_selector("#do-bulk textarea:focus")
    lead.keyboard.type("已转产品组")
    keys(lead, "Control+Enter")
    carried_out(lead, 3)
    assert [case.notes.count() for case in cases] == [1, 1, 1]
    chosen_act(lead, "c", all_of=3)
    carried_out(lead, 0)
    assert lead.locator("main tbody tr:has-text('FB-2.2f')").count() == 3


@pytest.mark.either
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
