"""FB-2.2b: online chat is answered by a person within 30 seconds."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.cast import Cast
from tests.clauses.telling import SECOND, outcome, rings_in_turn, when
from tests.support.appbox import opened, wrote

from goodword.base.people.actors import CUSTOMER
from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.app.models import ChatLine, ChatTurn
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases.actions import merging, replying, withdrawing
from goodword.voice.cases.models import Case, Message

ID = "FB-2.2b"
AT = when("2026-01-05 10:00")


@pytest.fixture(autouse=True)
def chat(cast: Cast) -> None:
    opened()


def owed() -> list[Obligation]:
    return list(Obligation.objects.filter(clause_id=ID).order_by("started_at"))


def answer(cast: Cast, case_id: object, at: datetime, *, channel: str = "") -> Message:
    case = Case.objects.get(pk=case_id)
    return replying.reply(
        case, by=cast.intake.by, at=at, text="您好，我在。", purpose="first_response", channel=channel
    )


def test_the_first_word_starts_thirty_seconds_that_a_persons_answer_meets(cast: Cast) -> None:
    taken = wrote(at=AT)
    [duty] = owed()
    assert (duty.started_at, duty.due_at) == (AT, AT + timedelta(seconds=30))
    answer(cast, taken.case_id, AT + timedelta(seconds=30))
    assert outcome(owed()[0]) == ("met", False)
    assert ChatTurn.objects.get().answered_by == cast.intake.account


def test_automatic_words_are_no_answer_and_the_ladder_is_climbed(cast: Cast) -> None:
    wrote(at=AT)
    deliver(now=AT + SECOND, worker="w")
    assert ChatLine.objects.get().automatic
    rings_in_turn(
        cast,
        ChatTurn.objects.get(),
        ID,
        ("2026-01-05 10:00:21", "warned intake"),
        ("2026-01-05 10:00:30", "breached intake"),
        ("2026-01-05 10:10:30", "escalated lead"),
    )


def test_an_answer_after_31_seconds_is_late_for_good(cast: Cast) -> None:
    taken = wrote(at=AT)
    answer(cast, taken.case_id, AT + timedelta(seconds=31))
    assert outcome(owed()[0]) == ("met", True)


def test_within_the_talk_nothing_starts_and_after_a_pause_it_does(cast: Cast) -> None:
    taken = wrote(at=AT)
    wrote("在吗", at=AT + timedelta(seconds=10))
    answer(cast, taken.case_id, AT + timedelta(seconds=20))
    wrote("好的，型号是示例一号", at=AT + timedelta(minutes=20))
    assert len(owed()) == 1
    again = wrote("又没声音了", at=AT + timedelta(minutes=50))
    assert again.case_id == taken.case_id
    assert [duty.started_at for duty in owed()] == [AT, AT + timedelta(minutes=50)]


def test_out_of_hours_no_clock_runs_until_they_speak_when_somebody_is_there(cast: Cast) -> None:
    opened(calendar="office")
    night = when("2026-01-06 03:00")
    wrote(at=night)
    assert owed() == []
    assert not ChatTurn.objects.get().in_hours
    morning = when("2026-01-06 10:00")
    wrote("有人吗", at=morning)
    assert [duty.started_at for duty in owed()] == [morning]
    assert ChatTurn.objects.filter(ended_at=None).count() == 1


def test_a_word_elsewhere_is_no_answer_a_telephone_call_is(cast: Cast) -> None:
    taken = wrote(at=AT)
    answer(cast, taken.case_id, AT + SECOND, channel="mail")
    assert owed()[0].state == "open"
    case = Case.objects.get(pk=taken.case_id)
    replying.call_customer(case, by=cast.intake.by, at=AT + 2 * SECOND, reached=False)
    assert owed()[0].state == "open"
    replying.call_customer(case, by=cast.intake.by, at=AT + 3 * SECOND, reached=True)
    assert outcome(owed()[0]) == ("met", False)


def test_a_form_and_other_channels_are_no_chat(cast: Cast) -> None:
    wrote(at=AT, is_talk=False)
    wrote(at=AT, channel="shop", user="buyer-invented")
    assert owed() == []


def test_who_takes_it_back_waits_for_nobody_and_a_merged_case_waits_on(cast: Cast) -> None:
    first, second = wrote(at=AT), wrote(at=AT, user="user:other")
    withdrawing.withdraw(Case.objects.get(pk=first.case_id), by=CUSTOMER, at=AT + SECOND, reason="不用了")
    assert [duty.state for duty in owed()].count("released") == 1
    target = wrote("同一件事", at=AT, user="user:other-2", is_talk=False)
    merging.merge(
        Case.objects.get(pk=second.case_id),
        into=Case.objects.get(pk=target.case_id),
        by=cast.intake.by,
        at=AT + SECOND,
    )
    answer(cast, target.case_id, AT + 5 * SECOND)
    assert sorted(duty.state for duty in owed()) == ["met", "released"]
