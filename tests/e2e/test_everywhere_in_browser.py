"""What is on every page, in a real browser: search as one types, the palette, keys, help beside the page."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.cast import Cast, a_case

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENS = (1440, 390)


def focused(page: Page) -> str:
    return str(
        page.evaluate(
            "document.activeElement.id || document.activeElement.name || document.activeElement.tagName"
        )
    )


def chosen(page: Page, place: str) -> str:
    return page.locator(f"{place} [aria-selected=true]").inner_text()


def test_search_answers_as_one_types_and_is_walked_by_keys(company: Cast, at_work, picture):
    cases = [a_case(company, at=company.at + timedelta(minutes=n), text=f"画面闪烁第{n}次") for n in range(3)]
    lead = at_work(company.lead)
    lead.keyboard.press("/")
    assert focused(lead) == "q"
    lead.keyboard.type("闪烁")
    lead.wait_for_selector("#search-found [role=option]")
    assert lead.get_attribute("[data-search]", "aria-expanded") == "true"
    picture(lead, "search-typed")
    lead.keyboard.press("ArrowDown")
    lead.keyboard.press("ArrowDown")
    assert f"#{cases[1].number}" in chosen(lead, "#search-found")
    active = lead.get_attribute("[data-search]", "aria-activedescendant")
    assert active == lead.locator("#search-found [aria-selected=true]").get_attribute("id")
    lead.keyboard.press("Escape")
    assert lead.is_hidden("#search-found")
    lead.keyboard.press("ArrowDown")
    lead.keyboard.press("Enter")
    lead.wait_for_url(f"**/cases/{cases[2].number}/")
    lead.keyboard.press("/")
    lead.keyboard.type(f"{cases[0].number}")
    lead.keyboard.press("Enter")
    lead.wait_for_url("**/search/?q=*")
    assert lead.locator("main .found__hit").first.inner_text().startswith(f"#{cases[0].number}")


@pytest.mark.either
def test_an_answer_that_comes_too_late_is_not_shown(company: Cast, at_work):
    a_case(company, text="画面闪烁")
    lead = at_work(company.lead)
    lead.evaluate("""new MutationObserver(() => { window.seen = (window.seen ?? '') + document.body.innerText })
        .observe(document.querySelector('#search-found'), {childList: true})""")
    held: list[Route] = []
    lead.route("**/search/?q=%E9*", lambda route: held.append(route))  # noqa: PLW0108 - a builtin takes no marks
    with lead.expect_request("**/search/?q=%E9*"):
        lead.fill("[data-search]", "闪烁")
    lead.fill("[data-search]", "FB-4.3b")
    lead.wait_for_timeout(300)
    held[0].continue_()
    lead.wait_for_selector("#search-found >> text=FB-4.3b")
    assert "画面闪烁" not in lead.evaluate("window.seen")


@pytest.mark.either
def test_the_palette_goes_anywhere_and_does_what_the_page_can(company: Cast, at_work, picture):
    case = a_case(company)
    lead = at_work(company.lead)
    lead.focus("[data-search]")
    lead.keyboard.press("Control+k")
    lead.wait_for_selector("#palette[open] [role=option]")
    assert lead.evaluate("document.querySelector('#palette').matches(':modal')")
    for _ in range(4):
        lead.keyboard.press("Tab")
        assert lead.evaluate(
            "document.activeElement === document.body || document.querySelector('#palette').contains(document.activeElement)"
        )
    lead.keyboard.press("Escape")
    assert (lead.is_hidden("#palette"), focused(lead)) == (True, "q")
    for typed, first, leads_to in (
        ("gzt", "工作台", "**/"),
        ("customers", "客户", "**/customers/"),
        ("新建工", "新建工单", "**/cases/new/"),
    ):
        lead.keyboard.press("Control+k")
        lead.wait_for_selector("#palette [role=option] >> text=工单列表")
        lead.keyboard.type(typed)
        assert chosen(lead, "#palette").startswith(first)
        with lead.expect_navigation(url=leads_to):  # the first leads to the page that is open already
            lead.keyboard.press("Enter")
    lead.keyboard.press("Control+k")
    lead.keyboard.type(str(case.number))
    lead.keyboard.press("Enter")
    lead.wait_for_url(f"**/cases/{case.number}/")
    lead.keyboard.press("Control+k")
    picture(lead, "palette")
    lead.keyboard.type("note")
    assert "备注" in chosen(lead, "#palette")
    lead.keyboard.press("Enter")
    lead.wait_for_url("**?do=notes*")
    before = lead.evaluate("document.documentElement.dataset.theme ?? ''")
    lead.keyboard.press("Control+k")
    lead.keyboard.type("theme")
    lead.keyboard.press("Enter")
    assert lead.evaluate("document.documentElement.dataset.theme") not in {before, None}


@pytest.mark.either
def test_the_sheet_lists_the_keys_of_this_page_and_keys_rest_while_one_types_or_for_good(
    company: Cast, at_work, picture
):
    case = a_case(company)
    lead = at_work(company.lead)
    lead.goto(f"/cases/{case.number}/")
    lead.keyboard.press("?")
    listed = lead.inner_text("#keys-sheet")
    for words in ("分类分派", "回复", "搜索", "命令面板", "本页帮助", "工作台"):
        assert words in listed, words
    picture(lead, "keys-sheet")
    lead.keyboard.press("Escape")
    lead.focus("[data-search]")
    lead.keyboard.type("?gd")
    assert (lead.is_hidden("#keys-sheet"), lead.input_value("[data-search]")) == (True, "?gd")
    lead.keyboard.press("Escape")
    lead.keyboard.press("Escape")
    lead.keyboard.press("g")
    lead.keyboard.press("u")
    lead.wait_for_url("**/customers/")
    lead.goto("/profile/")
    lead.click("#keys button")
    lead.wait_for_selector("html[data-keys=off]", state="attached")
    lead.keyboard.press("/")
    lead.keyboard.press("?")
    assert focused(lead) != "q"
    assert lead.is_hidden("#keys-sheet")
    lead.keyboard.press("Control+k")
    lead.wait_for_selector("#palette[open]")


@pytest.mark.either
def test_help_stands_beside_the_page_and_gives_the_focus_back(company: Cast, at_work, picture):
    for width in SCREENS:
        lead = at_work(company.deputy, width=width)
        lead.goto("/regulations/reader/")
        lead.keyboard.press("h")
        lead.wait_for_selector("#help-panel[open] >> text=什么时候会停")
        assert not lead.evaluate("document.querySelector('#help-panel').matches(':modal')")
        assert (
            lead.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        )
        picture(lead, f"help-{width}")
        lead.keyboard.press("Escape")
        assert lead.is_hidden("#help-panel")
        assert lead.evaluate("document.activeElement.matches('[data-help]')")


def test_without_script_search_and_help_are_pages(company: Cast, at_work):
    case = a_case(company)
    lead = at_work(company.lead, script=False)
    lead.fill("[data-search]", str(case.number))
    lead.press("[data-search]", "Enter")
    lead.wait_for_url("**/search/?q=*")
    assert lead.locator(f"main a[href='/cases/{case.number}/']").count() == 1
    lead.click("[data-help]")
    lead.wait_for_url("**/help/search/")
    assert lead.inner_text("h1") == "搜索"
