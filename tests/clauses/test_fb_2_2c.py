"""FB-2.2c: social media and in-app feedback gets an automatic receipt within an hour that promises progress in 24."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from tests.cast import Cast, a_case, duty
from tests.clauses.telling import duties, outcome, rings_in_turn, when
from tests.support.lines import Line, lines

from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.correspondence.actions.arriving import arrive
from goodword.company.channels.correspondence.arriving import Arrived, Taken
from goodword.company.channels.correspondence.models import Letter, Party
from goodword.engine.journal.models import Entry
from goodword.voice.cases.actions import replying
from goodword.voice.cases.models import Case

ID, PROMISE = "FB-2.2c", "FB-2.2d"
AT = when("2026-01-05 17:00")


@pytest.fixture
def line() -> Iterator[Line]:
    """WeChat, and WeCom as what is left when it fails."""
    with lines("wechat", "wecom") as line:
        yield line


def wrote(
    outside_id: str, *, at: datetime = AT, text: str = "直播机黑屏了", channel: str = "wechat", **more: object
) -> Taken:
    return arrive(Arrived(channel, outside_id, "open-id-invented", text, at, **more))  # type: ignore[arg-type]


def the_case(taken: Taken) -> Case:
    return Case.objects.get(pk=taken.case_id)


def test_the_receipt_leaves_at_once_keeps_its_hour_and_promises_24(cast: Cast, line: Line) -> None:
    case = the_case(wrote("m1"))
    assert duty(case, ID).due_at == AT + timedelta(hours=1)
    assert duties(case, PROMISE) == []
    deliver(now=AT + timedelta(seconds=5), worker="w")
    assert outcome(duty(case, ID)) == ("met", False)
    assert duty(case, PROMISE).due_at == AT + timedelta(hours=24, seconds=5)
    [letter] = line.given
    assert f"{case.number}" in letter.text
    assert "24 小时内" in letter.text
    assert "查询码" in letter.text


def test_the_code_is_in_the_letter_alone_and_wiped_when_it_has_left(cast: Cast, line: Line) -> None:
    case = the_case(wrote("m1"))
    deliver(now=AT, worker="w")
    code = line.given[0].text.rpartition("查询码：")[2]
    assert len(code) >= 8
    assert not any(code in message.text for message in case.messages.all())
    assert not Letter.objects.get(purpose="receipt").sealed


def test_a_line_that_is_down_for_the_hour_makes_it_late_and_it_climbs(cast: Cast) -> None:
    case = a_case(cast, at=AT, channel="wechat", receipt_later=True)
    rings_in_turn(
        cast, case, ID, ("2026-01-05 17:42", "warned intake"), ("2026-01-05 18:00", "breached intake")
    )


def test_what_the_app_shows_at_once_has_its_receipt_and_what_is_told_to_a_colleague_owes_none(
    cast: Cast,
) -> None:
    assert outcome(duty(a_case(cast, at=AT, channel="app"), ID)) == ("met", False)
    assert duties(a_case(cast, at=AT, channel="hotline"), ID) == []
    assert duties(a_case(cast, at=AT, channel="wechat"), ID) == []


def test_the_same_message_again_is_the_same_case_and_one_receipt(cast: Cast, line: Line) -> None:
    first, again = wrote("m1"), wrote("m1")
    assert (again.case_id, again.is_new) == (first.case_id, False)
    deliver(now=AT, worker="w")
    deliver(now=AT, worker="w")
    assert len(line.given) == 1


def test_the_next_word_goes_to_the_open_case_and_the_answer_goes_out_by_the_channel(
    cast: Cast, line: Line
) -> None:
    case = the_case(wrote("m1"))
    assert wrote("m2", text="还在吗", at=AT + timedelta(minutes=3)).case_id == case.pk
    replying.reply(
        case, by=cast.intake.by, at=AT + timedelta(minutes=5), text="工程师马上联系您。", purpose="progress"
    )
    deliver(now=AT + timedelta(minutes=5), worker="w")
    assert [letter.purpose for letter in line.given] == ["receipt", "progress"]
    assert line.given[1].answers == ("m1", "m2")


def test_a_refused_receipt_goes_by_the_next_channel_and_with_none_left_the_case_says_so(
    cast: Cast, line: Line
) -> None:
    taken = wrote("m1")
    line.refuses = True
    deliver(now=AT, worker="w")
    case = the_case(taken)
    assert Entry.objects.filter(kind="case.message_undelivered", subject_id=str(case.pk)).exists()
    Case.objects.filter(pk=case.pk).update(contact=cast.contact)
    Party.objects.update(contact_id=cast.contact.pk)
    other = wrote("w1", channel="wecom", at=AT + timedelta(minutes=1))
    Party.objects.filter(channel="wecom").update(contact_id=cast.contact.pk)
    assert other.is_new_case
    line.refuses = False
    replying.reply(
        case, by=cast.intake.by, at=AT + timedelta(minutes=2), text="收到。", purpose="first_response"
    )
    Party.objects.filter(channel="wechat").update(gone_at=AT, gone_why="unsubscribed")
    deliver(now=AT + timedelta(minutes=2), worker="w")
    deliver(now=AT + timedelta(minutes=2), worker="w")
    tried = list(
        Letter.objects.filter(purpose="first_response").order_by("pk").values_list("channel", "state")
    )
    assert tried == [("wechat", "failed"), ("wecom", "sent")]
