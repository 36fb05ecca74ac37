"""WM-2.1a: the reputation group: the deputy general manager leads, marketing and service deputise."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from tests.cast import Cast, Member, a_member
from tests.clauses.telling import reached_by_hand, stands_in, when

from goodword.base.people.models import GroupSeat
from goodword.base.people.queries import members_of
from goodword.base.people.roles import DEPARTMENTS, GROUPS, ROLES
from goodword.engine.policy.queries import all_clauses

ID = "WM-2.1a"
GROUP = "reputation_group"


@pytest.fixture
def marketing(cast: Cast) -> Member:
    """The head of marketing 市示例; with whom the group is complete."""
    head = a_member("市示例", username="shi", department="marketing", roles=("department_head",))
    taken = (
        (cast.warehouse_head, "member"),
        (head, "deputy"),
        (cast.deputy, "leader"),
        (cast.lead, "deputy"),
    )
    for member, seat in (*taken, (cast.engineer, "member")):
        GroupSeat.objects.create(group=GROUP, account=member.account, seat=seat)
    return head


def test_its_make_up_names_roles_and_departments_that_there_are() -> None:
    values = all_clauses()[ID].values
    assert (values["group"], values["leader"]) == (GROUP, "deputy_general_manager")
    assert values["leader"] in ROLES
    assert {*values["deputies"], *values["members"]} == {"marketing", "service", "technology", "warehouse"}
    assert set(values["deputies"]) <= DEPARTMENTS.keys()
    assert GROUPS[GROUP][2] == ID


@pytest.mark.usefixtures("marketing")
def test_the_leader_comes_first_and_what_is_escalated_to_the_group_reaches_every_seat(cast: Cast) -> None:
    seated = ["gao", "shi", "zhou", "cang", "chen"]
    at = when("2026-01-05 12:00")
    assert members_of(GROUP, at=at)[0] == cast.deputy.account
    assert {account.username for account in members_of(GROUP, at=at)} == set(seated)
    assert set(reached_by_hand(cast, GROUP, at=at)) == set(seated) - {
        "zhou"
    }  # who escalates need not be told


@pytest.mark.usefixtures("marketing")
def test_a_stand_in_sits_for_whoever_is_away_and_nobody_sits_twice(cast: Cast) -> None:
    stands_in(cast, cast.warehouse_head.account, cast.engineer.account)
    festival = [account.username for account in members_of(GROUP, at=when("2026-02-18 10:00"))]
    assert (festival.count("chen"), "cang" in festival) == (1, False)
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupSeat.objects.create(group=GROUP, account=cast.lead.account, seat="member")
