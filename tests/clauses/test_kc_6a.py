"""KC-6a: customer relations own the register of key customers and coordinate."""

from __future__ import annotations

import pytest
from tests.cast import Cast, Member, a_member, triaged
from tests.clauses.telling import reached_by_hand, stands_in, when

from goodword.base.core.errors import Forbidden
from goodword.base.people.actors import Actor
from goodword.base.people.roles import DEPARTMENTS, ROLES
from goodword.company.customers.actions.revealing import reveal
from goodword.engine.policy.queries import all_clauses
from goodword.voice.cases.actions import coordinating
from goodword.voice.cases.queries.listing import get

ID = "KC-6a"
ROLE, HOME = "customer_relations", "relations"


@pytest.fixture
def holder(cast: Cast) -> Member:
    """系示例 of the department, who holds the role."""
    return a_member("系示例", username="holder", department=HOME, roles=(ROLE,))


def test_the_clause_names_a_role_and_a_department_that_there_are() -> None:
    assert dict(all_clauses()[ID].values) == {"role": ROLE, "department": HOME}
    assert (ROLES[ROLE].clause, HOME in DEPARTMENTS) == (ID, True)


def test_customer_relations_see_every_case_and_coordinate_it(cast: Cast, holder: Member) -> None:
    case = triaged(cast)
    assert get(holder.by, case.number) == case
    (asked,) = coordinating.coordinate(
        case,
        by=holder.by,
        at=when("2026-01-05 12:00"),
        owner=cast.lead.account,
        departments=[cast.department("warehouse")],
        question="能否优先换机?",
    )
    assert asked.asked_by == holder.account


def test_they_keep_the_customers_data_and_others_do_not(cast: Cast, holder: Member) -> None:
    def seen(by: Actor) -> str:
        return reveal(cast.contact, "name", by=by, at=cast.at, reason="核对重点客户台账")

    assert holder.by.has("customers.edit")
    assert seen(holder.by) == "张测试"
    with pytest.raises(Forbidden):
        seen(cast.engineer.by)


def test_the_stand_in_is_reached_while_the_holder_is_away_and_another_holder_is_told_too(
    cast: Cast, holder: Member
) -> None:
    stands_in(cast, holder.account, cast.engineer.account)
    assert reached_by_hand(cast, ROLE, at=when("2026-02-13 12:00")) == ["holder"]
    assert reached_by_hand(cast, ROLE, at=when("2026-02-18 12:00")) == ["chen"]
    a_member("二示例", username="second", department=HOME, roles=(ROLE,))
    assert reached_by_hand(cast, ROLE, at=when("2026-02-26 12:00")) == ["holder", "second"]


def test_what_nobody_holds_reaches_the_head_of_the_department_concerned(cast: Cast) -> None:
    assert reached_by_hand(cast, ROLE, at=when("2026-01-05 12:00")) == ["wu"]
