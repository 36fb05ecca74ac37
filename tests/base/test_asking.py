"""Questions kept compiled: the same rows as the queryset gives, and a word where they cannot be kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from goodword.base.core.asking import MOST_SHAPES, AskedOften, asked_often
from goodword.base.people.models import Account, Department, Person, RoleGrant

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def people() -> list[Account]:
    home = Department.objects.create(code="home", name_zh="测部", name_en="Test")
    made = []
    for number in range(4):
        person = Person.objects.create(name=f"测某{number}")
        made.append(Account.objects.create(username=f"t{number}", person=person, department=home))
        RoleGrant.objects.create(
            account=made[-1], role="staff", department=home, starts_at=NOW + timedelta(days=number)
        )
    return made


@asked_often
def named(username: str) -> QuerySet[Account]:
    return Account.objects.filter(username=username).select_related("person", "department")


@asked_often
def granted(since: datetime, accounts: list[int]) -> QuerySet[RoleGrant, tuple[int, str]]:
    rows = RoleGrant.objects.filter(starts_at__gte=since, account__in=accounts, role="staff")
    return rows.order_by("-starts_at").values_list("account_id", "account__username")


def test_rows_are_whole_models_with_their_relations(people: list[Account]) -> None:
    for one in people:
        with CaptureQueriesContext(connection) as asked:
            (found,) = named(one.username)
            assert (found, found.person.name, found.department.code) == (one, one.person.name, "home")
        assert len(asked) == 1
    assert named("nobody") == []
    assert named.first("nobody") is None
    assert named.first("t2") == people[2]


def test_lists_of_any_length_and_moments_are_values(people: list[Account]) -> None:
    keys = [one.pk for one in people]
    assert granted(NOW, keys) == [(one.pk, one.username) for one in reversed(people)]
    assert granted(NOW + timedelta(days=2), keys) == [(keys[3], "t3"), (keys[2], "t2")]
    assert granted(NOW, keys[:1]) == [(keys[0], "t0")]
    assert granted(NOW, []) == []
    assert len(granted(NOW, keys + keys)) == 4
    for length in range(1, MOST_SHAPES + 3):
        assert len(granted(NOW, [*keys, *range(20_000, 20_000 + length)])) == 4


def test_a_value_that_is_also_in_the_statement_is_no_place_for_another(people: list[Account]) -> None:
    both = AskedOften(lambda name: RoleGrant.objects.filter(role="staff", account__username=name))
    assert both("staff") == []
    assert [row.account for row in both("t1")] == [people[1]]


def _looks(number: int) -> QuerySet[Account]:
    rows = Account.objects.filter(pk=number)
    return rows.order_by("pk") if number > 20_000 else rows.order_by("-username")


@pytest.mark.parametrize(
    ("question", "value"),
    [
        (_looks, 1),
        (lambda number: Account.objects.filter(pk=number).select_for_update(), 1),
        (lambda number: Account.objects.filter(pk=number).prefetch_related("grants"), 1),
        (lambda value: Account.objects.filter(is_active=value), True),
        (lambda value: Account.objects.filter(person=value), None),
    ],
)
def test_what_cannot_be_kept_is_said(question: Any, value: Any) -> None:
    with pytest.raises(TypeError):
        AskedOften(question)(value)


def test_a_number_beyond_any_column_has_no_rows() -> None:
    by_number = AskedOften(lambda number: Account.objects.filter(pk=number))
    for number in (2**63, -(2**63) - 1, 10**30):
        assert by_number(number) == []
    assert by_number(2**63 - 1) == []
