"""Talking with the customer: what goes out, what comes in, and which clocks it meets."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import Cast, a_case, a_member, carrying_out, done, duty, told, triaged

from goodword.base.core.errors import Forbidden, Invalid, Refused
from goodword.base.people.actors import CUSTOMER
from goodword.engine.journal.queries import entries_of
from goodword.voice.cases.actions import merging, replying, waiting
from goodword.voice.cases.actions.receiving import Word, receive
from goodword.voice.cases.models import Case
from goodword.voice.cases.rules.phrases import PhraseWarning

SOON = timedelta(minutes=15)


def test_a_first_response_reaches_the_customer_and_meets_the_first_response_clock(cast: Cast) -> None:
    case = triaged(cast)
    message = replying.reply(
        case,
        by=cast.engineer.by,
        at=cast.at + SOON,
        text=" 已收到,一小时内联系您。",
        purpose="first_response",
    )
    assert (message.direction, message.channel, message.text) == ("out", "hotline", "已收到,一小时内联系您。")
    assert duty(case, "CS-3.2a").state == "met"
    facts = {"purpose": "first_response", "channel": "hotline", "message": message.pk, "phrases": 0}
    assert told(case, "case.replied") == facts


def test_negative_words_are_held_back_with_a_kinder_wording(cast: Cast) -> None:
    case = triaged(cast)
    with pytest.raises(PhraseWarning) as caught:
        replying.reply(case, by=cast.engineer.by, at=cast.at, text="这个没 办法,不可能修好", purpose="answer")
    warning = caught.value
    assert warning.clauses == ("FB-4.2e",)
    assert [hit.phrase for hit in warning.hits] == ["没办法", "不可能"]
    assert all(hit.zh and hit.en for hit in warning.hits)
    assert case.messages.filter(direction="out").count() == 0


def test_negative_words_in_english_are_found_too(cast: Cast) -> None:
    case = triaged(cast)
    with pytest.raises(PhraseWarning) as caught:
        replying.reply(
            case,
            by=cast.engineer.by,
            at=cast.at,
            text="Impossible, there is nothing we can do.",
            purpose="answer",
        )
    assert [hit.phrase for hit in caught.value.hits] == ["impossible", "nothing we can do"]


def test_who_insists_sends_them_and_it_is_recorded(cast: Cast) -> None:
    case = triaged(cast)
    message = replying.reply(
        case, by=cast.engineer.by, at=cast.at, text="不可能今天到货", purpose="other", anyway=True
    )
    assert (message.anyway, message.phrases) == (True, ["不可能"])
    assert told(case, "case.replied")["phrases"] == 1


def test_kind_words_sent_with_anyway_are_not_marked(cast: Cast) -> None:
    case = triaged(cast)
    message = replying.reply(
        case, by=cast.engineer.by, at=cast.at, text="马上安排", purpose="other", anyway=True
    )
    assert (message.anyway, message.phrases) == (False, [])


def test_an_opinion_meets_the_first_opinion_clock(cast: Cast) -> None:
    case = triaged(cast)
    replying.reply(case, by=cast.engineer.by, at=cast.at + SOON, text="初步判断是电源问题", purpose="opinion")
    assert duty(case, "FB-4.2d").state == "met"
    assert entries_of("case", case.pk).filter(kind="case.opinion_given").count() == 1


def test_progress_keeps_the_promise_of_the_receipt(cast: Cast) -> None:
    case = triaged(cast, channel="app")
    assert duty(case, "FB-2.2d").state == "open"
    replying.reply(case, by=cast.engineer.by, at=cast.at + SOON, text="工程师已在检测", purpose="progress")
    assert duty(case, "FB-2.2d").state == "met"


def test_a_reply_makes_the_writer_a_handler(cast: Cast) -> None:
    case = triaged(cast)
    replying.reply(case, by=cast.callback.by, at=cast.at, text="您好", purpose="other")
    assert case.handlers.filter(person=cast.callback.person).exists()


@pytest.mark.parametrize(("text", "purpose"), [(" \x00 ", "answer"), ("您好", "receipt"), ("您好", "")])
def test_a_reply_needs_words_and_a_purpose_of_a_person(cast: Cast, text: str, purpose: str) -> None:
    with pytest.raises(Invalid):
        replying.reply(triaged(cast), by=cast.engineer.by, at=cast.at, text=text, purpose=purpose)


def test_another_departments_people_do_not_reply(cast: Cast) -> None:
    case = triaged(cast)
    stranger = a_member("李示例", username="li", department="brand", roles=("brand",))
    for by in (stranger.by, cast.administrator.by, CUSTOMER):
        with pytest.raises(Forbidden):
            replying.reply(case, by=by, at=cast.at, text="您好", purpose="answer")


def test_an_ended_case_is_not_replied_to(cast: Cast) -> None:
    case, other = triaged(cast), triaged(cast)
    merging.merge(case, into=other, by=cast.intake.by, at=cast.at + SOON)
    with pytest.raises(Refused, match="merged"):
        replying.reply(case, by=cast.lead.by, at=cast.at + SOON, text="您好", purpose="answer")


def test_what_the_customer_writes_is_kept_and_told(cast: Cast) -> None:
    case = triaged(cast)
    message = replying.customer_wrote(case, text="还没好吗", channel="wechat", at=cast.at + SOON)
    assert (message.direction, message.by, message.case) == ("in", None, case)
    assert told(case, "case.customer_wrote") == {"channel": "wechat", "message": message.pk}
    assert case.handlers.filter(act="wrote").count() == 0


def test_the_same_message_coming_again_is_kept_once(cast: Cast) -> None:
    case = triaged(cast)
    first, again = (
        replying.customer_wrote(case, text="还没好吗", channel="wechat", at=cast.at, outside_id="wx-1")
        for _ in range(2)
    )
    assert first == again
    assert entries_of("case", case.pk).filter(kind="case.customer_wrote").count() == 1


def test_a_message_to_a_merged_case_goes_to_where_it_goes_on(cast: Cast) -> None:
    first, second, last = triaged(cast), triaged(cast), triaged(cast)
    merging.merge(first, into=second, by=cast.intake.by, at=cast.at + SOON)
    merging.merge(second, into=last, by=cast.intake.by, at=cast.at + SOON)
    message = replying.customer_wrote(
        Case.objects.get(pk=first.pk), text="在吗", channel="app", at=cast.at + SOON
    )
    assert message.case == last


def test_the_customers_word_ends_the_wait_and_the_clock_goes_on(cast: Cast) -> None:
    case = triaged(cast)
    waiting.start(case, by=cast.engineer.by, at=cast.at + SOON, what="故障视频")
    assert duty(case, "FB-4.3b").is_paused
    replying.customer_wrote(case, text="视频发您了", channel="wechat", at=cast.at + timedelta(hours=1))
    case.refresh_from_db()
    assert case.waiting_since is None
    assert not duty(case, "FB-4.3b").is_paused


def test_a_closed_case_keeps_what_is_written_and_stays_closed(cast: Cast) -> None:
    case = done(cast)
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=cast.at + timedelta(days=1))
    message = replying.customer_wrote(case, text="又坏了", channel="app", at=cast.at + timedelta(days=2))
    case.refresh_from_db()
    assert (case.state, message.case) == ("closed", case)
    assert told(case, "case.customer_wrote")["message"] == message.pk


def test_a_call_that_reaches_the_customer_with_a_proposal_meets_the_urgent_consultation(cast: Cast) -> None:
    word = Word(text="明天要用一台摄像机,有吗?", channel="hotline", kind="consultation", urgent_need=True)
    case = receive(word, by=cast.intake.by, at=cast.at).case
    assert duty(case, "SU-8b").state == "open"
    replying.call_customer(
        case, by=cast.intake.by, at=cast.at + timedelta(minutes=3), reached=False, note="忙音"
    )
    assert duty(case, "SU-8b").state == "open"
    replying.call_customer(
        case,
        by=cast.intake.by,
        at=cast.at + timedelta(minutes=6),
        reached=True,
        first_proposal="可调一台同型号",
    )
    assert duty(case, "SU-8b").state == "met"
    assert case.messages.get(direction="out").text == "可调一台同型号"
    assert case.notes.get().text == "忙音"


def test_nobody_reached_hears_no_proposal(cast: Cast) -> None:
    with pytest.raises(Invalid):
        replying.call_customer(
            a_case(cast), by=cast.intake.by, at=cast.at, reached=False, first_proposal="可调一台同型号"
        )


def test_remote_guidance_meets_its_clock(cast: Cast) -> None:
    case = triaged(cast, severity="urgent")
    assert duty(case, "WM-2.4a").state == "open"
    replying.start_remote_guidance(case, by=cast.engineer.by, at=cast.at + timedelta(minutes=8))
    assert duty(case, "WM-2.4a").state == "met"


def test_remote_guidance_is_for_those_who_know_the_device_and_before_the_matter_is_done(cast: Cast) -> None:
    case = triaged(cast)
    with pytest.raises(Forbidden):
        replying.start_remote_guidance(case, by=cast.intake.by, at=cast.at)
    with pytest.raises(Refused):
        replying.start_remote_guidance(done(cast), by=cast.engineer.by, at=cast.at + timedelta(hours=3))


def test_the_journal_never_holds_the_words(cast: Cast) -> None:
    case = carrying_out(cast)
    replying.reply(case, by=cast.engineer.by, at=cast.at + SOON, text="独一无二的话", purpose="other")
    assert not [entry for entry in entries_of("case", case.pk) if "独一无二" in str(entry.facts)]
