"""Live chats at the workbench: who waits, the card, the answer in place; a fixed number of queries."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.cast import Cast, make_cast
from tests.support.appbox import ORIGIN, opened, wrote

from goodword.base.core import clock
from goodword.company.channels.app.models import ChatTurn
from goodword.company.channels.app.settings import box

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast(clock.now() - timedelta(hours=1))


@pytest.fixture
def browser(cast: Cast) -> Client:
    made = Client(HTTP_HOST="localhost")
    made.force_login(cast.intake.account)
    return made


def test_who_waits_stands_on_top_masked_and_is_answered_in_place(cast: Cast, browser: Client) -> None:
    opened()
    at = clock.now() - timedelta(seconds=12)
    taken = wrote("画面卡住了，打 13800005678", at=at)
    page = browser.get("/chats/").content.decode()
    waited = re.search(r'data-since="(\d+)"', page)
    assert waited is not None
    assert 12 <= int(waited[1]) < 120
    assert "13800005678" not in page
    number = page.partition('id="chat-')[2].partition('"')[0]
    assert browser.get("/chats/waiting/").content.decode().count("画面卡住了") == 1
    answered = browser.post(
        f"/cases/{number}/replies/",
        {"text": "您好，我来看。", "purpose": "first_response", "channel": "app", "in_place": "1"},
    )
    assert answered.status_code == 302
    assert ChatTurn.objects.get(case_id=taken.case_id).answered_by == cast.intake.account
    board = browser.get("/chats/", headers={"HX-Request": "true"}).content.decode()
    assert 'data-since="' not in board
    assert "我来看" in board
    assert browser.get("/chats/waiting/").content == b""


def test_the_card_leaves_where_there_is_no_chat_and_is_not_sent_again_unchanged(
    cast: Cast, browser: Client
) -> None:
    assert browser.get("/chats/waiting/").headers["HX-Reswap"] == "outerHTML"
    opened()
    wrote(at=clock.now())
    first = browser.get("/chats/waiting/")
    again = browser.get("/chats/waiting/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_the_page_asks_as_often_for_four_chats_as_for_one(
    cast: Cast,
    browser: Client,
    django_assert_num_queries: object,
    django_assert_max_num_queries: object,
) -> None:
    opened()
    wrote(at=clock.now(), user="user:a")
    browser.get("/chats/")
    with django_assert_max_num_queries(13) as asked:  # type: ignore[operator]  # pytest-django’s fixture
        browser.get("/chats/")
    for name in "bcd":
        wrote(at=clock.now(), user=f"user:{name}")
    with django_assert_num_queries(len(asked)):  # type: ignore[operator]  # as above
        browser.get("/chats/")


def test_the_settings_are_kept_and_a_secret_is_shown_once(cast: Cast) -> None:
    admin = Client(HTTP_HOST="localhost")
    admin.force_login(cast.administrator.account)
    sent = {
        "is_open": "on",
        "origins": f"{ORIGIN}/page\nhttps://b.invented.example",
        "calendar": "office",
        "away_zh": "现在没有人。",
        "away_en": "Nobody is here.",
        "keeps_for": "7",
        "may_differ": "60",
    }
    assert admin.post("/settings/app/", sent).status_code == 302
    assert (box().origins, box().calendar) == ((ORIGIN, "https://b.invented.example"), "office")
    assert admin.post("/settings/app/", {**sent, "origins": "http://plain.example"}).status_code == 422
    clear = admin.post("/settings/app/secret/").content.decode()
    assert box().secret in clear
    assert box().secret not in admin.get("/settings/app/").content.decode()
