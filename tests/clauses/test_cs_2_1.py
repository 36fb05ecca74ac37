"""CS-2.1: the satisfaction committee: executives and department heads, to whom complex matters go."""

from __future__ import annotations

from tests.cast import Cast, a_member
from tests.clauses.telling import reached_by_hand, stands_in, when

from goodword.base.people.models import GroupSeat
from goodword.base.people.queries import members_of
from goodword.base.people.roles import GROUPS, ROLES
from goodword.engine.policy.queries import all_clauses

ID = "CS-2.1"
GROUP = "satisfaction_committee"


def seat(cast: Cast) -> None:
    """The general manager 总示例 leads; deputy general manager and heads sit with him."""
    chair = a_member("总示例", username="zong", department="management", roles=("general_manager",))
    members = ((cast.deputy, "deputy"), (cast.technology_head, "member"), (cast.warehouse_head, "member"))
    for member, place in (*members, (chair, "leader")):
        GroupSeat.objects.create(group=GROUP, account=member.account, seat=place)


def test_it_is_made_of_roles_that_there_are_and_that_see_how_the_clauses_fare() -> None:
    values = all_clauses()[ID].values
    assert (values["group"], GROUPS[GROUP][2]) == (GROUP, ID)
    for role in values["members"]:
        assert {"compliance.see", "cases.approve", "cases.coordinate"} <= ROLES[role].rights


def test_what_goes_to_the_committee_reaches_every_member_its_chair_first(cast: Cast) -> None:
    seat(cast)
    assert reached_by_hand(cast, GROUP, at=when("2026-01-05 12:00")) == ["zong", "gao", "wu", "cang"]


def test_a_members_stand_in_is_told_instead(cast: Cast) -> None:
    seat(cast)
    stands_in(cast, cast.technology_head.account, cast.engineer.account)
    assert reached_by_hand(cast, GROUP, at=when("2026-02-18 12:00")) == ["zong", "gao", "chen", "cang"]


def test_late_help_climbs_to_it(cast: Cast) -> None:
    ladder = all_clauses()["CS-3.2b"].binding
    assert ladder is not None
    assert ladder.escalation[-1].to == GROUP
    assert [account.username for account in members_of(GROUP, at=cast.at)] == []
