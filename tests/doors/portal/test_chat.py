"""The public chat: a token for each visitor, no cookie, frames of named sites alone, and a form where there is no script."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import Cast, make_cast
from tests.support.appbox import ORIGIN, looks, opened, tells, wrote

from goodword.base.core import clock
from goodword.base.core.transactions import one_fact
from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.app.beside import link_of
from goodword.company.channels.app.models import ChatLine, Link, Visitor
from goodword.company.channels.app.settings import box
from goodword.company.channels.correspondence.models import Letter
from goodword.company.channels.models import InboundMessage
from goodword.engine.attachments.actions.storing import store
from goodword.engine.attachments.models import Attachment
from goodword.voice.cases.actions import replying
from goodword.voice.cases.models import Case

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\ninvented"
PNG = b"\x89PNG\r\n\x1a\n" + b"invented"


@pytest.fixture
def cast() -> Cast:
    return make_cast(clock.now() - timedelta(hours=1))


@pytest.fixture(autouse=True)
def chat(cast: Cast) -> None:
    cache.clear()
    opened()


def visitor() -> Client:
    """A browser inside a foreign frame: it keeps no cookie and is checked for forgery as strictly as any."""
    return Client(HTTP_HOST="localhost", enforce_csrf_checks=True)


def says(text: str, *, token: str = "", key: str = "k" * 20, **more: object) -> object:
    sent = {"text": text, "token": token, "key": key, **more}
    return visitor().post("/p/chat/", sent, headers={"Accept": "application/json"})


def news(token: str, tag: str = "") -> object:
    return visitor().post("/p/chat/news/", {"token": token, "tag": tag})


def answer(cast: Cast, case: Case, text: str, **files: bytes) -> None:
    """A colleague answers with files, and it leaves."""
    by, at = cast.intake.by, clock.now()
    with one_fact():
        message = replying.reply(case, by=by, at=at, text=text, purpose="first_response")
        message.files.add(
            *[store(data, name=name, subject=("case", case.pk), by=by, at=at) for name, data in files.items()]
        )
    deliver(now=clock.now(), worker="w")


def test_a_word_becomes_a_case_and_the_answer_stands_in_the_chat(cast: Cast) -> None:
    told = says("直播间没有声音", name="王示例", order="ZL20260101-01").json()
    case = Case.objects.get()
    assert (case.channel, case.text, case.order) == ("app", "直播间没有声音", cast.order)
    assert len(told["token"]) >= 40
    answer(cast, case, "您好，我来看。")
    shown = news(told["token"], told["tag"]).json()
    assert [line["who"] for line in shown["lines"]] == ["you", "auto", "us"]
    assert str(case.number) in shown["lines"][1]["text"]
    assert set(Letter.objects.values_list("state", flat=True)) == {"delivered"}
    assert news(told["token"], shown["tag"]).status_code == 304


def test_the_same_key_again_is_one_word_and_the_next_goes_to_the_same_case() -> None:
    told = says("没有声音").json()
    says("没有声音", token=told["token"])
    says("还在吗", token=told["token"], key="m" * 20)
    assert [message.text for message in Case.objects.get().messages.filter(direction="in")] == [
        "没有声音",
        "还在吗",
    ]


def test_a_form_sent_again_because_no_answer_came_is_one_visitor_and_changed_words_are_not_lost() -> None:
    lost, again = says("没有声音").json(), says("没有声音").json()
    assert (again["token"], Visitor.objects.count()) == (lost["token"], 1)
    says("没有声音，也没有画面", token=again["token"])
    words = Case.objects.get().messages.filter(direction="in").values_list("text", flat=True)
    assert list(words) == ["没有声音", "没有声音，也没有画面"]


def test_a_token_opens_its_own_conversation_alone_and_only_its_digest_is_kept() -> None:
    mine, other = says("我的事").json(), says("别人的事", key="m" * 20).json()
    assert [line["text"] for line in news(mine["token"]).json()["lines"]] == ["我的事"]
    says("我再说", token=mine["token"], key="n" * 20)
    assert "我再说" not in news(other["token"]).content.decode()
    for wrong in ("", "x" * 43, mine["token"][:-1], Visitor.objects.first().token_digest):
        assert news(wrong).status_code == 404
    assert not Visitor.objects.filter(token_digest=mine["token"]).exists()
    Visitor.objects.update(ends_at=clock.now())
    assert news(mine["token"]).status_code == 404
    named = InboundMessage.objects.values_list("outside_id", flat=True)
    assert named
    assert not any("k" * 20 in name for name in named), "of the form's key a token could be made again"


def test_only_named_sites_may_hold_it_and_nothing_else_may_be_held() -> None:
    page = visitor().get(f"/p/chat/?site={ORIGIN}")
    assert f"frame-ancestors 'self' {ORIGIN}" in page["Content-Security-Policy"]
    assert "X-Frame-Options" not in page
    assert not page.cookies.get("sessionid")
    assert "frame-ancestors 'none'" in visitor().get("/p/")["Content-Security-Policy"]
    opened(origins=())
    closed = visitor().get("/p/chat/")
    assert "frame-ancestors 'none'" in closed["Content-Security-Policy"]
    assert closed["X-Frame-Options"] == "DENY"
    opened(is_open=False)
    assert "填写表单" in visitor().get("/p/chat/").content.decode()


def test_without_script_it_is_a_form_that_answers_itself(cast: Cast) -> None:
    page = visitor().post("/p/chat/", {"text": "没有声音", "key": "k" * 20}).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    answer(cast, Case.objects.get(), "在的。")
    again = visitor().post("/p/chat/", {"text": "好", "token": token, "key": "m" * 20}).content.decode()
    assert again.index("没有声音") < again.index("在的。")
    empty = visitor().post("/p/chat/", {"text": " ", "token": token, "key": "n" * 20})
    assert empty.status_code == 422


def test_who_speaks_out_of_hours_is_told() -> None:
    opened(calendar="office", away_zh="现在没人，明早回复。")
    told = says("有人吗").json()
    assert told["away"] == ("" if box().answers_at(clock.now()) else "现在没人，明早回复。")


def test_photos_come_along_and_one_that_cannot_be_taken_holds_nothing_up() -> None:
    told = says("", photos=[SimpleUploadedFile("a.png", PNG), SimpleUploadedFile("b.exe", b"MZ\x90\x00" * 9)])
    assert told.status_code == 200
    assert list(Attachment.objects.filter(state="ok").values_list("name", flat=True)) == ["a.png"]


def test_the_companys_own_app_sends_once_and_fetches_the_conversation(cast: Cast) -> None:
    body = {"user": "u-77", "text": "应用里反馈", "name": "李示例"}
    first, again = tells(body, message_id="m-1"), tells(body, message_id="m-1")
    assert (first.json()["new"], again.json()["new"]) == (True, False)
    assert first.json()["case"] == again.json()["case"] == Case.objects.get().number
    other = tells({**body, "text": "另一件事"}, message_id="m-1")
    assert (other.status_code, list(other.json()["fields"])) == (422, ["webhook-id"])
    answer(cast, Case.objects.get(), "收到，我来看。")
    path = "/api/v1/hooks/app/talks/u-77"
    talk = looks(path)
    assert [line["who"] for line in talk.json()["lines"]] == ["you", "auto", "us"]
    assert looks(path, tag=talk["ETag"]).status_code == 304
    last = talk.json()["lines"][-1]["line"]
    assert looks(f"{path}?after={last}").json()["lines"] == []
    assert tells({"type": "seen", "user": "u-77", "line": last}).json() == {"seen": True}
    assert set(Letter.objects.values_list("state", flat=True)) == {"delivered"}
    assert looks("/api/v1/hooks/app/talks/u-78").json()["lines"] == []


def test_files_beside_an_answer_stand_in_the_chat_for_whoever_holds_it_and_not_for_long(
    cast: Cast,
) -> None:
    mine = says("怎么拆？").json()
    answer(cast, Case.objects.get(), "请看图。", **{"步骤.png": PNG, "说明.pdf": PDF})
    told = news(mine["token"]).json()
    picture, paper = sorted(told["lines"][-1]["files"], key=lambda file: not file["picture"])
    assert [(file["name"], file["picture"]) for file in (picture, paper)] == [
        ("步骤.png", True),
        ("说明.pdf", False),
    ]
    assert news(mine["token"], told["tag"]).status_code == 304, "the links hold for an hour"
    found = visitor().get(picture["url"])
    assert (b"".join(found.streaming_content), found["Content-Type"]) == (PNG, "image/png")
    assert "attachment" in found["Content-Disposition"]
    other = store(PNG + b"x", name="x.png", subject=("case", "another"), by=cast.intake.by, at=clock.now())
    forged = link_of(ChatLine.objects.order_by("-pk")[0], other, at=clock.now())
    assert visitor().get(f"/p/chat/files/{forged}/").status_code == 404
    assert visitor().get(picture["url"].replace("files/W", "files/V")).status_code == 404
    with time_machine.travel(clock.now() + timedelta(hours=2), tick=False):
        assert visitor().get(picture["url"]).status_code == 404
        again = news(mine["token"], told["tag"]).json()["lines"][-1]["files"][0]
        assert visitor().get(again["url"]).status_code == 200
    Visitor.objects.update(ends_at=clock.now())
    assert visitor().get(picture["url"]).status_code == 404, "nobody can open that conversation any more"


def test_the_app_gets_links_to_files_too(cast: Cast) -> None:
    tells({"user": "u-77", "text": "怎么拆？"})
    answer(cast, Case.objects.get(), "请看图。", **{"步骤.png": PNG})
    [file] = looks("/api/v1/hooks/app/talks/u-77").json()["lines"][-1]["files"]
    assert (file["name"], file["type"], file["size"]) == ("步骤.png", "image/png", len(PNG))
    assert visitor().get(urlsplit(file["url"]).path).status_code == 200


def test_what_is_not_signed_is_not_believed_and_what_cannot_be_read_is_kept() -> None:
    path = "/api/v1/hooks/app/talks/u-77"
    assert tells({"user": "u", "text": "x"}, secret="another").status_code == 401
    assert looks(path, signed_for="/api/v1/hooks/app/talks/u-78").status_code == 401
    assert Link.objects.get().refused_for == "signature"
    wrong = tells(b'{"user": "", "files": [{"name": 1}], "talk": "no"}', message_id="m-9")
    assert wrong.status_code == 422
    assert set(wrong.json()["fields"]) == {"user", "files.0", "talk", "text"}
    assert InboundMessage.objects.get(outside_id="api:m-9").state == "failed"


def test_the_script_for_other_sites_names_no_other_address() -> None:
    script = visitor().get("/p/widget.js")
    assert script.status_code == 200
    assert script["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert b"http" not in script.content


def test_what_comes_by_the_api_and_what_is_typed_never_meet() -> None:
    wrote(at=clock.now(), user="user:u-1")
    mine = says("我的事").json()
    assert len(news(mine["token"]).json()["lines"]) == 1
