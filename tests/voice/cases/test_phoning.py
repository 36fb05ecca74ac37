"""FB-3.2b: urgent feedback rings the head of the department, and the next in line."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import Cast, triaged

from goodword.base.core.errors import Forbidden, Refused
from goodword.engine.journal.models import Entry
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases import jobs
from goodword.voice.cases.actions import phoning, triaging, withdrawing

MINUTE = timedelta(minutes=1)


def facts(case, kind):
    return [e.facts for e in Entry.objects.filter(subject_id=str(case.pk), kind=kind).order_by("number")]


def duty(case):
    return Obligation.objects.get(subject_id=str(case.pk), clause_id="FB-3.2b")


def test_an_urgent_case_has_its_departments_head_rung_first(cast: Cast):
    case = triaged(cast, severity="urgent")
    task = case.phone_tasks.get()
    assert task.target == cast.technology_head.account
    assert task.next_at == task.opened_at + 5 * MINUTE
    assert duty(case).state == "open"


@pytest.mark.parametrize(
    "labels", [{"severity": "general"}, {"severity": "urgent", "kind": "praise"}], ids=["general", "praise"]
)
def test_nobody_is_rung_where_the_duty_does_not_apply(cast: Cast, labels):
    assert not triaged(cast, **labels).phone_tasks.exists()


def test_reaching_the_head_meets_the_duty_and_ends_the_task(cast: Cast):
    case = triaged(cast, severity="urgent")
    at = case.changed_at + 3 * MINUTE
    task = phoning.record_call(case.phone_tasks.get(), by=cast.intake.by, at=at, reached=True, note="已告知")
    assert (task.state, task.ended_at, task.next_at) == ("reached", at, None)
    assert facts(case, "case.head_rung") == [
        {"outcome": "reached", "attempt": 1, "target": cast.technology_head.pk}
    ]
    assert facts(case, "case.head_reached") == [{"target": cast.technology_head.pk}]
    assert duty(case).state == "met"
    assert case.handlers.filter(account=cast.intake.account).exists()
    with pytest.raises(Refused) as refused:
        phoning.record_call(task, by=cast.intake.by, at=at, reached=True)
    assert refused.value.clauses == ("FB-3.2b",)


def test_who_is_not_reached_is_followed_by_the_next_and_after_the_last_by_the_first(cast: Cast):
    case = triaged(cast, severity="urgent")
    task, at = case.phone_tasks.get(), case.changed_at
    rung = [task.target]
    for _turn in range(3):
        at += MINUTE
        phoning.record_call(task, by=cast.lead.by, at=at, reached=False)
        assert task.next_at == at + 5 * MINUTE
        rung.append(task.target)
    head, lead, deputy = (m.account for m in (cast.technology_head, cast.lead, cast.deputy))
    assert rung == [head, lead, deputy, head]
    assert [a.target for a in task.attempts.order_by("pk")] == [head, lead, deputy]
    assert [f["attempt"] for f in facts(case, "case.head_rung")] == [1, 2, 3]
    assert duty(case).state == "open"


def test_when_nobody_answers_in_time_the_worker_passes_the_call_on_once(cast: Cast):
    case = triaged(cast, severity="urgent")
    task = case.phone_tasks.get()
    assert phoning.move_on(task.next_at - timedelta(seconds=1)) == 0
    much_later = task.next_at + 120 * MINUTE
    assert jobs.ring_next_in_line(much_later) == 1
    assert phoning.move_on(much_later) == 0
    task.refresh_from_db()
    assert (task.target, task.next_at) == (cast.lead.account, much_later + 5 * MINUTE)
    assert [f["outcome"] for f in facts(case, "case.head_rung")] == ["no_answer"]
    assert task.attempts.get().by is None


def test_a_case_that_ended_is_not_rung_about(cast: Cast):
    case = triaged(cast, severity="urgent")
    task = case.phone_tasks.get()
    withdrawing.withdraw(case, by=cast.intake.by, at=case.changed_at + MINUTE, reason="客户说不用了")
    assert phoning.move_on(task.next_at) == 0
    task.refresh_from_db()
    assert task.state == "dropped"


def relabel(cast, case, *, at, severity, department):
    triaging.triage(
        case, by=cast.intake.by, at=at, kind="complaint", content="device", severity=severity,
        subclass="fault", department=cast.department(department),
    )  # fmt: skip


def test_labelled_general_again_the_call_is_dropped_in_its_turn(cast: Cast):
    case = triaged(cast, severity="urgent")
    task = case.phone_tasks.get()
    relabel(cast, case, at=case.changed_at + MINUTE, severity="general", department="technology")
    assert phoning.move_on(task.next_at) == 0
    task.refresh_from_db()
    assert task.state == "dropped"


def test_sent_to_another_department_the_other_head_is_rung_instead(cast: Cast):
    case = triaged(cast, severity="urgent")
    relabel(cast, case, at=case.changed_at + MINUTE, severity="urgent", department="warehouse")
    targets = case.phone_tasks.order_by("pk").values_list("state", "target")
    assert list(targets) == [("dropped", cast.technology_head.pk), ("open", cast.warehouse_head.pk)]


def test_triaged_again_for_the_same_department_nobody_is_rung_twice(cast: Cast):
    case = triaged(cast, severity="urgent")
    phoning.record_call(case.phone_tasks.get(), by=cast.intake.by, at=case.changed_at + MINUTE, reached=True)
    relabel(cast, case, at=case.changed_at + MINUTE, severity="urgent", department="technology")
    assert case.phone_tasks.count() == 1


def test_without_the_right_no_call_is_recorded(cast: Cast):
    case = triaged(cast, severity="urgent")
    with pytest.raises(Forbidden):
        phoning.record_call(
            case.phone_tasks.get(), by=cast.administrator.by, at=case.changed_at + MINUTE, reached=True
        )
