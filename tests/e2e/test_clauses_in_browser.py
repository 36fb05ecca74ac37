"""A head finds in three clicks why last month's FB-4.3b fell, down to the journal entry; charts and cells on any screen."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from tests.cast import Cast, triaged

from goodword.base.core import clock
from goodword.engine.obligations.models import Obligation
from goodword.engine.obligations.tallying import count_up
from goodword.engine.obligations.ticking import tick

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CLAUSE = "FB-4.3b"
SCREENS = (1440, 390)


def too_wide(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def last_month() -> datetime:
    """The tenth of the last month, at noon."""
    end = timezone.localtime(clock.now()).replace(day=1, hour=12, minute=0, second=0, microsecond=0)
    return (end - timedelta(days=1)).replace(day=10)


@pytest.fixture
def fallen(company: Cast) -> Cast:
    """Of last month's general matters one was never finished: its deadline rang, warned and climbed."""
    for hours in range(3):
        triaged(company, at=last_month() + timedelta(hours=hours), text=f"第{hours}件")
    tick(now=clock.now())
    count_up(clock.now())
    return company


def test_in_three_clicks_from_the_desk_to_the_journal_entry(fallen: Cast, at_work, picture):
    head = at_work(fallen.technology_head, width=1440)
    head.click(".rail a[href='/regulations/']")
    cell = head.locator(f".heat__cell[href^='/regulations/{CLAUSE}/']")
    assert "0.0% 按时（0/3），严重不足" in str(cell.get_attribute("title"))
    picture(head, "overview-1440-zh")
    cell.click()
    first = head.locator("#list tbody tr").first
    assert "逾期未完成" in first.inner_text()
    picture(head, "clause-1440-zh")
    first.locator("a").first.click()
    head.wait_for_selector(".entry--late")
    said = head.locator("main").inner_text()
    for words in ("分类分级", "由此开始", "义务逾期", "日志第"):
        assert words in said
    assert Obligation.objects.filter(clause_id=CLAUSE, breached_at__isnull=False).count() == 3
    picture(head, "obligation-1440-zh")


@pytest.mark.either
def test_the_pages_fit_every_screen_in_both_languages(fallen: Cast, at_work, picture):
    month = last_month()
    query = f"?from={month:%Y-%m}-01&to={month:%Y-%m}-28"
    for width in SCREENS:
        lead = at_work(fallen.lead, width=width)
        for language in ("zh-hans", "en"):
            lead.context.add_cookies(
                [{"name": "django_language", "value": language, "domain": "localhost", "path": "/"}]
            )
            for name, path in (
                ("overview", "/regulations/"),
                ("texts", "/regulations/texts/"),
                ("clause", f"/regulations/{CLAUSE}/{query}"),
            ):
                lead.goto(path)
                lead.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
                picture(lead, f"{name}-{width}-{language}")
                assert too_wide(lead) <= 0, (path, width, language)


def test_without_script_the_periods_sorting_and_lists_work(fallen: Cast, at_work):
    lead = at_work(fallen.lead, script=False)
    lead.goto("/regulations/")
    lead.click("text=本月")
    assert lead.locator(".tabs a[aria-current]:has-text('本月')").count() == 1
    lead.click("text=上月")
    lead.click("#table thead a:has-text('按时率')")
    assert lead.locator("th[aria-sort]").inner_text().startswith("按时率")
    lead.click(f"#table a[href*='/{CLAUSE}/'][href*='outcome=overdue']")
    assert lead.locator("#list tbody tr").count() == 3
