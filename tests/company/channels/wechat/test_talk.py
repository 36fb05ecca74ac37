"""From a follower's words to the case and back: with WeChat's server, which checks all it is asked and asks again."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from tests.cast import Cast, make_cast
from tests.clauses.telling import when
from tests.support.wechat import (
    OPENID,
    PICTURE,
    TOKEN,
    FakeWeChat,
    connected,
    event,
    knock,
    opened,
    posted,
    signed,
    words,
)

from goodword.base.core.errors import Invalid
from goodword.company.channels.actions import receiving
from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.actions.reading_again import read_again
from goodword.company.channels.correspondence.models import Letter, Party
from goodword.company.channels.models import InboundMessage, OutboxMessage
from goodword.company.channels.tencent.models import Line, Media
from goodword.company.channels.wechat.actions import taking
from goodword.company.channels.wechat.models import Post
from goodword.engine.attachments.models import Attachment
from goodword.engine.journal.models import Entry
from goodword.voice.cases.actions import replying
from goodword.voice.cases.models import Case

pytestmark = pytest.mark.django_db
AT = when("2026-01-05 10:00")
CODE = "查询码："


@pytest.fixture(autouse=True)
def now() -> Iterator[Any]:
    with time_machine.travel(AT, tick=False) as moment:
        yield moment


@pytest.fixture
def cast(wechat: FakeWeChat) -> Cast:
    return make_cast()


def answered(case: Case, cast: Cast, text: str, *, at: Any, purpose: str = "progress") -> Letter:
    """A colleague writes, the worker sends; the letter."""
    replying.reply(case, by=cast.intake.by, at=at, text=text, purpose=purpose)
    deliver(now=at, worker="w")
    return Letter.objects.order_by("-pk")[0]


def test_words_become_a_case_and_the_receipt_is_the_answer(cast: Cast, wechat: FakeWeChat) -> None:
    said = opened(knock(words("摄像机开机黑屏", msg_id=1)))
    case = Case.objects.get()
    assert (case.text, case.channel, str(case.number) in said) == ("摄像机开机黑屏", "wechat", True)
    assert f"<ToUserName><![CDATA[{OPENID}]]>" in said
    assert CODE in said
    letter = Letter.objects.get()
    assert (letter.state, bool(letter.sealed)) == ("sent", False)
    assert Entry.objects.filter(kind="case.receipt_sent").count() == 1
    assert deliver(now=AT, worker="w") == 0 or wechat.talked == []
    raw = InboundMessage.objects.get()
    assert "黑屏".encode() not in bytes(raw.raw)
    assert receiving.opened(raw).decode().startswith("<xml>")
    assert raw.state == "parsed"


def test_three_retries_get_the_same_answer_and_make_nothing_new(cast: Cast) -> None:
    xml = words(msg_id=1)
    first, *again = [opened(knock(xml)) for _ in range(4)]
    assert CODE in first
    assert {one.partition("<Content>")[2] for one in again} == {first.partition("<Content>")[2]}
    assert (Case.objects.count(), Letter.objects.count()) == (1, 1)
    assert (opened(knock(words(msg_id=2))), Case.objects.count()) == ("success", 1)


def test_an_answer_goes_back_and_the_next_words_come_to_the_case(cast: Cast, wechat: FakeWeChat) -> None:
    knock(words(msg_id=1))
    wechat.hears()
    case = Case.objects.get()
    letter = answered(case, cast, "工程师十分钟内联系您。\n" + "请保持电话畅通。" * 150, at=AT)
    assert letter.state == "sent"
    assert len(wechat.talked) == 2
    assert "".join(wechat.talked).startswith("工程师十分钟内联系您。")
    knock(words("好的", msg_id=2))
    assert [m.text for m in case.messages.filter(direction="in").order_by("pk")][-1] == "好的"
    assert Line.objects.get().last_out_at == AT


def test_after_48_hours_a_template_goes_and_its_report_comes_back(
    cast: Cast, wechat: FakeWeChat, now: Any
) -> None:
    knock(words(msg_id=1))
    wechat.hears()
    now.move_to(AT + timedelta(hours=49))
    letter = answered(
        Case.objects.get(),
        cast,
        "已修好，{number} 号今天寄出，请您查收后告诉我们是否满意。",
        at=AT + timedelta(hours=49),
    )
    path, said = wechat.taken[-1]
    assert (letter.state, path) == ("sent", "/cgi-bin/message/template/send")
    assert said["data"]["thing1"]["value"] == "已修好，{number} 号今天寄出，…"
    assert said["data"]["character_string2"]["value"] == str(letter_number())
    knock(event("TEMPLATESENDJOBFINISH", MsgID=int(letter.outside_id), Status="success"))
    letter.refresh_from_db()
    assert letter.state == "delivered"


def letter_number() -> int:
    return Case.objects.values_list("number", flat=True).get()


def test_without_a_template_after_48_hours_the_case_says_that_nothing_went(
    cast: Cast, wechat: FakeWeChat, now: Any
) -> None:
    connected(wechat)
    knock(words(msg_id=1))
    now.move_to(AT + timedelta(hours=49))
    letter = answered(Case.objects.get(), cast, "已修好。", at=AT + timedelta(hours=49))
    assert (letter.state, "48" in letter.why) == ("failed", True)
    assert Entry.objects.filter(kind="case.message_undelivered").exists()


def test_what_wechat_says_of_the_window_counts_more_than_our_clock(cast: Cast, wechat: FakeWeChat) -> None:
    knock(words(msg_id=1))  # the fake has heard nothing: 45015
    assert answered(Case.objects.get(), cast, "已修好。", at=AT).state == "sent"
    assert wechat.taken[-1][0] == "/cgi-bin/message/template/send"


def test_five_messages_and_the_sixth_goes_by_the_template(cast: Cast, wechat: FakeWeChat) -> None:
    knock(words(msg_id=1))
    wechat.hears()
    for number in range(6):
        answered(Case.objects.get(), cast, f"第 {number} 条进展。", at=AT)
    assert (len(wechat.talked), wechat.taken[-1][0]) == (5, "/cgi-bin/message/template/send")


def test_who_unsubscribed_is_reached_by_the_next_channel_and_who_is_back_here_again(
    cast: Cast, wechat: FakeWeChat
) -> None:
    knock(words(msg_id=1))
    wechat.hears()
    wechat.gone.add(OPENID)
    case = Case.objects.get()
    letter = answered(case, cast, "已修好。", at=AT)
    party = Party.objects.get()
    assert (letter.state, "43004" in letter.why, party.gone_at) == ("failed", True, AT)
    knock(event("subscribe"))
    knock(event("unsubscribe", CreateTime=int(AT.timestamp()) - 60))  # it comes late: they wrote since
    assert Party.objects.get().gone_at is None
    knock(event("unsubscribe"))
    assert Party.objects.get().gone_at == AT
    before = wechat.asked["/cgi-bin/message/custom/send"]
    assert answered(case, cast, "还在吗？", at=AT).state == "failed"
    assert wechat.asked["/cgi-bin/message/custom/send"] == before


def test_an_old_token_is_renewed_once_and_the_message_goes_once(cast: Cast, wechat: FakeWeChat) -> None:
    knock(words(msg_id=1))
    wechat.hears()
    answered(Case.objects.get(), cast, "一", at=AT)
    wechat.tokens.append("somebody else renewed it")
    assert answered(Case.objects.get(), cast, "二", at=AT).state == "sent"
    assert wechat.talked == ["一", "二"]
    assert wechat.asked["/cgi-bin/stable_token"] == 2


def test_busy_is_tried_again_no_right_is_not_and_a_long_letter_goes_on_where_it_stopped(
    cast: Cast, wechat: FakeWeChat
) -> None:
    knock(words(msg_id=1))
    wechat.hears()
    case = Case.objects.get()
    wechat.fails["/cgi-bin/message/custom/send"] = [0, -1]
    letter = answered(case, cast, "甲" * 700 + "\n" + "乙" * 600, at=AT)
    assert (letter.state, wechat.talked) == ("queued", ["甲" * 682])
    deliver(now=AT + timedelta(minutes=1), worker="w")
    assert "".join(wechat.talked) == "甲" * 700 + "\n" + "乙" * 600
    wechat.fails["/cgi-bin/message/custom/send"] = [48001]
    assert answered(case, cast, "丙", at=AT).state == "failed"
    assert "48001" in Line.objects.get().failed_for


def test_pictures_and_voices_are_fetched_by_the_worker_and_lie_with_the_case(
    cast: Cast, wechat: FakeWeChat
) -> None:
    knock(words(kind="image", MediaId="media-1", PicUrl="http://x", msg_id=1))
    knock(words(kind="voice", MediaId="nothing", Format="amr", Recognition="还是黑屏。", msg_id=2))
    assert not Attachment.objects.exists()
    wechat.fails["/cgi-bin/media/get"] = [-1]
    deliver(now=AT, worker="w")
    deliver(now=AT + timedelta(minutes=1), worker="w")
    kept = Attachment.objects.get()
    assert (kept.subject_id, kept.content_type, kept.size) == (
        str(Case.objects.get().pk),
        "image/jpeg",
        len(PICTURE),
    )
    assert Media.objects.get(kind="image").attachment_id == kept.pk
    assert OutboxMessage.objects.get(way="tencent-media", state="dead").last_error.count("40007") == 1
    assert [m.text for m in Case.objects.get().messages.filter(direction="in").order_by("pk")] == [
        "（图片）",
        "（语音）还是黑屏。",
    ]


def test_a_scanned_code_says_what_the_next_words_are_about(cast: Cast, now: Any) -> None:
    knock(event("subscribe", f"qrscene_order:{cast.order.number}", Ticket="t"))
    knock(words(msg_id=1))
    assert Case.objects.get().order == cast.order
    knock(event("SCAN", "order:another", openid="oANOTHER-invented"))
    now.move_to(AT + timedelta(hours=25))
    knock(words(msg_id=2, openid="oANOTHER-invented"))
    assert Case.objects.order_by("-number")[0].order is None


def test_menus_and_followers_get_the_companys_words_and_make_no_case(cast: Cast, wechat: FakeWeChat) -> None:
    connected(wechat, replies={"subscribe": "欢迎，请直接留言。", "hours": "每天 8:00–22:00"})
    assert "欢迎" in opened(knock(event("subscribe")))
    assert "每天 8:00–22:00" in opened(knock(event("CLICK", "hours")))
    assert opened(knock(event("CLICK", "other"))) == "success"
    assert opened(knock(event("VIEW", "https://a.example"))) == "success"
    assert not Case.objects.exists()


def test_what_is_not_believed_is_turned_away_and_shown(cast: Cast, wechat: FakeWeChat) -> None:
    late = AT - timedelta(seconds=301)
    tried = {
        "signature": knock(words(), token="another"),
        "time": knock(words(), at=late),
        "plain": knock(words(), is_sealed=False),
        "query": posted(words(), {"signature": "x", "timestamp": "x", "nonce": "n"}),
    }
    assert {why: answer.json()["type"].rpartition(":")[2] for why, answer in tried.items()} == {
        why: f"refused_{why}" for why in tried
    }
    assert {answer.status_code for answer in tried.values()} == {401}
    assert Line.objects.get().refused == 4
    assert not InboundMessage.objects.exists()


def test_in_plain_mode_a_number_used_once_carries_one_message(cast: Cast, wechat: FakeWeChat) -> None:
    connected(wechat, mode="plain")
    xml = words(msg_id=1)
    first, same = (knock(xml, is_sealed=False, nonce="once") for _ in range(2))
    assert first.content == same.content
    assert CODE in first.content.decode()
    assert (
        knock(words("转账到这里", msg_id=2), is_sealed=False, nonce="once").json()["type"].rpartition(":")[2]
        == "refused_replayed"
    )
    assert Case.objects.count() == 1
    assert knock(words(msg_id=3)).status_code == 200, "sealed is stronger than asked for"


def test_wechat_asks_whether_we_are_there(cast: Cast) -> None:
    from django.test import Client

    stamp = str(int(AT.timestamp()))
    query = {"signature": signed(TOKEN, stamp, "n"), "timestamp": stamp, "nonce": "n", "echostr": "5927"}
    answer = Client(HTTP_HOST="localhost").get("/api/v1/hooks/wechat", query)
    assert (answer.content, answer["Content-Type"]) == (b"5927", "text/plain; charset=utf-8")
    assert (
        Client(HTTP_HOST="localhost").get("/api/v1/hooks/wechat", {**query, "nonce": "m"}).status_code == 401
    )


def test_what_was_kept_and_not_taken_is_taken_by_the_worker(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_arrived: object) -> None:
        raise RuntimeError("the power went")

    monkeypatch.setattr(taking, "arrive", away)
    assert opened(knock(words("黑屏", msg_id=1))) == "success"
    monkeypatch.undo()
    assert (InboundMessage.objects.get().state, Case.objects.count(), Post.objects.count()) == (
        "stored",
        0,
        0,
    )
    taking.take_what_waits(AT + timedelta(seconds=10))
    assert not Case.objects.exists()
    taking.take_what_waits(AT + timedelta(seconds=30))
    assert (Case.objects.get().text, InboundMessage.objects.get().state) == ("黑屏", "parsed")
    taking.take_what_waits(AT + timedelta(hours=2))
    assert not Post.objects.exists()


def test_after_the_key_was_mended_a_person_has_it_read_again(cast: Cast, wechat: FakeWeChat) -> None:
    connected(wechat, aes_key="Z" * 43)
    assert opened(knock(words("黑屏", msg_id=1))) == "success"
    message = InboundMessage.objects.get()
    assert (message.state, "padding" in message.error, Line.objects.get().unread) == ("failed", True, 1)
    with pytest.raises(Invalid):
        read_again(message, by=cast.administrator.by, at=AT)
    connected(wechat)
    assert read_again(message, by=cast.administrator.by, at=AT).state == "parsed"
    assert Case.objects.get().text == "黑屏"


def test_an_answer_that_would_come_too_late_goes_by_the_worker(
    cast: Cast, wechat: FakeWeChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    from goodword.doors.api.hooks import wechat as door

    monkeypatch.setattr(door, "ANSWER_WITHIN", -1.0)
    wechat.hears()
    assert opened(knock(words(msg_id=1))) == "success"
    deliver(now=AT, worker="w")
    assert [CODE in said for said in wechat.talked] == [True]


NUMBER = {"quick": 100, "slow": 2_000, "full": 10_000}


def test_malformed_posts_are_answered_and_kept(cast: Cast, request: pytest.FixtureRequest) -> None:
    from tests.trust.kit.malformed.measuring import Tally

    seed = int(os.environ.get("GOODWORD_SEED") or random.SystemRandom().randrange(10**6))
    print(f"GOODWORD_SEED={seed}")
    chance, tally = random.Random(seed), Tally("WeChat")
    for number in range(NUMBER[request.config.getoption("--size")]):
        from django.core.cache import cache

        cache.clear()
        body = spoilt(words("黑屏", msg_id=10**12 + number).encode(), chance)
        before = InboundMessage.objects.count()
        answer = tally.ask(
            repr(body[:80]), lambda body=body, number=number: signed_post(body, chance, number)
        )
        if answer.status_code == 200:
            tally.kept += 1
            if InboundMessage.objects.count() == before:
                tally.faults.append(f"taken and not kept: {body[:80]!r}")
        elif answer.status_code not in (401, 413):
            tally.faults.append(f"{answer.status_code}: {body[:80]!r}")
    assert not InboundMessage.objects.filter(state="stored").exists()
    tally.report()


ODD = [
    b"\x00", b"\xff\xfe", b"]]>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"&#0;", b"&lt;", b"<a>" * 3000, b"<![CDATA[",
    b"9" * 400, b"-1", b"\xed\xa0\x80", "\u202e汉字".encode(), b"<xml>", b"</xml>", b"\x1b[31m", b"%s%n", b"'; --", b" " * 70_000,
]  # fmt: skip


def spoilt(good: bytes, chance: random.Random) -> bytes:
    """The message with a few bytes cut out, put in, doubled or exchanged."""
    raw = bytearray(good)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(raw) or 1)
        match chance.randrange(4):
            case 0:
                del raw[at : at + chance.randint(1, 40)]
            case 1:
                raw[at:at] = chance.choice(ODD)
            case 2:
                raw[at:at] = raw[max(0, at - 30) : at]
            case _ if raw:
                raw[at % len(raw)] = chance.randrange(256)
    return bytes(raw)


def signed_post(body: bytes, chance: random.Random, number: int) -> Any:
    """The spoilt message in a sound envelope; or in a spoilt one, for another receiver, or with a spoilt body around it."""
    from base64 import b64encode

    from tests.support.wechat import AES_KEY, APPID

    from goodword.company.channels.tencent.envelope import key_of, sealed

    stamp, nonce = str(int(AT.timestamp())), f"m{number}"
    receiver = chance.choice([APPID] * 6 + ["wxanother", ""])
    envelope = sealed(body, key=key_of(AES_KEY), receiver=receiver, ahead=b"0123456789abcdef")
    if chance.random() < 0.2:
        envelope = chance.choice(
            [b64encode(body).decode(), envelope[:-8], envelope + "=", "", "汉", envelope[::-1]]
        )
    outer = f"<xml><Encrypt><![CDATA[{envelope}]]></Encrypt></xml>".encode()
    if chance.random() < 0.2:
        outer = spoilt(outer, chance)
    query = {"signature": signed(TOKEN, stamp, nonce), "timestamp": stamp, "nonce": nonce, "encrypt_type": "aes",
             "msg_signature": signed(TOKEN, stamp, nonce, envelope)}  # fmt: skip
    return posted(outer, query)
