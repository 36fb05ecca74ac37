"""Closing: one sentence says what is missing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import Cast, a_case, carrying_out, done, triaged

from goodword.base.core.errors import Forbidden, Refused
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases.actions import callback, closing, coordinating, replying, short_way
from goodword.voice.cases.rules import closing as rules

HOUR = timedelta(hours=1)


def lacking(case):
    return [one.clauses for one in rules.missing(case)]


def called_back(cast, **labels):
    case = done(cast, **labels)
    callback.call_back(case, by=cast.callback.by, at=case.done_at + HOUR, solved=True, satisfaction=5)
    return case


def test_what_went_all_the_way_is_closed_and_no_duty_stays_open(cast: Cast):
    case = called_back(cast)
    assert rules.sentence(case) == rules.sentence(case, language="en") == ""
    at = case.changed_at + HOUR
    closing.close(case, by=cast.callback.by, at=at)
    assert (case.state, case.closed_at) == ("closed", at)
    assert case.rounds.get().ended_at == at
    assert not Obligation.objects.filter(subject_id=str(case.pk), state="open").exists()


def test_a_case_just_received_lacks_its_triage(cast: Cast):
    case = a_case(cast, kind="")
    with pytest.raises(Refused) as refused:
        closing.close(case, by=cast.lead.by, at=case.received_at + HOUR)
    assert {"FB-3.1a", "FB-3.1b", "FB-3.2a"} <= set(refused.value.clauses)
    assert refused.value.zh.startswith("工单 #1001 还不能关闭,还差:分类分级(")


def test_a_triaged_complaint_lacks_cause_solution_carrying_out_callback_and_its_open_duties(cast: Cast):
    case = triaged(cast)
    said = rules.sentence(case)
    for part in (
        "认定原因(FB-4.1f)",
        "客户认可的方案(FB-4.2b)",
        "方案执行完毕(FB-4.3b)",
        "独立回访(FB-4.3d、FB-4.3e)",
    ):
        assert part in said
    assert "一般件1个工作日内给意见”(FB-4.2d)" in said
    english = rules.sentence(case, language="en")
    assert english.startswith("Case #1001 cannot be closed yet. Still missing: the cause (FB-4.1f); ")


def test_while_it_is_carried_out_only_the_end_is_missing(cast: Cast):
    named = [clause for clauses in lacking(carrying_out(cast)) for clause in clauses]
    assert "FB-4.1f" not in named
    assert "FB-4.2b" not in named
    assert {"FB-4.3b", "FB-4.3d", "FB-4.3e"} <= set(named)


def test_a_duty_that_a_missing_step_stands_for_is_named_once(cast: Cast):
    case = done(cast)
    assert lacking(case) == [("FB-4.3d", "FB-4.3e")]
    with pytest.raises(Refused) as refused:
        closing.close(case, by=cast.lead.by, at=case.done_at + HOUR)
    assert refused.value.clauses == ("FB-4.3d", "FB-4.3e")


def test_help_that_is_still_owed_keeps_the_case_open(cast: Cast):
    case = called_back(cast)
    asked = coordinating.ask_help(
        case, by=cast.lead.by, at=case.changed_at, department=cast.department("warehouse"), question="库存?"
    )
    assert lacking(case) == [("CS-3.2b",)]
    coordinating.answer_help(
        asked, by=cast.warehouse_head.by, at=case.changed_at + HOUR, kind="solution", text="有"
    )
    closing.close(case, by=cast.lead.by, at=case.changed_at + 2 * HOUR)
    assert case.state == "closed"


def test_a_consultation_lacks_its_answer(cast: Cast):
    case = triaged(cast, kind="consultation", text="请问押金多少?")
    assert ("SU-8a",) in lacking(case)
    short_way.answer(case, by=cast.lead.by, at=case.changed_at, text="押金两千元,归还后三日内退。")
    closing.close(case, by=cast.lead.by, at=case.changed_at)
    assert case.state == "closed"


def test_a_suggestion_that_is_not_adopted_is_closed_once_the_customer_knows_why(cast: Cast):
    case = triaged(cast, kind="suggestion", severity="suggestion")
    assert ("FB-2.2f",) in lacking(case)
    at = case.changed_at + HOUR
    short_way.assess(case, by=cast.lead.by, at=at, verdict="no", reason="成本太高", told=False)
    with pytest.raises(Refused) as refused:
        closing.close(case, by=cast.lead.by, at=at)
    assert "理由" in refused.value.zh
    replying.reply(
        case, by=cast.lead.by, at=at, text="谢谢您的建议,目前成本偏高,先不采纳。", purpose="answer"
    )
    closing.close(case, by=cast.lead.by, at=at)
    assert case.state == "closed"


def test_closed_stays_closed(cast: Cast):
    case = called_back(cast)
    closing.close(case, by=cast.lead.by, at=case.changed_at)
    with pytest.raises(Refused):
        closing.close(case, by=cast.lead.by, at=case.changed_at)


def test_an_engineer_does_not_close(cast: Cast):
    case = called_back(cast)
    with pytest.raises(Forbidden):
        closing.close(case, by=cast.engineer.by, at=case.changed_at)
