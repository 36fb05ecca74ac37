"""A session that ends while one types, a tab that closes, another person at the same screen: in a real browser."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from tests.cast import Cast, a_case
from tests.e2e.conftest import PASSWORD

from goodword.base.core import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATIENCE = 60_000
BOX = "#reply textarea"
WORDS = "工程师已在检查，半小时内给您消息。"


@pytest.mark.either
@pytest.mark.parametrize("script", [True, False])
def test_a_reply_survives_the_end_of_the_session(company: Cast, at_work, complaints, script: bool):
    case = a_case(company, at=clock.now())
    page = at_work(company.intake, script=script)
    page.set_default_timeout(PATIENCE)
    page.goto(f"/cases/{case.number}/")
    page.fill(BOX, WORDS)
    Session.objects.all().delete()
    page.click("#reply button[type=submit]")
    page.wait_for_selector("#id_username")
    page.fill("#id_username", company.intake.account.username)
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_selector("text=没有发出")
    assert page.input_value(BOX) == WORDS
    page.click("#reply button[type=submit]")
    page.wait_for_selector(".messages .note--good")
    assert case.messages.filter(direction="out", text=WORDS).count() == 1
    complaints[:] = [
        said for said in complaints if "401" not in said
    ]  # the browser writes the answer down too


@pytest.mark.either
def test_a_draft_is_kept_for_its_writer_alone_until_it_is_sent(company: Cast, at_work):
    case = a_case(company, at=clock.now())
    page = at_work(company.intake)
    page.set_default_timeout(PATIENCE)
    page.goto(f"/cases/{case.number}/")
    page.fill(BOX, WORDS)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/")
    page.goto(f"/cases/{case.number}/")
    assert page.input_value(BOX) == WORDS
    page.click("#reply button[type=submit]")
    page.wait_for_selector(".messages .note--good")
    page.goto(f"/cases/{case.number}/")
    assert page.input_value(BOX) == ""
    page.fill(BOX, "写了一半")
    page.goto("/profile/")
    page.evaluate("document.querySelector('[data-logout]').requestSubmit()")
    page.wait_for_selector("#id_username")
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:'))") == []
