"""The red light: on when deadlines cannot be kept, whatever the reason; told to machines, at the terminal and on pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from click.testing import CliRunner
from django.test import Client, override_settings
from tests.cast import Cast, a_case, make_cast

from goodword.base.core import clock
from goodword.base.core.models import Heartbeat, Setting
from goodword.base.core.transactions import one_fact
from goodword.company.channels.actions.notifying import queue_message
from goodword.company.channels.models import OutboxMessage
from goodword.doors.ops.commands.health import command
from goodword.doors.ops.heartbeat import Pulse
from goodword.doors.ops.worker import Worker
from goodword.engine.journal import sealing
from goodword.voice.cases.models import UnattendedStop
from goodword.wiring import health

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
QUERIES = 9


@pytest.fixture(autouse=True)
def _asked_anew() -> None:
    health.forget()


@pytest.fixture
def cast() -> Cast:
    return make_cast(clock.now() - timedelta(days=2))


def a_worker_ticked(ago: timedelta) -> None:
    at = clock.database_now() - ago
    Heartbeat.objects.update_or_create(
        worker="a", defaults={"started_at": at, "beaten_at": at, "ticked_at": at}
    )


def troubles() -> tuple[str, ...]:
    found = health.health(clock.now())
    assert found["ok"] is not bool(found["troubles"])
    return tuple(found["troubles"])


def test_an_installation_on_which_no_worker_ever_worked_is_not_well():
    found = health.health(clock.now())
    assert found == {"ok": False, "database": True, "worker_silent_for": None, "troubles": ("worker",)}
    assert health.troubles(clock.now()) == ("worker",)


def test_a_worker_that_ticked_a_moment_ago_is_well():
    a_worker_ticked(3 * SECOND)
    answer = health.health(clock.now())
    assert answer["ok"]
    assert 3 <= answer["worker_silent_for"] <= 5
    assert health.troubles(clock.now()) == ()


@override_settings(GOODWORD_RED_LIGHT_AFTER=30)
def test_the_light_turns_red_when_the_newest_tick_is_too_old():
    a_worker_ticked(31 * SECOND)
    assert troubles() == ("worker",)


def test_a_stopped_worker_is_seen_within_a_minute():
    """It beat up to five seconds before it died, and a page remembers for two: the limit leaves room for both."""
    a_worker_ticked(60 * SECOND - 7 * SECOND)
    assert troubles() == ("worker",)


def test_a_worker_that_ticks_and_does_not_act_upon_what_is_due_is_seen(cast: Cast):
    a_case(cast, at=clock.now() - timedelta(minutes=8))
    a_worker_ticked(SECOND)
    assert troubles() == ("deadlines",)
    worker = Worker(name="a")
    while worker.one_pass():
        pass
    assert troubles() == ()


def test_messages_that_wait_are_seen_but_not_where_sending_is_held():
    a_worker_ticked(SECOND)
    with one_fact():
        queue_message("post", payload={}, at=clock.now() - 61 * SECOND, dedupe_key="a")
    assert troubles() == ("outbox",)
    OutboxMessage.objects.update(state="sending", lease_until=clock.now() - 61 * SECOND)
    assert troubles() == ("outbox",), "its sender died and nobody took it over"
    OutboxMessage.objects.update(state="dead")
    assert troubles() == (), "what cannot be sent for good lies in sight elsewhere"
    OutboxMessage.objects.update(state="queued")
    Setting.objects.create(name="held", value=True)
    assert troubles() == ()


def test_a_journal_that_is_not_sealed_in_time_is_seen():
    with time_machine.travel(clock.now() - timedelta(minutes=4), tick=True):
        a_case(make_cast(clock.now()), at=clock.now())
    a_worker_ticked(SECOND)
    OutboxMessage.objects.update(state="sent")
    assert troubles() == ("seal",)
    sealing.seal(now=clock.now())
    assert troubles() == ()


def test_a_disk_that_is_nearly_full_is_seen():
    a_worker_ticked(SECOND)
    with override_settings(GOODWORD_LEAST_FREE_MB=10**9):
        assert troubles() == ("disk",)


@pytest.mark.parametrize("off_by", [-20 * SECOND, 20 * SECOND])
def test_a_worker_whose_clock_is_off_from_the_databases_is_seen(off_by: timedelta):
    with time_machine.travel(clock.now() + off_by, tick=True):
        Pulse("wrong").beat()
        assert troubles() == ("clock",), "this very process is off as well"
    assert troubles() == ("clock",)
    a_worker_ticked(SECOND)
    Pulse("wrong").beat()
    assert troubles() == (), "it was set right"


def test_a_worker_goes_by_the_databases_clock_whatever_its_own_says(cast: Cast):
    case = a_case(cast, at=clock.now())
    with time_machine.travel(clock.now() + timedelta(hours=5), tick=True):
        assert Worker(name="a").now() < clock.now() - timedelta(hours=4)
        Worker(name="a").one_pass()
    from tests.doors.ops.test_worker import alarms

    assert alarms(case) == [], "nothing is fired early"


def test_pages_ask_the_database_at_most_every_other_second(django_assert_max_num_queries: object):
    a_worker_ticked(timedelta())
    with django_assert_max_num_queries(QUERIES):  # type: ignore[operator] # pytest-django's fixture has no public type
        assert [health.troubles(clock.now()) for _ in range(5)] == [()] * 5


def test_the_bar_tells_heads_and_administrators_everything_and_others_what_bends_their_countdowns(cast: Cast):
    a_worker_ticked(SECOND)
    with override_settings(GOODWORD_LEAST_FREE_MB=10**9):
        assert {who: words in page(cast, who) for words in ["磁盘快满了"] for who in WHO} == WHO
    health.forget()
    Heartbeat.objects.all().delete()
    assert all("后台停了" in page(cast, who) for who in WHO)
    assert "倒计时可能已经晚了" in page(cast, "engineer")


WHO = {"administrator": True, "technology_head": True, "lead": True, "engineer": False}


def page(cast: Cast, who: str) -> str:
    client = Client()
    client.force_login(getattr(cast, who).account)
    return client.get("/").content.decode()


def test_the_desk_says_that_countdowns_may_be_late_and_a_poll_hears_of_it_too(cast: Cast):
    a_worker_ticked(SECOND)
    client = Client()
    client.force_login(cast.engineer.account)
    poll = {"HX-Request": "true"}
    well = client.get("/", headers=poll)
    assert "倒计时可能已经晚了" not in well.content.decode()
    Heartbeat.objects.all().delete()
    health.forget()
    red = client.get("/", headers={**poll, "If-None-Match": well["ETag"]})
    assert red.status_code == 200
    assert "倒计时可能已经晚了" in red.content.decode()


def test_machines_hear_it_by_status_and_exit_code():
    assert Client().get("/healthz").status_code == 503
    red = CliRunner().invoke(command, ["--json"])
    assert (red.exit_code, '"troubles": ["worker"]' in red.output) == (1, True)
    a_worker_ticked(SECOND)
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()["troubles"]) == (200, [])
    assert CliRunner().invoke(command, []).exit_code == 0


def test_a_stop_of_unattended_dispatch_is_told_but_takes_nothing_out_of_service(cast: Cast):
    a_worker_ticked(3 * SECOND)
    UnattendedStop.objects.create(clause_id="FB-3.2c", stopped_at=clock.now(), reason="share")

    answer = Client().get("/healthz")
    said = CliRunner().invoke(command, [])

    assert (answer.status_code, answer.json()["troubles"]) == (200, ["unattended"])
    assert said.exit_code == 0
    assert said.output.startswith("unattended: ")
