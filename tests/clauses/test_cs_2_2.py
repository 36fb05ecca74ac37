"""CS-2.2: the departments and their part."""

from __future__ import annotations

import pytest
from tests.cast import Cast, a_member, triaged
from tests.clauses.telling import stands_in, when

from goodword.base.core.errors import Forbidden, NotFound
from goodword.base.people.models import Department
from goodword.base.people.queries import call_chain, head_of
from goodword.base.people.roles import DEPARTMENTS
from goodword.engine.policy.queries import all_clauses
from goodword.voice.cases.actions import handing_over, investigating
from goodword.voice.cases.queries.listing import get

ID = "CS-2.2"


@pytest.mark.django_db
def test_every_department_of_the_clause_is_there_in_both_languages() -> None:
    named = set(all_clauses()[ID].values["departments"])
    assert named == {"service", "product", "technology", "marketing", "hr", "finance"}
    assert named <= DEPARTMENTS.keys()
    rows = Department.objects.filter(code__in=named)
    assert all(row.name_zh and row.name_en for row in rows)
    assert rows.count() == len(named)


def test_service_receives_and_coordinates_technology_solves(cast: Cast) -> None:
    assert cast.intake.by.has("cases.receive")
    assert cast.lead.by.has("cases.coordinate")
    assert not cast.engineer.by.has("cases.receive")
    case = triaged(cast)
    assert (
        investigating.start(case, by=cast.engineer.by, at=when("2026-01-05 11:00")).state == "investigating"
    )


def test_a_department_works_on_its_own_cases_and_finds_no_others(cast: Cast) -> None:
    case = triaged(cast)
    stranger = a_member("财示例", username="cai", department="finance", roles=("finance",))
    with pytest.raises(NotFound):
        get(stranger.by, case.number)
    with pytest.raises(Forbidden):
        investigating.start(case, by=stranger.by, at=when("2026-01-05 11:00"))
    finance = cast.department("finance")
    at = when("2026-01-05 12:00")
    handing_over.hand_over(
        case, by=cast.lead.by, at=at, department=finance, assignee=stranger.account, complete=True
    )
    assert get(stranger.by, case.number) == case


def test_each_has_a_head_whose_stand_in_bears_what_the_head_bears(cast: Cast) -> None:
    stands_in(cast, cast.warehouse_head.account, cast.engineer.account)
    festival = when("2026-02-18 10:00")
    assert head_of("warehouse", at=festival) == cast.engineer.account
    assert call_chain("warehouse", at=festival)[0] == cast.engineer.account
    assert head_of("warehouse", at=when("2026-02-24 09:00")) == cast.warehouse_head.account
