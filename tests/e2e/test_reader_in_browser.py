"""What the software makes of messages, in a real browser: accepted by one key, checked blind, its figures on any screen."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.cast import FAULT, SURE, Cast, a_case
from tests.doors.web.test_reader import CHECKS, READER, allow, read_as

from goodword.base.core import clock
from goodword.voice.cases.models import Case

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENS = (1440, 390)


def too_wide(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def in_english(page: Page) -> None:
    page.context.add_cookies([{"name": "django_language", "value": "en", "domain": "localhost", "path": "/"}])


def test_a_proposal_is_accepted_by_one_key(company: Cast, at_work):
    case = a_case(company, at=clock.now())
    intake = at_work(company.intake)
    intake.goto(f"/cases/{case.number}/")
    intake.keyboard.press("y")
    intake.wait_for_selector(".messages .note--good")
    case.refresh_from_db()
    assert (case.state, case.labelled_at is not None) == ("triaged", True)


@pytest.mark.either
def test_its_pages_fit_every_screen_in_both_languages(company: Cast, at_work, picture):
    allow(company, urgent_missed=100, most_wrong=0.3, least_checked=5)
    now = clock.now()
    cases = [a_case(company, at=now - timedelta(minutes=60 - n), text=SURE) for n in range(8)]
    unsure = a_case(company, at=now - timedelta(minutes=9))
    read_as(
        unsure,
        severity={"label": "general", "p": 0.46, "words": ["尽快处理"], "urgent": 0.31},
        stage={"label": None, "p": 0.2, "words": []},
    )
    again = a_case(company, at=now, text=f"你好,{FAULT}", channel="wechat")
    lead = at_work(company.lead)
    for number, content in enumerate(("service", "service", "service", "device", "device")):
        lead.goto(CHECKS)
        lead.select_option("[name=kind]", "complaint")
        lead.select_option("[name=severity]", "urgent" if number == 4 else "general")
        lead.select_option("[name=content]", content)
        lead.click("main form button[type=submit]")
        lead.wait_for_selector(".messages .note")
    assert Case.objects.filter(pk__in=[case.pk for case in cases], severity="urgent").count() == 1
    for width in SCREENS:
        deputy, intake = at_work(company.deputy, width=width), at_work(company.lead, width=width)
        for language in ("zh", "en"):
            if language == "en":
                in_english(deputy)
                in_english(intake)
            for name, page, path in (
                ("reader", deputy, READER),
                ("proposal", intake, f"/cases/{unsure.number}/"),
                ("duplicate", intake, f"/cases/{again.number}/"),
                ("checks", intake, CHECKS),
                ("clause", deputy, "/regulations/FB-3.2c/"),
            ):
                page.goto(path)
                picture(page, f"{name}-{width}-{language}")
                assert too_wide(page) <= 0, (path, width, language)


def test_while_the_words_are_typed_the_same_matter_is_pointed_out(company: Cast, at_work, picture):
    first = a_case(company, at=clock.now() - timedelta(minutes=10))
    intake = at_work(company.intake)
    intake.goto("/cases/new/")
    intake.fill("[name=phone]", "13800001234")
    intake.fill("[name=text]", f"你好,{FAULT}")
    intake.keyboard.press("Tab")
    intake.wait_for_selector(f"#proposal >> text=#{first.number}")
    picture(intake, "intake-alike-1280")
    assert "10 分前" in intake.inner_text("#proposal")
