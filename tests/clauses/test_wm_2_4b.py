"""WM-2.4b: the technical supporter has at least three years with the equipment."""

from __future__ import annotations

import pytest
from tests.cast import Cast, Member, a_member
from tests.clauses.telling import new_edition, reached_by_hand, refused_by, stands_in, when

from goodword.base.core.errors import Forbidden
from goodword.base.people.queries import actor_for, on_duty
from goodword.base.people.roles import ROLES
from goodword.engine.journal.models import Entry
from goodword.engine.policy.queries import all_clauses
from goodword.wiring.administration.experience import record_experience
from goodword.wiring.administration.people import give_role, take_role

ID = "WM-2.4b"
ROLE, HOME = "reputation_supporter", "technology"
AT = when("2026-01-05 11:00")


@pytest.fixture
def chosen(cast: Cast) -> Member:
    """支示例, who holds no role yet."""
    return a_member("支示例", username="chosen", department=HOME, roles=())


def give(cast: Cast, member: Member) -> None:
    """The administrator gives the role."""
    give_role(member.account, ROLE, department=cast.department(HOME), by=cast.administrator.by, at=AT)


@pytest.mark.parametrize("since", ["2023-01-06", None])
def test_less_than_three_years_are_refused_and_three_are_enough(
    cast: Cast, chosen: Member, since: str | None
) -> None:
    by = cast.administrator.by
    if since:
        record_experience(chosen.person, since=when(since).date(), by=by, at=AT)
    with refused_by(ID) as refusal:
        give(cast, chosen)
    assert "3 年" in refusal.value.zh
    assert not chosen.account.grants.exists()
    record_experience(chosen.person, since=when("2023-01-05").date(), by=by, at=AT)
    give(cast, chosen)
    assert on_duty(ROLE, at=AT, department=HOME) == [chosen.account]
    kinds = Entry.objects.filter(subject_type="company").order_by("pk").values_list("kind", flat=True)
    assert list(kinds)[-2:] == ["company.experience_recorded", "company.role_given"]


def test_how_many_years_is_the_companys_to_set(cast: Cast, chosen: Member) -> None:
    new_edition(cast, ID, holds_from="2026-01-05", experience_years=0)
    give(cast, chosen)
    assert chosen.account.grants.get().role == ROLE


def test_only_who_manages_people_gives_it_and_records_experience(cast: Cast, chosen: Member) -> None:
    for step in (
        lambda: give_role(chosen.account, ROLE, department=cast.department(HOME), by=cast.lead.by, at=AT),
        lambda: record_experience(chosen.person, since=AT.date(), by=cast.lead.by, at=AT),
    ):
        with pytest.raises(Forbidden):
            step()


def test_what_the_role_may_do_and_until_when(cast: Cast, chosen: Member) -> None:
    record_experience(chosen.person, since=when("2023-01-05").date(), by=cast.administrator.by, at=AT)
    give(cast, chosen)
    holder = actor_for(chosen.account, at=AT)
    assert (ROLES[ROLE].clause, dict(all_clauses()[ID].values)["department"]) == (ID, HOME)
    assert holder.has("cases.guide", department=HOME)
    assert holder.has("cases.guide", department="finance"), "guidance is theirs wherever the urgent case lies"
    assert not holder.has("cases.solve", department="finance")
    later = when("2026-01-06 10:00")
    take_role(chosen.account, ROLE, department=cast.department(HOME), by=cast.administrator.by, at=later)
    assert not actor_for(chosen.account, at=later).plays(ROLE)


def test_a_stand_in_is_reached_while_the_holder_is_away(cast: Cast) -> None:
    holder = a_member("支示例", username="holder", department=HOME, roles=(ROLE,))
    stands_in(cast, holder.account, cast.engineer.account)
    assert reached_by_hand(cast, ROLE, at=when("2026-02-13 12:00")) == ["holder"]
    assert reached_by_hand(cast, ROLE, at=when("2026-02-18 12:00")) == ["chen"]
