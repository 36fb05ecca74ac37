"""WeCom's customer service: called or not, everything is fetched once; answers go back while WeCom lets them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from tests.cast import Cast, make_cast
from tests.clauses.telling import when
from tests.support.wechat import PICTURE
from tests.support.wecom import FakeWeCom, asks, calls, connected

from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.correspondence.models import Arrival, Letter
from goodword.company.channels.models import InboundMessage, OutboxMessage
from goodword.company.channels.tencent.models import Line
from goodword.company.channels.wecom.actions import fetching
from goodword.company.channels.wecom.models import Desk
from goodword.engine.attachments.models import Attachment
from goodword.engine.journal.models import Entry
from goodword.voice.cases.actions import replying
from goodword.voice.cases.models import Case

pytestmark = pytest.mark.django_db
AT = when("2026-01-05 10:00")
S = timedelta(seconds=1)


@pytest.fixture(scope="module")
def server() -> Iterator[FakeWeCom]:
    with FakeWeCom().served() as made:
        yield made


@pytest.fixture(autouse=True)
def now() -> Iterator[Any]:
    with time_machine.travel(AT, tick=False) as moment:
        yield moment


@pytest.fixture
def wecom(server: FakeWeCom, db: None) -> FakeWeCom:
    server.__init__()  # type: ignore[misc]  # as new, at the same address
    connected(server)
    return server


@pytest.fixture
def cast(wecom: FakeWeCom) -> Cast:
    return make_cast()


def words() -> list[str]:
    [case] = Case.objects.all()
    return [message.text for message in case.messages.filter(direction="in").order_by("pk")]


def test_a_call_brings_everything_in_order_and_the_receipt_goes_back(cast: Cast, wecom: FakeWeCom) -> None:
    for text in ("摄像机黑屏", "晚上要直播", "在吗"):
        wecom.says(text)
    wecom.says("我是接待员", origin=5)
    assert calls().content == b"success"
    assert not Case.objects.exists()
    deliver(now=AT, worker="w")
    assert words() == ["摄像机黑屏", "晚上要直播", "在吗"]
    assert (Desk.objects.get().cursor, Line.objects.get().last_in_at) == ("4", AT)
    deliver(now=AT + S, worker="w")
    assert ["查询码：" in said for said in wecom.talked] == [True]
    assert Entry.objects.filter(kind="case.receipt_sent").exists()
    assert InboundMessage.objects.filter(state="parsed").count() == 4


def test_calls_again_and_again_fetch_only_what_is_new(cast: Cast, wecom: FakeWeCom) -> None:
    wecom.says("一")
    for second in range(3):
        calls()
        deliver(now=AT + second * S, worker="w")
    wecom.says("二")
    calls()
    deliver(now=AT + 5 * S, worker="w")
    assert words() == ["一", "二"]
    assert OutboxMessage.objects.filter(way="wecom-fetch").count() == 1


def test_a_fetching_that_breaks_off_goes_on_and_takes_nothing_twice(
    cast: Cast, wecom: FakeWeCom, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        wecom.says(f"第 {number} 句")
    taken, real = [], fetching.take

    def dies(given: object, *, at: Any) -> None:
        taken.append(given)
        if len(taken) == 4:
            raise RuntimeError("the power went")
        real(given, at=at)

    monkeypatch.setattr(fetching, "take", dies)
    calls()
    deliver(now=AT, worker="w")
    assert (Desk.objects.get().cursor, len(words())) == ("2", 3)
    monkeypatch.undo()
    deliver(now=AT + timedelta(minutes=1), worker="w")
    assert words() == [f"第 {number} 句" for number in range(5)]
    assert Arrival.objects.count() == 5


def test_missed_calls_are_found_by_asking(cast: Cast, wecom: FakeWeCom) -> None:
    wecom.says("没有回调")
    fetching.call_for_fetching(AT)  # nobody ever called: which accounts are there?
    deliver(now=AT, worker="w")
    fetching.call_for_fetching(AT + 5 * S)
    deliver(now=AT + 5 * S, worker="w")
    assert words() == ["没有回调"]
    asked = wecom.asked["/cgi-bin/kf/sync_msg"]
    OutboxMessage.objects.filter(way="wecom-fetch").update(state="given_up")  # by a person, once
    wecom.says("又一句")
    fetching.call_for_fetching(AT + 60 * S)
    deliver(now=AT + 60 * S, worker="w")
    assert wecom.asked["/cgi-bin/kf/sync_msg"] == asked
    fetching.call_for_fetching(AT + 130 * S)
    deliver(now=AT + 130 * S, worker="w")
    assert words() == ["没有回调", "又一句"]


def test_a_call_that_came_meanwhile_is_not_forgotten(cast: Cast, wecom: FakeWeCom) -> None:
    calls()
    deliver(now=AT, worker="w")
    wecom.says("刚好")
    Desk.objects.update(called_at=AT)  # the post came while the outbox row was being sent
    fetching.call_for_fetching(AT + 5 * S)
    deliver(now=AT + 5 * S, worker="w")
    assert words() == ["刚好"]


def test_answers_go_back_five_times_and_not_after_48_hours(cast: Cast, wecom: FakeWeCom) -> None:
    wecom.says()
    calls()
    deliver(now=AT, worker="w")
    deliver(now=AT + S, worker="w")
    case = Case.objects.get()
    for number in range(5):  # the receipt was the first of five
        replying.reply(case, by=cast.intake.by, at=AT + S, text=f"进展 {number}", purpose="progress")
    deliver(now=AT + 2 * S, worker="w")
    states = list(Letter.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["sent"] * 5 + ["failed"]
    assert "95001" in Letter.objects.order_by("-pk")[0].why
    late = AT + timedelta(hours=49)
    replying.reply(case, by=cast.intake.by, at=late, text="两天后", purpose="progress")
    deliver(now=late, worker="w")
    assert "48" in Letter.objects.order_by("-pk")[0].why
    assert Entry.objects.filter(kind="case.message_undelivered").count() == 2


@pytest.mark.parametrize("part", ["", "-1"])
def test_a_report_of_failure_of_any_part_takes_the_letter_back(
    cast: Cast, wecom: FakeWeCom, part: str
) -> None:
    wecom.says()
    calls()
    deliver(now=AT, worker="w")
    deliver(now=AT + S, worker="w")
    letter = Letter.objects.get()
    failed = {
        "event_type": "msg_send_fail",
        "open_kfid": "x",
        "external_userid": "y",
        "fail_msgid": f"{letter.outside_id}{part}",
        "fail_type": 4,
    }
    wecom.says(origin=4, msgtype="event", event=failed)
    calls()
    deliver(now=AT + 2 * S, worker="w")
    letter.refresh_from_db()
    assert letter.state == "failed"


def test_pictures_are_fetched_and_what_cannot_be_read_stays(cast: Cast, wecom: FakeWeCom) -> None:
    wecom.says(msgtype="image", image={"media_id": "media-1"})
    wecom.held += [
        {"msgid": "bad"},
        {"nothing": True},
        {"msgid": "m\x00\ud83d", "msgtype": 7, "send_time": "x"},
    ]  # type: ignore[list-item]
    wecom.says("最后")
    calls()
    for second in range(3):
        fetching.call_for_fetching(AT + second * S)
        deliver(now=AT + second * S, worker="w")
    assert words() == ["（图片）", "最后"]
    assert InboundMessage.objects.filter(channel="wecom", state="failed").count() == 3
    assert Attachment.objects.get().size == len(PICTURE)


def test_only_wecom_is_believed(cast: Cast, wecom: FakeWeCom) -> None:
    assert (asks().content, asks()["Content-Type"]) == (b"5927", "text/plain; charset=utf-8")
    assert calls(spoilt=True).status_code == 401
    assert calls(corpid="another").status_code == 401
    assert (calls(event="change_contact").status_code, Desk.objects.count()) == (200, 0)
    connected(wecom, corpid="")
    assert calls().status_code == 401


def test_a_wecom_that_hangs_is_asked_again_later(cast: Cast, wecom: FakeWeCom) -> None:
    wecom.says("在吗")
    calls()
    wecom.fails["/cgi-bin/kf/sync_msg"] = [-1]
    deliver(now=AT, worker="w")
    assert OutboxMessage.objects.get(way="wecom-fetch").state == "failed"
    deliver(now=AT + timedelta(minutes=1), worker="w")
    assert words() == ["在吗"]
