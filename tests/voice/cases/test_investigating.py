"""The investigation of a round: its start meets the clock, its finding is a written record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.cast import Cast, a_case, agreed, duty, proposed, started, told, triaged

from goodword.base.core.errors import Forbidden, Invalid, Refused
from goodword.voice.cases.actions import investigating
from goodword.voice.cases.models import Case

FOUND: dict[str, Any] = {"cause": "device_aging", "responsible_party": "carrier", "note": "运输中磕碰"}


def test_starting_meets_the_general_clock_and_remembers_who_and_when(cast: Cast) -> None:
    case = triaged(cast)
    begun_at = cast.at + timedelta(minutes=30)
    investigating.start(case, by=cast.engineer.by, at=begun_at)
    current = case.rounds.get()
    assert case.state == "investigating"
    assert (current.investigator, current.investigation_started_at) == (cast.engineer.account, begun_at)
    assert duty(case, "FB-4.1b").state == "met"
    assert case.handlers.filter(person=cast.engineer.person).exists()


def test_an_urgent_investigation_begun_after_an_hour_is_late_for_ever(cast: Cast) -> None:
    case = triaged(cast, severity="urgent")
    due_at = cast.at + timedelta(minutes=65)
    assert duty(case, "FB-4.1a").due_at == due_at
    investigating.start(case, by=cast.engineer.by, at=due_at + timedelta(seconds=1))
    met = duty(case, "FB-4.1a")
    assert (met.state, met.breached_at) == ("met", due_at)


def test_whoever_starts_becomes_the_assignee_where_there_is_none(cast: Cast) -> None:
    case = triaged(cast)
    Case.objects.filter(pk=case.pk).update(assignee=None)
    investigating.start(case, by=cast.technology_head.by, at=cast.at + timedelta(minutes=10))
    assert case.assignee == cast.technology_head.account
    assert told(case, "case.investigation_started") == {"assignee": cast.technology_head.pk}


def test_the_assignee_stays_when_a_colleague_starts(cast: Cast) -> None:
    case = triaged(cast)
    investigating.start(case, by=cast.technology_head.by, at=cast.at + timedelta(minutes=10))
    assert case.assignee == cast.engineer.account


def test_a_round_is_investigated_once(cast: Cast) -> None:
    case = started(cast)
    with pytest.raises(Refused) as caught:
        investigating.start(case, by=cast.engineer.by, at=cast.at + timedelta(hours=1))
    assert caught.value.clauses == ("FB-4.1a", "FB-4.1b")


def test_an_untriaged_case_and_an_agreed_one_are_not_investigated(cast: Cast) -> None:
    for case in (a_case(cast), agreed(cast)):
        with pytest.raises(Refused):
            investigating.start(case, by=cast.lead.by, at=cast.at + timedelta(hours=2))


def test_another_department_does_not_investigate(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        investigating.start(triaged(cast), by=cast.warehouse_head.by, at=cast.at)


def test_an_intake_agent_works_on_the_service_case_assigned_to_him(cast: Cast) -> None:
    case = triaged(cast, content="service", department="service", assignee=cast.intake)
    assert (
        investigating.start(case, by=cast.intake.by, at=cast.at + timedelta(minutes=9)).state
        == "investigating"
    )


def test_the_finding_is_kept_with_the_round_and_may_be_corrected(cast: Cast) -> None:
    case = started(cast)
    at = cast.at + timedelta(minutes=40)
    investigating.record_cause(case, by=cast.engineer.by, at=at, **FOUND)
    ours = {"cause": "missed_in_check", "responsible_party": "company", "note": "出库单漏检"}
    investigating.record_cause(
        case, by=cast.engineer.by, at=at, **ours, department=cast.department("warehouse")
    )
    current = case.rounds.get()
    assert (current.cause, current.responsible_party, current.cause_note) == tuple(ours.values())
    assert current.responsible_department == cast.department("warehouse")
    assert told(case, "case.cause_recorded") == {"cause": "missed_in_check", "responsible_party": "company"}


def test_a_department_is_kept_only_where_the_company_answers_for_it(cast: Cast) -> None:
    case = started(cast)
    investigating.record_cause(
        case,
        by=cast.engineer.by,
        at=cast.at + timedelta(hours=1),
        **FOUND,
        department=cast.department("brand"),
    )
    assert case.rounds.get().responsible_department is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"cause": "bad_luck"}, "cause"),
        ({"responsible_party": "the_moon"}, "responsible_party"),
        ({"responsible_party": "company"}, "department"),
        ({"note": " "}, "note"),
    ],
)
def test_a_finding_is_complete_or_refused_with_its_clause(
    cast: Cast, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        investigating.record_cause(started(cast), by=cast.engineer.by, at=cast.at, **{**FOUND, **wrong})
    assert caught.value.clauses == ("FB-4.1f",)
    assert set(caught.value.fields) == {field}


def test_a_finding_needs_an_investigation_of_this_round(cast: Cast) -> None:
    case = started(cast)
    case.rounds.update(investigation_started_at=None)
    with pytest.raises(Refused) as caught:
        investigating.record_cause(case, by=cast.engineer.by, at=cast.at, **FOUND)
    assert "FB-4.1a" in caught.value.clauses
    with pytest.raises(Refused):
        investigating.record_cause(triaged(cast), by=cast.engineer.by, at=cast.at, **FOUND)


def test_a_finding_may_be_corrected_while_the_solution_is_discussed_but_not_once_agreed(cast: Cast) -> None:
    case = proposed(cast)
    investigating.record_cause(case, by=cast.engineer.by, at=cast.at + timedelta(hours=1), **FOUND)
    assert case.state == "proposed"
    with pytest.raises(Refused):
        investigating.record_cause(
            agreed(cast), by=cast.engineer.by, at=cast.at + timedelta(hours=2), **FOUND
        )
