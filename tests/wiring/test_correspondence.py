"""What comes on a channel finds its conversation, once, whatever its ids and words are made of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db.models import Q
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cast import MONDAY, Cast, make_cast
from tests.support.lines import Line, lines

from goodword.base.core.errors import Invalid
from goodword.base.core.ids import token_digest
from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.actions.sending_again import send_again
from goodword.company.channels.correspondence.actions.arriving import arrive
from goodword.company.channels.correspondence.actions.heard import bounced
from goodword.company.channels.correspondence.actions.letting_in import let_in
from goodword.company.channels.correspondence.arriving import LONGEST_ID, Arrived, ArrivedFile, id_of
from goodword.company.channels.correspondence.models import Arrival, Letter, Party
from goodword.company.channels.correspondence.ways import CHANNELS, CustomerWay, LetterToSend
from goodword.company.channels.models import OutboxMessage
from goodword.engine.attachments.queries import attachments_of
from goodword.engine.journal.models import Entry
from goodword.voice.cases.actions.replying import reply
from goodword.voice.cases.models import Case

MINUTE = timedelta(minutes=1)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def line() -> Iterator[Line]:
    with lines("mail") as line:
        yield line


def mail(outside_id: str, *, of: str = "a@invented.example", **more: object) -> Arrived:
    known = {"text": "镜头花了", "at": MONDAY, "is_talk": False, **more}
    return Arrived("mail", outside_id, of, **known)  # type: ignore[arg-type]


def test_a_mails_sender_is_found_by_the_address_or_written_down(cast: Cast, line: Line) -> None:
    first = Case.objects.get(pk=arrive(mail("m1", name="王某某")).case_id)
    again = Case.objects.get(pk=arrive(mail("m2")).case_id)
    assert first.customer_id is not None
    assert first.pk != again.pk, "another matter, as it answers nothing"
    assert again.customer_id == first.customer_id


def test_an_answer_joins_its_case_and_a_stranger_in_it_waits_to_be_let_in(cast: Cast, line: Line) -> None:
    case = Case.objects.get(pk=arrive(mail("m1")).case_id)
    deliver(now=MONDAY, worker="w")
    receipt = Letter.objects.get().outside_id
    joined = arrive(mail("m2", answers=("unknown", receipt), text="补一张照片", at=MONDAY + MINUTE))
    assert (joined.case_id, joined.is_new_case) == (case.pk, False)
    strange = mail("m3", of="other@invented.example", answers=(receipt,), text="我也一样")
    held = arrive(strange)
    assert (held.held, held.message_id) == ("stranger", None)
    assert case.messages.filter(direction="in").count() == 2
    row = Arrival.objects.get(outside_id="m3")
    assert let_in(row, strange).case_id == case.pk
    assert let_in(row, strange).is_new is False
    assert case.messages.filter(direction="in").count() == 3


@pytest.mark.parametrize("sort", ["is_automatic", "is_forged"])
def test_what_no_customer_wrote_makes_no_case_and_gets_no_receipt(cast: Cast, line: Line, sort: str) -> None:
    assert arrive(mail("m1", **{sort: True})).case_id is None
    assert arrive(mail("m1", **{sort: True})).is_new is False
    assert not Case.objects.exists()
    assert deliver(now=MONDAY, worker="w") == 0
    assert Party.objects.get().last_in_at is None
    assert let_in(Arrival.objects.get(), mail("m1")).is_new_case
    assert deliver(now=MONDAY, worker="w") == 1, "whom a person takes for a customer gets the receipt"
    assert Party.objects.get().case_id == Case.objects.get().pk


def test_files_come_along_and_alone_they_are_a_message_too(cast: Cast, line: Line) -> None:
    png = ArrivedFile("花屏.png", b"\x89PNG\r\n\x1a\n" + bytes(64))
    taken = arrive(mail("m1", text="  ", files=(png,)))
    assert [row.name for row in attachments_of("case", taken.case_id)] == ["花屏.png"]
    with pytest.raises(Invalid):
        arrive(mail("m2", text=" \n"))
    assert not Arrival.objects.filter(outside_id="m2").exists()


@given(st.text(), st.text())
@settings(max_examples=200)
def test_ids_that_differ_stay_two_and_are_kept_whole_or_by_digest(one: str, other: str) -> None:
    kept = id_of(one), id_of(other)
    assert all(len(each) <= LONGEST_ID and not {"\x00", "\r", "\n"} & set(each) for each in kept)
    if one != other and other != kept[0] and one != kept[1]:
        assert kept[0] != kept[1]


@pytest.mark.parametrize(
    "odd", ["m" * 500, "a\x00b", "half \ud800 a character", "<x@y>\r\nBcc: z", "\u202e right to left"]
)
def test_odd_ids_names_and_subjects_are_taken_in_once(cast: Cast, line: Line, odd: str) -> None:
    sent = mail(odd, name=odd, subject=odd, text=f"花屏 {odd}", answers=(odd,), order=odd, device=odd)
    taken = arrive(sent)
    assert taken.is_new_case
    assert arrive(sent) == type(taken)(taken.case_id, taken.message_id, is_new=False)
    case = Case.objects.get(pk=taken.case_id)
    assert not {"\n", "\r", "\x00"} & set(case.subject)


def by_two_channels(cast: Cast) -> Case:
    """A case by WeChat of somebody who is known on WeCom too; all receipts are sent."""
    case = Case.objects.get(pk=arrive(Arrived("wechat", "m1", "invented", "镜头花了", MONDAY)).case_id)
    arrive(Arrived("wecom", "w1", "invented", "还有一件", MONDAY))
    Party.objects.update(contact_id=cast.contact.pk)
    Case.objects.update(contact=cast.contact)
    deliver(now=MONDAY, worker="w")
    return case


def test_a_letter_that_went_by_another_channel_is_not_said_again_by_hand(cast: Cast) -> None:
    with lines("wechat", "wecom") as line:
        case = by_two_channels(cast)
        line.refuses = True
        reply(case, by=cast.intake.by, at=MONDAY, text="马上处理。", purpose="progress")
        deliver(now=MONDAY, worker="w")
        line.refuses = False
        said = len(line.given)
        dead = OutboxMessage.objects.get(way="wechat", state="dead")
        send_again(dead, by=cast.administrator.by, at=MONDAY)
        deliver(now=MONDAY, worker="w")
        assert [letter.channel for letter in Letter.objects.filter(purpose="progress", state="sent")] == [
            "wecom"
        ]
        assert len(line.given) == said + 1
        dead.refresh_from_db()
        assert (dead.state, "其他渠道" in dead.last_error) == ("dead", True)
        assert not Entry.objects.filter(kind="case.message_undelivered").exists()


def test_a_letter_that_comes_back_before_its_leaving_is_written_down_stays_failed(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with lines("wechat", "wecom"):
        case = by_two_channels(cast)
        reply(case, by=cast.intake.by, at=MONDAY, text="马上处理。", purpose="progress")
        letter = Letter.objects.get(purpose="progress")
        Letter.objects.filter(pk=letter.pk).update(outside_id="ours")

        def comes_back(*_: object) -> str:
            bounced("wechat", "ours", why="refused", at=MONDAY + MINUTE / 60, for_good=False)
            return "ours"

        monkeypatch.setitem(CHANNELS, "wechat", CustomerWay("wechat", comes_back, lambda _party, _at: ""))
        deliver(now=MONDAY, worker="w")
        deliver(now=MONDAY + MINUTE, worker="w")
        states = Letter.objects.filter(purpose="progress").order_by("pk").values_list("channel", "state")
        assert list(states) == [("wechat", "failed"), ("wecom", "sent")]


def test_a_receipt_that_came_back_goes_by_the_next_channel_with_a_code_that_opens_the_case(
    cast: Cast,
) -> None:
    with lines("wechat", "wecom") as line:
        case = by_two_channels(cast)
        letter = Letter.objects.get(case_id=case.pk, purpose="receipt")
        told = case.code_digest
        bounced(letter.channel, letter.outside_id, why="refused", at=MONDAY, for_good=False)
        deliver(now=MONDAY, worker="w")
        case.refresh_from_db()
        code = line.given[-1].text.rpartition("：")[2].strip("。 ")
        assert (letter.channel, line.given[-1].letter.channel) == ("wechat", "wecom")
        assert token_digest(code) == case.code_digest != told
        assert not Letter.objects.exclude(sealed="").exists()


def test_of_two_dead_letters_sent_again_at_once_one_goes(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with lines("wechat", "wecom") as line:
        case = by_two_channels(cast)
        line.refuses = True
        reply(case, by=cast.intake.by, at=MONDAY, text="马上处理。", purpose="progress")
        for _ in range(2):
            deliver(now=MONDAY, worker="w")
        line.refuses, said = False, len(line.given)
        for dead in OutboxMessage.objects.filter(state="dead"):
            send_again(dead, by=cast.administrator.by, at=MONDAY)

        def beside(letter: LetterToSend, now: datetime) -> str:
            deliver(now=MONDAY, worker="another lane", which=Q(way="wecom"))
            return line.send(letter, now)

        monkeypatch.setitem(CHANNELS, "wechat", CustomerWay("wechat", beside, lambda _party, _at: ""))
        deliver(now=MONDAY, worker="w", which=Q(way="wechat"))
        assert [given.party.channel for given in line.given[said:]] == ["wechat"]
        assert set(OutboxMessage.objects.filter(way="wecom").values_list("state", flat=True)) == {
            "sent",
            "dead",
        }
