"""People: roles given and taken, accounts, rosters without rings, departments that are the company's own."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.base.core.errors import Forbidden, Invalid, Refused
from goodword.base.people.actions import accounts, departments, granting, rosters, seeding
from goodword.base.people.actors import CUSTOMER, SYSTEM, Actor
from goodword.base.people.models import Absence, Account, Department, Person, RoleGrant, Shift
from goodword.base.people.queries import actor_for, head_of, holders, present
from goodword.base.people.roles import DEPARTMENTS

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CAST = ["zhang", "li", "wang", "zhao", "chen", "sun", "zhou"]


@pytest.fixture(autouse=True)
def seeded(db: None) -> None:
    seeding.seed_departments()


def department(code: str = "service") -> Department:
    return Department.objects.get(code=code)


def worker(username: str = "zhang", *, home: str = "service", **changes: Any) -> Account:
    return accounts.create_person_with_account(
        name="张测试", username=username, department=department(home), by=SYSTEM, at=AT, **changes
    )


def holding(role: str, username: str = "li", *, home: str = "service") -> Account:
    account = worker(username, home=home)
    granting.give_role(account, role, department=department(home), by=SYSTEM, at=AT)
    return account


def acting(account: Account, *, at: datetime = AT) -> Actor:
    return actor_for(account, at=at)


def away(account: Account, stand_in: Account, since: int = 0, until: int = 10, **changes: Any) -> Absence:
    facts: dict[str, Any] = {"by": SYSTEM, "starts_at": AT + DAY * since, "ends_at": AT + DAY * until}
    return rosters.go_away(account, stand_in=stand_in, **{**facts, **changes})


def test_seeding_again_makes_nothing_and_keeps_the_companys_names():
    departments.rename(department(), name_zh="客户服务中心", name_en="Service centre", by=SYSTEM)
    Department.objects.get(code="brand").delete()
    assert seeding.seed_departments() == 1
    assert seeding.seed_departments() == 0
    assert Department.objects.count() == len(DEPARTMENTS)
    assert department().name_zh == "客户服务中心"


def test_a_role_is_held_from_the_moment_it_is_given_until_it_is_taken():
    account = worker()
    first = granting.give_role(account, "engineer", department=department(), by=SYSTEM, at=AT)
    assert granting.give_role(account, "engineer", department=department(), by=SYSTEM, at=AT + DAY) == first
    assert not acting(account, at=AT - HOUR).has("cases.solve")
    assert acting(account).has("cases.solve")
    assert granting.take_role(account, "engineer", department=department(), by=SYSTEM, at=AT + DAY)
    assert not granting.take_role(account, "engineer", department=department(), by=SYSTEM, at=AT + DAY)
    assert not acting(account, at=AT + DAY).has("cases.solve")
    assert acting(account, at=AT + HOUR).has("cases.solve")
    again = granting.give_role(account, "engineer", department=department(), by=SYSTEM, at=AT + 2 * DAY)
    assert again != first


def test_nobody_gives_himself_a_role_not_even_by_a_second_account():
    admin = holding("administrator")
    second = worker("second")
    accounts.link_account(second, admin.person, by=SYSTEM)
    for account in (admin, second):
        with pytest.raises(Refused):
            granting.give_role(account, "general_manager", department=department(), by=acting(admin), at=AT)


def test_giving_roles_needs_the_right_a_known_role_and_an_open_account():
    account, lead = worker(), holding("service_lead")
    with pytest.raises(Forbidden):
        granting.give_role(account, "engineer", department=department(), by=acting(lead), at=AT)
    with pytest.raises(Forbidden):
        granting.take_role(lead, "service_lead", department=department(), by=acting(lead), at=AT)
    with pytest.raises(Invalid):
        granting.give_role(account, "emperor", department=department(), by=SYSTEM, at=AT)
    closed = accounts.close_account(account, by=SYSTEM)
    with pytest.raises(Refused):
        granting.give_role(closed, "engineer", department=department(), by=SYSTEM, at=AT)


def test_the_last_administrator_stays():
    admin = holding("administrator")
    with pytest.raises(Refused):
        granting.take_role(admin, "administrator", department=department(), by=SYSTEM, at=AT + DAY)
    holding("administrator", "wang")
    assert granting.take_role(admin, "administrator", department=department(), by=SYSTEM, at=AT + DAY)


def test_an_account_is_made_with_its_person_and_a_password_that_is_not_stored():
    account = worker("Zhang.Test", password="correct-horse-battery")
    assert account.username == "zhang.test"
    assert account.check_password("correct-horse-battery")
    assert "horse" not in account.password
    assert not worker("li").has_usable_password()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"username": "z"}, "username"),
        ({"username": "张测试"}, "username"),
        ({"username": "taken"}, "username"),
        ({"password": "password12"}, "password"),
        ({"password": "short"}, "password"),
    ],
)
def test_an_account_that_cannot_be_made_says_why_and_leaves_no_person(changes: dict[str, str], field: str):
    worker("taken")
    facts = {"name": "张测试", "username": "zhang", **changes}
    with pytest.raises(Invalid) as wrong:
        accounts.create_person_with_account(**facts, by=SYSTEM, at=AT)
    assert field in wrong.value.fields
    assert Person.objects.count() == 1


def test_passwords_are_changed_by_oneself_or_an_administrator():
    account, other, admin = worker(), worker("wang"), holding("administrator")
    accounts.set_password(account, "a-long-new-password", by=acting(account))
    accounts.set_password(account, "another-long-password", by=acting(admin))
    assert account.check_password("another-long-password")
    with pytest.raises(Forbidden):
        accounts.set_password(account, "a-long-new-password", by=acting(other))
    with pytest.raises(Forbidden):
        accounts.set_password(
            account, "a-long-new-password", by=actor_for(account, at=AT, limit=frozenset({"cases.see"}))
        )


def test_a_closed_account_has_no_rights_until_it_is_opened():
    account = holding("engineer")
    accounts.close_account(account, by=SYSTEM)
    account.refresh_from_db()
    assert not acting(account).has("cases.solve")
    assert holders("engineer", at=AT) == []
    assert acting(accounts.open_account(account, by=SYSTEM)).has("cases.solve")
    admin = holding("administrator", "wang")
    with pytest.raises(Refused):
        accounts.close_account(admin, by=acting(admin))


def test_shifts_do_not_overlap_and_the_same_one_is_entered_once():
    account = worker()
    first = rosters.add_shift(account, starts_at=AT, ends_at=AT + 8 * HOUR, by=SYSTEM)
    assert rosters.add_shift(account, starts_at=AT, ends_at=AT + 8 * HOUR, by=SYSTEM) == first
    with pytest.raises(Refused):
        rosters.add_shift(account, starts_at=AT + HOUR, ends_at=AT + 9 * HOUR, kind="on_call", by=SYSTEM)
    rosters.add_shift(account, starts_at=AT + 8 * HOUR, ends_at=AT + 9 * HOUR, kind="on_call", by=SYSTEM)
    assert Shift.objects.count() == 2
    for wrong in ({"kind": "nap"}, {"ends_at": AT + 10 * HOUR}):
        with pytest.raises(Invalid):
            rosters.add_shift(
                account, **{"starts_at": AT + 10 * HOUR, "ends_at": AT + 11 * HOUR, "by": SYSTEM, **wrong}
            )


def test_who_may_change_a_roster():
    account = worker(home="technology")
    head = holding("department_head", home="technology")
    stranger = holding("department_head", "wang", home="warehouse")
    admin = holding("administrator", "zhao", home="management")
    for by in (acting(head), acting(admin)):
        rosters.add_shift(account, starts_at=AT, ends_at=AT + HOUR, by=by)
    for by in (acting(stranger), acting(account), CUSTOMER):
        with pytest.raises(Forbidden):
            rosters.add_shift(account, starts_at=AT, ends_at=AT + HOUR, by=by)
    assert rosters.set_on_shift(account, False, by=acting(account)).on_shift is False
    with pytest.raises(Forbidden):
        rosters.set_on_shift(account, True, by=acting(stranger))


def test_everybody_enters_his_own_absence_and_nobody_elses():
    account, stand_in = worker(), worker("li")
    absence = away(account, stand_in, by=acting(account), reason="年假")
    assert away(account, stand_in, by=acting(account)) == absence
    assert present(account, at=AT + DAY) == stand_in
    assert present(account, at=AT + 10 * DAY) == account
    with pytest.raises(Forbidden):
        away(stand_in, account, 20, 21, by=acting(account))


def test_absences_of_one_account_do_not_overlap():
    account, stand_in, other = worker(), worker("li"), worker("wang")
    away(account, stand_in, 0, 5)
    with pytest.raises(Refused):
        away(account, other, 4, 6)
    away(account, other, 5, 6)


def test_a_stand_in_is_another_person_with_an_open_account():
    account, second, closed = worker(), worker("li"), worker("wang")
    accounts.link_account(second, account.person, by=SYSTEM)
    second.refresh_from_db()
    closed = accounts.close_account(closed, by=SYSTEM)
    for stand_in in (account, second, closed):
        with pytest.raises(Refused):
            away(account, stand_in)
    with pytest.raises(Invalid):
        away(account, worker("zhao"), 5, 5)


@pytest.mark.parametrize("length", [2, 3, 4])
def test_a_ring_of_stand_ins_is_refused(length: int):
    ring = [worker(name) for name in CAST[:length]]
    for account, stand_in in itertools.pairwise(ring):
        away(account, stand_in)
    with pytest.raises(Refused):
        away(ring[-1], ring[0], 9, 12)
    away(ring[-1], ring[0], 10, 12)


def test_a_chain_is_as_long_as_it_can_be_followed_from_whichever_end_it_grows():
    chain = [worker(name) for name in CAST]
    for account, stand_in in itertools.pairwise(chain[:5]):
        away(account, stand_in)
    assert present(chain[0], at=AT) == chain[4]
    with pytest.raises(Refused):
        away(chain[4], chain[5])
    with pytest.raises(Refused):
        away(chain[6], chain[0])


def test_an_absence_ends_early_or_is_cancelled():
    account, stand_in = worker(), worker("li")
    begun, later = away(account, stand_in, 0, 5), away(account, stand_in, 6, 8)
    assert rosters.come_back(begun, by=acting(account), at=AT + DAY)
    assert present(account, at=AT + DAY) == account
    assert rosters.come_back(later, by=acting(account), at=AT + DAY)
    assert not rosters.come_back(begun, by=acting(account), at=AT + 2 * DAY)
    assert Absence.objects.count() == 1
    with pytest.raises(Forbidden):
        rosters.come_back(begun, by=acting(stand_in), at=AT)


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 8), st.integers(1, 6)), max_size=14
    )
)
def test_whatever_absences_are_accepted_somebody_is_always_there(steps: list[tuple[int, int, int, int]]):
    Absence.objects.all().delete()
    cast = [
        Account.objects.filter(username=name).first() or worker(name, home="service") for name in CAST[:6]
    ]
    for who, instead, since, length in steps:
        try:
            away(cast[who], cast[instead], since, since + length)
        except Refused:
            continue
    for day in range(15):
        assert all(present(account, at=AT + DAY * day) for account in cast)


def test_a_department_is_added_once_under_a_plain_code():
    departments.add("studio", name_zh="演播部", name_en="Studio", by=SYSTEM)
    with pytest.raises(Refused):
        departments.add("studio", name_zh="演播部", name_en="Studio", by=SYSTEM)
    with pytest.raises(Invalid):
        departments.add("Studio 2", name_zh="演播部", name_en="Studio", by=SYSTEM)
    with pytest.raises(Invalid):
        departments.rename(department("studio"), name_zh="", name_en="Studio", by=SYSTEM)
    with pytest.raises(Forbidden):
        departments.rename(
            department("studio"), name_zh="x", name_en="x", by=acting(holding("department_head"))
        )


def test_merging_moves_people_and_roles_and_leaves_a_head_behind():
    account = holding("warehouse", home="warehouse")
    head = worker("wang", home="equipment")
    departments.set_head(department("equipment"), head, by=SYSTEM)
    merged = departments.merge(department("warehouse"), into=department("equipment"), by=SYSTEM, at=AT + DAY)
    account.refresh_from_db()
    assert (merged.merged_into, account.department) == (department("equipment"), department("equipment"))
    assert acting(account, at=AT + DAY).grants == {("warehouse", "equipment")}
    assert acting(account, at=AT + HOUR).grants == {("warehouse", "warehouse")}
    assert head_of("warehouse", at=AT + DAY) == head
    departments.set_head(department("equipment"), account, by=SYSTEM)
    assert head_of("warehouse", at=AT + DAY) == account


def test_merging_twice_into_itself_or_a_role_held_in_both():
    account = holding("engineer", home="warehouse")
    granting.give_role(account, "engineer", department=department("equipment"), by=SYSTEM, at=AT)
    departments.merge(department("warehouse"), into=department("equipment"), by=SYSTEM, at=AT + DAY)
    assert RoleGrant.objects.filter(account=account, ends_at=None).count() == 1
    for gone, into in (("warehouse", "brand"), ("brand", "warehouse"), ("brand", "brand")):
        with pytest.raises(Refused):
            departments.merge(department(gone), into=department(into), by=SYSTEM, at=AT)
    with pytest.raises(Refused):
        departments.set_head(department("warehouse"), account, by=SYSTEM)
    departments.merge(department("equipment"), into=department("technology"), by=SYSTEM, at=AT + DAY)
    assert department("warehouse").merged_into == department("technology")
