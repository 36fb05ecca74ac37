"""SU-5: the upgrade group: led by the deputy general manager, the head of customer service deputises."""

from __future__ import annotations

from tests.cast import Cast
from tests.clauses.telling import reached_by_hand, stands_in, when

from goodword.base.people.models import GroupSeat
from goodword.base.people.queries import members_of
from goodword.base.people.roles import DEPARTMENTS, GROUPS, ROLES
from goodword.engine.policy.queries import all_clauses

ID = "SU-5"
GROUP = "upgrade_group"


def seat(cast: Cast) -> None:
    """Engineer and warehouse join, the lead deputises, the deputy general manager leads."""
    for member, place in (
        (cast.engineer, "member"),
        (cast.lead, "deputy"),
        (cast.warehouse_head, "member"),
        (cast.deputy, "leader"),
    ):
        GroupSeat.objects.create(group=GROUP, account=member.account, seat=place)


def test_its_make_up_names_roles_and_departments_that_there_are() -> None:
    values = all_clauses()[ID].values
    assert (values["group"], values["leader"], values["deputies"]) == (
        GROUP,
        "deputy_general_manager",
        ["service"],
    )
    assert values["leader"] in ROLES
    assert set(values["members"]) == {"sales", "technology", "equipment", "finance"} <= DEPARTMENTS.keys()
    assert GROUPS[GROUP][2] == ID


def test_whoever_leads_may_decide_on_standards_and_is_reached_first(cast: Cast) -> None:
    seat(cast)
    at = when("2026-01-05 12:00")
    assert [account.username for account in members_of(GROUP, at=at)][:2] == ["gao", "zhou"]
    assert cast.deputy.by.has("policy.approve")
    assert not cast.lead.by.has("policy.approve")
    assert set(reached_by_hand(cast, GROUP, at=at)) == {"gao", "chen", "cang"}


def test_the_leaders_stand_in_leads_while_he_is_away(cast: Cast) -> None:
    seat(cast)
    stands_in(cast, cast.deputy.account, cast.callback.account)
    assert members_of(GROUP, at=when("2026-02-18 10:00"))[0] == cast.callback.account
    assert members_of(GROUP, at=when("2026-02-24 09:00"))[0] == cast.deputy.account
