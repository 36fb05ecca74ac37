"""Consultations, suggestions and praise take the short way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import Cast, a_case, triaged

from goodword.base.core.errors import Forbidden, Invalid, Refused
from goodword.engine.journal.models import Entry
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases.actions import short_way
from goodword.voice.cases.rules.phrases import PhraseWarning

MINUTE = timedelta(minutes=1)


def kinds(case):
    return list(
        Entry.objects.filter(subject_id=str(case.pk)).order_by("number").values_list("kind", flat=True)
    )


def open_duties(case):
    rows = Obligation.objects.filter(subject_id=str(case.pk), state="open")
    return set(rows.values_list("clause_id", flat=True))


def consultation(cast):
    return triaged(cast, kind="consultation", content="other", text="请问周末送货吗?", department="service")


def test_a_consultation_is_answered_and_done_and_owes_nothing_more(cast: Cast):
    case = consultation(cast)
    assert "SU-8a" in open_duties(case)
    at = case.changed_at + MINUTE
    short_way.answer(case, by=cast.lead.by, at=at, text="周末也送,请提前一天预约。", channel="wechat")
    message = case.messages.get(direction="out")
    assert (message.purpose, message.channel) == ("answer", "wechat")
    assert (case.state, case.done_at, case.rounds.get().done_at) == ("done", at, at)
    assert kinds(case)[-2:] == ["case.replied", "case.answered"]
    assert open_duties(case) == set()


def test_an_answer_with_a_negative_phrase_is_warned_of_and_nothing_is_written(cast: Cast):
    case = consultation(cast)
    with pytest.raises(PhraseWarning):
        short_way.answer(case, by=cast.lead.by, at=case.changed_at, text="没办法送。")
    case.refresh_from_db()
    assert case.state == "triaged"
    assert not case.messages.filter(direction="out").exists()
    short_way.answer(case, by=cast.lead.by, at=case.changed_at, text="没办法送。", anyway=True)
    assert case.state == "done"
    assert case.messages.get(direction="out").anyway


def test_only_triaged_consultations_are_answered_this_way(cast: Cast):
    with pytest.raises(Refused):
        short_way.answer(triaged(cast), by=cast.lead.by, at=cast.at, text="您好")
    with pytest.raises(Refused):
        short_way.answer(a_case(cast, kind="consultation"), by=cast.lead.by, at=cast.at, text="您好")


def test_who_may_not_answer_alone_is_refused(cast: Cast):
    case = triaged(cast, kind="consultation")
    with pytest.raises(Forbidden):
        short_way.answer(case, by=cast.engineer.by, at=case.changed_at, text="您好")


def test_praise_is_acknowledged_in_writing_or_by_voice(cast: Cast):
    case = triaged(cast, kind="praise", severity="suggestion")
    short_way.acknowledge(case, by=cast.lead.by, at=case.changed_at)
    short_way.acknowledge(case, by=cast.lead.by, at=case.changed_at, text="谢谢您的表扬!")
    facts = [e.facts for e in Entry.objects.filter(subject_id=str(case.pk), kind="case.acknowledged")]
    assert facts == [{}, {"message": case.messages.get(direction="out").pk}]
    assert case.state == "triaged"


@pytest.mark.parametrize("verdict", short_way.VERDICTS)
def test_a_suggestion_is_assessed_and_the_customer_told(cast: Cast, verdict):
    case = triaged(cast, kind="suggestion", severity="suggestion")
    assert "FB-4.1b" in open_duties(case)
    short_way.assess(
        case, by=cast.lead.by, at=case.changed_at, verdict=verdict, reason="已列入计划", told=True
    )
    assert (case.state, case.assessment, case.assessment_reason) == ("done", verdict, "已列入计划")
    assert case.messages.get(direction="out").text == "已列入计划"
    assert Entry.objects.get(subject_id=str(case.pk), kind="case.assessed").facts == {"verdict": verdict}
    assert open_duties(case) == set()


def test_an_assessment_that_is_not_told_yet_writes_to_nobody(cast: Cast):
    case = triaged(cast, kind="suggestion", severity="suggestion")
    short_way.assess(case, by=cast.lead.by, at=case.changed_at, verdict="later", reason="待预算", told=False)
    assert not case.messages.filter(direction="out").exists()


def test_an_assessment_needs_a_verdict_and_a_reason(cast: Cast):
    case = triaged(cast, kind="suggestion", severity="suggestion")
    with pytest.raises(Invalid) as invalid:
        short_way.assess(case, by=cast.lead.by, at=case.changed_at, verdict="maybe", reason=" ", told=False)
    assert set(invalid.value.fields) == {"verdict", "reason"}


def test_a_complaint_is_not_assessed_away(cast: Cast):
    case = triaged(cast)
    with pytest.raises(Refused):
        short_way.assess(case, by=cast.lead.by, at=case.changed_at, verdict="no", reason="不", told=False)
    with pytest.raises(Refused):
        short_way.acknowledge(case, by=cast.lead.by, at=case.changed_at)
