"""Files beside an answer leave by WeChat and WeCom as their servers take them; each part of a letter leaves once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from tests.cast import Cast, make_cast
from tests.clauses.telling import when
from tests.support import wecom as wecom_side
from tests.support.wechat import PICTURE, FakeWeChat, knock, words

from goodword.base.core.transactions import one_fact
from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.actions.sending_again import send_again
from goodword.company.channels.correspondence import parts, registering
from goodword.company.channels.correspondence.actions import heard
from goodword.company.channels.correspondence.actions.sending import ready
from goodword.company.channels.correspondence.models import Letter, Party
from goodword.company.channels.correspondence.ways import CHANNELS, CustomerWay, LetterToSend
from goodword.company.channels.models import OutboxMessage
from goodword.company.channels.registry import WAYS
from goodword.engine.attachments.actions.storing import store
from goodword.voice.cases.actions import replying
from goodword.voice.cases.models import Case, Message

pytestmark = [pytest.mark.django_db, pytest.mark.either]
AT = when("2026-01-05 10:00")
LATER = AT + timedelta(minutes=1)
VOICE = b"#!AMR\n" + b"\x3c" * 200
FILM = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00" * 200
PAPER = b"%PDF-1.4\n" + b"invented paper\n" * 20
FILES = {"换机步骤.jpg": PICTURE, "怎么拆": FILM, "录音.amr": VOICE, "检测报告.pdf": PAPER}
UPLOAD, TALK = "/cgi-bin/media/upload", "/cgi-bin/message/custom/send"


@pytest.fixture(autouse=True)
def now() -> Iterator[Any]:
    with time_machine.travel(AT, tick=False) as moment:
        yield moment


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def case(cast: Cast, wechat: FakeWeChat) -> Case:
    """A follower's case; its receipt went along with the answer to the post."""
    knock(words(msg_id=1))
    wechat.hears()
    return Case.objects.get()


def answer(case: Case, cast: Cast, text: str, *names: str, at: Any = AT) -> Letter:
    """A colleague answers with files; nothing has left yet. The letter."""
    with one_fact():
        message = replying.reply(case, by=cast.intake.by, at=at, text=text, purpose="progress")
        assert isinstance(message, Message)
        kept = [
            store(
                FILES[name],
                name=name,
                subject=("case", case.pk),
                by=cast.intake.by,
                at=at + number * timedelta(microseconds=1),
            )
            for number, name in enumerate(names)
        ]
        message.files.add(*kept)
    return Letter.objects.order_by("-pk")[0]


def state(letter: Letter) -> str:
    letter.refresh_from_db()
    return letter.state


def test_wechat_carries_pictures_films_and_voices_and_says_where_the_rest_is(
    case: Case, cast: Cast, wechat: FakeWeChat
) -> None:
    letter = answer(case, cast, "请看附件。", *FILES)
    deliver(now=AT, worker="w")
    assert (state(letter), letter.why) == ("sent", "")
    assert [(kind, name) for kind, name, _ in wechat.carried] == [
        ("image", "换机步骤.jpg"),
        ("video", "怎么拆.mp4"),
        ("voice", "录音.amr"),
    ]
    assert [data for *_, data in wechat.carried] == [PICTURE, FILM, VOICE]
    [said] = wechat.talked
    assert said.startswith("请看附件。\n\n《检测报告.pdf》")
    assert "/p/track/" in said


def test_a_file_that_has_to_wait_lets_nothing_be_said_twice(
    case: Case, cast: Cast, wechat: FakeWeChat
) -> None:
    wechat.fails[UPLOAD] = [0, -1]
    letter = answer(case, cast, "请看两张。", "换机步骤.jpg", "录音.amr")
    deliver(now=AT, worker="w")
    assert (state(letter), len(wechat.said)) == ("queued", 2)
    deliver(now=LATER, worker="w")
    assert (state(letter), wechat.talked, len(wechat.carried)) == ("sent", ["请看两张。"], 2)


def test_killed_after_the_words_a_person_sends_the_rest(
    case: Case, cast: Cast, wechat: FakeWeChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    class KilledError(BaseException):
        """The process ends here."""

    def die(*_: object, **__: object) -> None:
        raise KilledError

    letter = answer(case, cast, "请看图。", "换机步骤.jpg")
    monkeypatch.setattr("goodword.company.channels.tencent.parts.upload", die)
    with pytest.raises(KilledError):
        deliver(now=AT, worker="dead")
    monkeypatch.undo()
    deliver(now=LATER, worker="w")
    assert (state(letter), wechat.talked, wechat.carried) == ("unknown", ["请看图。"], [])
    send_again(OutboxMessage.objects.get(way="wechat", state="unknown"), by=cast.administrator.by, at=LATER)
    deliver(now=LATER, worker="w")
    assert (state(letter), wechat.talked, len(wechat.carried)) == ("sent", ["请看图。"], 1)


def test_what_wechat_takes_no_more_of_goes_on_alone_by_the_next_channel(
    case: Case, cast: Cast, wechat: FakeWeChat
) -> None:
    other: list[LetterToSend] = []

    def send(letter: LetterToSend, _now: Any) -> str:
        other.append(letter)
        return ""

    way = CustomerWay("pigeon", send, lambda _party, _at: "", carries=CHANNELS["mail"].carries)
    registering.register_channel(way)
    try:
        case.contact = cast.contact
        case.save()
        Party.objects.update(contact_id=cast.contact.pk)
        Party.objects.create(
            channel="pigeon", key="k", address="p", contact_id=cast.contact.pk, last_in_at=AT
        )
        wechat.since.update({wechat_openid(): 3})
        letter = answer(case, cast, "请看三份。", "换机步骤.jpg", "录音.amr", "检测报告.pdf")
        deliver(now=AT, worker="w")
        deliver(now=AT, worker="w")
    finally:
        del CHANNELS["pigeon"], WAYS["pigeon"]
    assert (state(letter), len(wechat.talked), len(wechat.carried)) == ("failed", 1, 1)
    [sent] = other
    assert [file.name for file in sent.files] == ["录音.amr", "检测报告.pdf"]
    assert "请看三份" not in sent.text


def wechat_openid() -> str:
    return Party.objects.get(channel="wechat").address.clear()  # type: ignore[no-any-return]


def test_a_file_they_refuse_is_said_to_be_elsewhere(case: Case, cast: Cast, wechat: FakeWeChat) -> None:
    wechat.fails[UPLOAD] = [45007]
    letter = answer(case, cast, "请听。", "录音.amr")
    deliver(now=AT, worker="w")
    assert state(letter) == "sent"
    assert [said.partition("》")[0] for said in wechat.talked] == ["请听。", "《录音.amr"]


def test_a_letter_of_many_parts_goes_on_with_the_next_claim(
    case: Case, cast: Cast, wechat: FakeWeChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "GOES_ON_FOR", -1.0)
    letter = answer(case, cast, "请看图。", "换机步骤.jpg")
    assert (deliver(now=AT, worker="w", limit=1), state(letter), len(wechat.said)) == (0, "queued", 1)
    assert (deliver(now=AT, worker="w", limit=1), state(letter), len(wechat.said)) == (1, "sent", 2)


def test_wecom_carries_every_kind_by_its_limits(cast: Cast) -> None:
    with wecom_side.FakeWeCom().served() as server:
        wecom_side.connected(server)
        server.says("在吗")
        wecom_side.calls()
        deliver(now=AT, worker="w")
        case = Case.objects.get()
        deliver(now=AT, worker="w")
        begun = len(server.said)
        server.hears(wecom_side.PERSON)
        letter = answer(case, cast, "请看附件。", *FILES)
        deliver(now=AT, worker="w")
        assert (state(letter), letter.why) == ("sent", "")
        assert [kind for kind, *_ in server.carried] == ["image", "video", "voice", "file"]
        assert [name for _, name, _ in server.carried][-1] == "检测报告.pdf"
        names = [said["msgid"] for said in server.said[begun:]]
        assert names == [letter.outside_id, *(f"{letter.outside_id}-{number}" for number in range(1, 5))]


def test_of_what_came_back_the_next_channel_brings_everything(
    case: Case, cast: Cast, wechat: FakeWeChat
) -> None:
    letter = answer(case, cast, "请看图。", "换机步骤.jpg")
    deliver(now=AT, worker="w")
    Letter.objects.filter(pk=letter.pk).update(outside_id="m-1")
    heard.bounced("wechat", "m-1", why="blocked", at=LATER, for_good=False)
    following = Letter.objects.create(
        case_id=letter.case_id,
        message_id=letter.message_id,
        party=letter.party,
        channel="mail",
        follows=letter,
        written_at=LATER,
    )
    brought = ready(following, at=LATER)
    assert (brought.text, [file.name for file in brought.files]) == ("请看图。", ["换机步骤.jpg"])
