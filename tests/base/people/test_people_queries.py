"""Who is who at a moment: heads, stand-ins, who is on duty, who is rung."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from goodword.base.people.actions.seeding import seed_departments
from goodword.base.people.models import Absence, Account, Department, GroupSeat, Person, RoleGrant, Shift
from goodword.base.people.queries import (
    actor_for,
    call_chain,
    head_of,
    holders,
    members_of,
    on_duty,
    present,
)

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def seeded(db: None) -> None:
    seed_departments()


def worker(username: str, *roles: str, home: str = "technology", **changes: Any) -> Account:
    department = Department.objects.get(code=home)
    account = Account.objects.create(
        username=username, person=Person.objects.create(name="李示例"), department=department, **changes
    )
    for role in roles:
        RoleGrant.objects.create(account=account, role=role, department=department, starts_at=AT)
    return account


def lead(code: str, account: Account | None) -> None:
    Department.objects.filter(code=code).update(head=account)


def away(account: Account, stand_in: Account, since: datetime = AT, until: datetime = AT + 8 * HOUR) -> None:
    Absence.objects.create(account=account, stand_in=stand_in, starts_at=since, ends_at=until)


def on_roster(account: Account, kind: str = "shift") -> None:
    Shift.objects.create(account=account, kind=kind, starts_at=AT, ends_at=AT + 8 * HOUR)


def test_the_head_is_the_head_until_away_and_again_from_the_moment_of_return():
    head, stand_in = worker("head"), worker("second")
    lead("technology", head)
    away(head, stand_in)
    assert head_of("technology", at=AT - HOUR) == head
    assert head_of("technology", at=AT) == stand_in
    assert head_of("technology", at=AT + 8 * HOUR) == head


def test_without_a_head_a_holder_of_the_role_in_that_department_is_handled_as_one():
    worker("elsewhere", "department_head", home="brand")
    deputy = worker("deputy", "department_head")
    assert head_of("technology", at=AT) == deputy
    assert head_of("warehouse", at=AT) is None
    assert head_of("no_such_department", at=AT) is None


def test_a_ring_a_chain_too_long_and_a_closed_account_find_nobody():
    cast = [worker(f"w{number}") for number in range(7)]
    for account, stand_in in itertools.pairwise(cast):
        away(account, stand_in)
    assert present(cast[2], at=AT) == cast[6]
    assert present(cast[1], at=AT) is None
    away(cast[6], cast[4])
    assert present(cast[4], at=AT) is None
    assert present(worker("closed", is_active=False), at=AT) is None
    assert present(None, at=AT) is None


def test_a_head_whose_stand_ins_form_a_ring_is_replaced_by_a_deputy():
    head, other, deputy = worker("head"), worker("other"), worker("deputy", "department_head")
    lead("technology", head)
    away(head, other)
    away(other, head)
    assert head_of("technology", at=AT) == deputy


def test_the_roster_decides_who_is_on_duty_and_stand_ins_take_their_place():
    first, second, third = (worker(name, "engineer") for name in ("a", "b", "c"))
    on_roster(first)
    on_roster(second, "on_call")
    assert on_duty("engineer", at=AT) == [first, second]
    away(first, third)
    assert on_duty("engineer", at=AT) == [third, second]


def test_two_on_duty_with_one_stand_in_are_one_person():
    first, second, third = (worker(name, "engineer") for name in ("a", "b", "c"))
    away(first, third)
    away(second, third)
    assert on_duty("engineer", at=AT) == [third]


def test_where_no_roster_covers_the_moment_the_switch_decides_and_failing_that_everybody():
    first, second = worker("a", "engineer"), worker("b", "engineer", on_shift=False)
    assert on_duty("engineer", at=AT) == [first]
    Account.objects.update(on_shift=False)
    assert on_duty("engineer", at=AT) == [first, second]
    assert on_duty("legal", at=AT) == []


def test_holders_are_those_of_that_moment_and_department():
    inside, outside = worker("a", "engineer"), worker("b", "engineer", home="warehouse")
    worker("c", "engineer", is_active=False)
    RoleGrant.objects.filter(account=inside).update(ends_at=AT + HOUR)
    assert holders("engineer", at=AT) == [inside, outside]
    assert holders("engineer", at=AT, department="technology") == [inside]
    assert holders("engineer", at=AT + HOUR) == [outside]
    assert holders("engineer", at=AT - HOUR) == []


def test_the_telephone_goes_from_the_head_by_the_lead_to_the_executives_each_once():
    executive = worker("gm", "general_manager", home="management")
    deputy = worker("dgm", "deputy_general_manager", home="management")
    service = worker("lead", "service_lead", home="service")
    head, second = worker("head", "department_head"), worker("second", "department_head")
    lead("technology", second)
    assert call_chain("technology", at=AT) == [second, head, service, deputy, executive]
    away(second, service)
    assert call_chain("technology", at=AT) == [service, head, deputy, executive]
    assert call_chain("brand", at=AT) == [service, deputy, executive]


def test_a_group_is_told_leader_first():
    cast = {seat: worker(seat) for seat in ("member", "deputy", "leader")}
    for seat, account in cast.items():
        GroupSeat.objects.create(group="upgrade_group", account=account, seat=seat)
    assert members_of("upgrade_group", at=AT) == [cast["leader"], cast["deputy"], cast["member"]]
    away(cast["leader"], cast["member"])
    assert members_of("upgrade_group", at=AT) == [cast["member"], cast["deputy"]]
    assert members_of("reputation_group", at=AT) == []


def test_an_actor_costs_one_query_whatever_the_number_of_roles(django_assert_num_queries: Any):
    account = worker("a", "engineer", "warehouse", "legal")
    with django_assert_num_queries(1):
        actor = actor_for(account, at=AT)
    assert actor.plays("legal")
    assert actor.departments == {"technology"}
    assert actor_for(account, at=AT, limit=frozenset({"cases.see"})).has("cases.solve") is False
