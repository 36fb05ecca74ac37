"""The standing groups: who is seated, by whom, journalled, and whether the clause's make-up is there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import Cast, Member, a_member, make_cast

from goodword.base.core import clock
from goodword.base.core.errors import Forbidden, Invalid, NotFound, Refused
from goodword.base.people.actions.rosters import go_away
from goodword.base.people.models import Account, GroupSeat
from goodword.base.people.queries import members_of
from goodword.engine.journal.models import Entry
from goodword.wiring.administration import groups
from goodword.wiring.administration.make_up import make_up
from goodword.wiring.administration.standing import heads, in_group, in_role

pytestmark = pytest.mark.django_db

GROUP = "reputation_group"


@pytest.fixture
def cast() -> Cast:
    return make_cast(clock.now() - timedelta(days=2))


def seat(cast: Cast, member: Member, place: str = "member", group: str = GROUP) -> GroupSeat:
    return groups.seat(member.account, group, place=place, by=cast.administrator.by, at=clock.now())


def journalled() -> list[tuple[str, dict[str, object]]]:
    rows = Entry.objects.filter(kind__startswith="company.group_").order_by("pk")
    return [(entry.kind.removeprefix("company.group_"), entry.facts) for entry in rows]


def test_a_seat_is_given_changed_and_taken_and_each_is_journalled_once(cast: Cast) -> None:
    engineer = cast.engineer.pk
    seat(cast, cast.engineer)
    seat(cast, cast.engineer)
    seat(cast, cast.engineer, "deputy")
    assert members_of(GROUP, at=clock.now()) == [cast.engineer.account]
    for expected in (True, False):
        taken = groups.unseat(cast.engineer.account, GROUP, by=cast.administrator.by, at=clock.now())
        assert taken is expected
    assert journalled() == [
        ("seated", {"group": GROUP, "account": engineer, "seat": "member"}),
        ("seated", {"group": GROUP, "account": engineer, "seat": "deputy"}),
        ("unseated", {"group": GROUP, "account": engineer}),
    ]


def test_a_group_has_one_leader_until_he_gives_way(cast: Cast) -> None:
    seat(cast, cast.deputy, "leader")
    seat(cast, cast.deputy, "leader")
    with pytest.raises(Refused) as refusal:
        seat(cast, cast.lead, "leader")
    assert refusal.value.clauses == ("WM-2.1a",)
    seat(cast, cast.lead, "leader", "upgrade_group")
    seat(cast, cast.deputy, "member")
    seat(cast, cast.lead, "leader")
    assert [account.username for account in members_of(GROUP, at=clock.now())] == ["zhou", "gao"]


def test_a_person_sits_once_however_many_accounts(cast: Cast) -> None:
    second = a_member("陈二号", username="chen2", department="service", roles=())
    Account.objects.filter(pk=second.pk).update(person=cast.engineer.person)
    second.account.refresh_from_db()
    seat(cast, cast.engineer)
    with pytest.raises(Refused):
        seat(cast, second)
    Account.objects.filter(pk=cast.callback.pk).update(is_active=False)
    cast.callback.account.refresh_from_db()
    with pytest.raises(Refused):
        seat(cast, cast.callback)
    assert GroupSeat.objects.count() == 1


def test_who_manages_people_seats_and_only_where_there_is_a_place(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        groups.seat(cast.engineer.account, GROUP, place="member", by=cast.lead.by, at=clock.now())
    with pytest.raises(Forbidden):
        groups.unseat(cast.engineer.account, GROUP, by=cast.lead.by, at=clock.now())
    with pytest.raises(NotFound):
        seat(cast, cast.engineer, group="no_such_group")
    with pytest.raises(Invalid):
        seat(cast, cast.engineer, "chairman")
    assert journalled() == []


def test_who_is_away_is_shown_with_the_stand_in(cast: Cast) -> None:
    seat(cast, cast.engineer)
    seat(cast, cast.deputy, "leader")
    now = clock.now()
    span = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(days=1)}
    go_away(cast.deputy.account, stand_in=cast.lead.account, by=cast.administrator.by, **span)
    leader, member = in_group(GROUP, at=now)
    assert (leader.account, leader.seat, leader.is_away) == (cast.deputy.account, "leader", True)
    assert leader.stand_in == cast.lead.account
    assert (member.account, member.is_away, member.stand_in) == (cast.engineer.account, False, None)
    assert [held.stand_in for held in in_role("deputy_general_manager", at=now)] == [cast.lead.account]
    found = {row.code: head for row, head in heads(("service", "management", "hr"), at=now)}
    assert found["hr"] is None
    assert found["service"]
    assert found["service"].account == cast.lead.account
    assert found["management"]
    assert found["management"].stand_in == cast.lead.account


def test_the_make_up_the_clause_asks_for_is_held_against_the_seats(cast: Cast) -> None:
    def filled() -> dict[tuple[str, str], bool]:
        now = clock.now()
        return {
            (asked.place, asked.of): asked.is_filled
            for asked in make_up(GROUP, in_group(GROUP, at=now), at=now)
        }

    assert set(filled().values()) == {False}
    seat(cast, cast.deputy, "leader")
    seat(cast, cast.lead)
    seat(cast, cast.engineer)
    assert filled() == {
        ("leader", "deputy_general_manager"): True,
        ("deputy", "marketing"): False,
        ("deputy", "service"): False,
        ("member", "technology"): True,
        ("member", "warehouse"): False,
    }
    seat(cast, cast.lead, "deputy")
    assert filled()["deputy", "service"]
