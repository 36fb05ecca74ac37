"""Taking down on site and from shops, at the pages: by anybody at work, once, and refused with words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import Cast, make_cast

from goodword.base.core import clock
from goodword.engine.attachments.models import Attachment
from goodword.voice.cases.models import Case

pytestmark = pytest.mark.django_db
ENTRY = {"key": "k" * 20, "channel": "delivery", "what": "ZL20260101-01", "delivery-said": "少一根线"}
PNG = b"\x89PNG\r\n\x1a\n" + b"invented"


@pytest.fixture
def cast() -> Cast:
    return make_cast(clock.now() - timedelta(hours=1))


def at_work(account: object) -> Client:
    made = Client(HTTP_HOST="localhost")
    made.force_login(account)  # type: ignore[arg-type]  # an account of the cast
    return made


def test_an_entry_is_taken_once_with_its_photo_by_whoever_is_at_work(cast: Cast) -> None:
    browser, me = at_work(cast.engineer.account), str(cast.engineer.account.pk)
    for _ in range(2):
        sent = {**ENTRY, "me": me, "photos": SimpleUploadedFile("p.png", PNG)}
        answer = browser.post("/capture/", sent, headers={"Accept": "application/json"})
        assert answer.json() == {"case": Case.objects.get().number}
    assert Case.objects.get().order == cast.order
    assert Attachment.objects.count() == 1
    odd = {**ENTRY, "key": "m" * 20, "what": "no\x00number"}
    assert browser.post("/capture/", odd).status_code == 302


def test_what_cannot_be_taken_says_why_and_anothers_entry_waits_for_them(cast: Cast) -> None:
    browser = at_work(cast.engineer.account)
    as_script = {"Accept": "application/json"}
    empty = browser.post("/capture/", {**ENTRY, "delivery-said": " "}, headers=as_script)
    assert (empty.status_code, "客户说了什么" in empty.json()["problem"]) == (422, True)
    others = browser.post("/capture/", {**ENTRY, "me": "999999"}, headers=as_script)
    assert others.status_code == 409
    logged_out = Client(HTTP_HOST="localhost").post(
        "/capture/", ENTRY, headers={**as_script, "HX-Request": "true"}
    )
    assert logged_out.status_code == 401
    assert not Case.objects.exists()


def test_the_page_kept_for_off_line_names_nobody(cast: Cast) -> None:
    page = at_work(cast.engineer.account).get("/capture/").content.decode()
    assert cast.engineer.account.person.name not in page
    assert cast.engineer.account.username not in page
    assert page.count('name="channel"') == 3


def test_a_shops_chat_is_shown_as_it_is_read_and_becomes_a_case(cast: Cast) -> None:
    browser = at_work(cast.intake.account)
    words = {"text": "买家甲: 还没发货 13800005678\n客服: 您好", "shop": "示例旗舰店", "key": "k" * 20}
    shown = browser.post("/capture/shop/read/", words, headers={"HX-Request": "true"}).content.decode()
    assert "还没发货" in shown
    assert "13800005678" not in shown
    assert browser.post("/capture/shop/", words).status_code == 302
    assert Case.objects.get().channel == "shop"
    longer = f"{words['text']}\n买家甲: 算了，退款吧"
    assert [browser.post("/capture/shop/", {**words, "text": longer}).status_code for _ in range(2)] == [
        302
    ] * 2
    assert [text.count("退款") for text in Case.objects.get().messages.values_list("text", flat=True)] == [
        0,
        1,
    ]
    assert browser.post("/capture/shop/", {**words, "text": ""}).status_code == 422
    assert at_work(cast.engineer.account).get("/capture/shop/").status_code == 403
