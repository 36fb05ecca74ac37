"""The red light: on when nothing has worked for a minute."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import override_settings

from goodword.base.core import clock
from goodword.base.core.models import Heartbeat
from goodword.wiring import health

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _asked_anew() -> None:
    health.forget()


def a_worker_ticked(ago: timedelta) -> None:
    at = clock.now() - ago
    Heartbeat.objects.create(worker="a", started_at=at, beaten_at=at, ticked_at=at)


def test_an_installation_on_which_no_worker_ever_worked_is_not_well() -> None:
    assert health.health(clock.now()) == {"ok": False, "database": True, "worker_silent_for": None}
    assert health.worker_silent(clock.now())


def test_a_worker_that_ticked_a_moment_ago_is_well() -> None:
    a_worker_ticked(timedelta(seconds=3))
    answer = health.health(clock.now())
    assert answer["ok"]
    assert 3 <= answer["worker_silent_for"] <= 5
    assert not health.worker_silent(clock.now())


@override_settings(GOODWORD_RED_LIGHT_AFTER=30)
def test_the_light_turns_red_when_the_newest_tick_is_too_old() -> None:
    a_worker_ticked(timedelta(seconds=31))
    assert not health.health(clock.now())["ok"]
    assert health.worker_silent(clock.now())


def test_pages_ask_the_database_at_most_every_other_second(django_assert_num_queries: object) -> None:
    a_worker_ticked(timedelta())
    with django_assert_num_queries(1):  # type: ignore[operator] # pytest-django's fixture has no public type
        assert [health.worker_silent(clock.now()) for _ in range(5)] == [False] * 5
