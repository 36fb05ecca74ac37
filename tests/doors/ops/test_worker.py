"""The worker: what is due is done once, by whoever is alive."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goodword.base.core import clock
from goodword.base.core.models import Heartbeat, Lease
from goodword.base.people.actors import SYSTEM
from goodword.doors.ops import leases
from goodword.doors.ops.jobs import Job, run_due
from goodword.doors.ops.worker import Worker
from goodword.engine.journal.models import Entry
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases.actions.receiving import Word, receive
from goodword.voice.cases.models import Case
from goodword.wiring import health

pytestmark = pytest.mark.django_db


def receive_one(*, ago: timedelta) -> Case:
    """A case received so long ago that nobody has triaged."""
    word = Word(text="拉杆卡住收不回去,明天要用", channel="hotline")
    return receive(word, by=SYSTEM, at=clock.now() - ago).case


def alarms(case: Case) -> list[str]:
    kinds = Entry.objects.filter(
        subject_id=str(case.pk), kind__startswith="obligation.", facts__clause="FB-3.2a"
    )
    return list(kinds.order_by("number").values_list("kind", flat=True))


def test_an_obligation_fires_when_its_time_has_come_and_not_before() -> None:
    case = receive_one(ago=timedelta())
    Worker(name="a").one_pass()
    assert alarms(case) == []
    in_eleven_minutes = clock.now() + timedelta(minutes=11)
    Worker(name="a", now=lambda: in_eleven_minutes).one_pass()
    assert alarms(case)[:2] == ["obligation.warned", "obligation.breached"]
    late = Obligation.objects.get(subject_id=str(case.pk), clause_id="FB-3.2a")
    assert late.breached_at == late.due_at


def test_a_worker_that_starts_again_does_nothing_twice() -> None:
    case = receive_one(ago=timedelta(minutes=11))
    Worker(name="a").one_pass()
    after_first = alarms(case)
    assert "obligation.breached" in after_first
    Worker(name="a").one_pass()
    Worker(name="b").one_pass()
    assert alarms(case) == after_first


def test_a_row_that_cannot_be_moved_on_rests_and_holds_up_no_other() -> None:
    broken, sound = receive_one(ago=timedelta(minutes=30)), receive_one(ago=timedelta(minutes=20))
    Obligation.objects.filter(subject_id=str(broken.pk)).update(edition=999)
    worker = Worker(name="a")
    worker.one_pass()
    assert "obligation.breached" in alarms(sound)
    assert alarms(broken) == []
    Obligation.objects.filter(subject_id=str(broken.pk)).update(edition=1)
    worker.one_pass()
    assert alarms(broken) == [], "it still rests"
    Worker(name="b").one_pass()
    assert "obligation.breached" in alarms(broken)


def test_a_pass_says_that_the_worker_is_alive_by_the_databases_clock() -> None:
    Worker(name="a").one_pass()
    beat = Heartbeat.objects.get(worker="a")
    assert beat.ticked_at is not None
    assert abs(beat.ticked_at - clock.database_now()) < timedelta(seconds=5)
    assert abs(clock.database_now() - clock.now()) < timedelta(seconds=5)


def test_a_job_is_run_once_per_moment_of_its_schedule_whoever_runs_it() -> None:
    runs: list[datetime] = []
    job = Job("test", "* * * * *", runs.append)
    assert run_due(worker="a", now=clock.now(), jobs=(job,)) == 1
    assert run_due(worker="b", now=clock.now(), jobs=(job,)) == 0
    assert len(runs) == 1
    lease = Lease.objects.get(name="job:test")
    assert timedelta() < lease.expires_at - clock.database_now() <= timedelta(minutes=1)


def test_jobs_that_rest_cost_two_statements_and_no_write() -> None:
    """A worker asks once a second: a lease tried in vain would take SQLite's one place for writing each time."""
    jobs = tuple(Job(f"test{number}", "17 3 * * *", lambda _: None) for number in range(10))
    assert run_due(worker="a", now=clock.now(), jobs=jobs) == 10
    with CaptureQueriesContext(connection) as asked:
        assert run_due(worker="a", now=clock.now(), jobs=jobs) == 0
    assert len(asked) <= 2
    assert all(one["sql"].startswith("SELECT") for one in asked)


def test_a_job_whose_worker_died_is_taken_over_when_its_lease_is_up_and_the_dead_cannot_settle_it() -> None:
    dead = leases.take("job:test", holder="dead", last=timedelta(seconds=45))
    assert dead is not None
    assert leases.take("job:test", holder="b", last=timedelta(seconds=45)) is None
    lease = Lease.objects.get(name="job:test")
    assert lease.expires_at - clock.database_now() < timedelta(seconds=60)
    Lease.objects.update(expires_at=clock.database_now() - timedelta(seconds=1))
    taken_over = leases.take("job:test", holder="b", last=timedelta(seconds=45))
    assert taken_over is not None
    assert taken_over.token == dead.token + 1
    assert not leases.settle(dead, until=clock.database_now())
    assert leases.settle(taken_over, until=clock.database_now())


def test_a_job_that_fails_is_tried_again_within_a_minute() -> None:
    def fail(_: datetime) -> None:
        raise ValueError("as planned")

    assert run_due(worker="a", now=clock.now(), jobs=(Job("daily", "17 3 * * *", fail),)) == 1
    lease = Lease.objects.get(name="job:daily")
    assert lease.expires_at - clock.database_now() <= timedelta(seconds=60)


def test_a_schedule_is_in_the_companys_time_zone() -> None:
    job = Job("daily", "17 3 * * *", lambda _: None)
    assert job.next_after(datetime(2026, 11, 22, 12, tzinfo=UTC)) == datetime(
        2026, 11, 22, 19, 17, tzinfo=UTC
    )


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_move_each_obligation_on_once() -> None:
    cases = [receive_one(ago=timedelta(minutes=11)) for _ in range(6)]
    expected = 6

    def work(name: str) -> None:
        try:
            Worker(name=name).one_pass()
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [alarms(case).count("obligation.breached") for case in cases] == [1] * expected


@pytest.mark.django_db(transaction=True)
def test_the_worker_process_works_and_ends_calmly_when_told_to() -> None:
    case = receive_one(ago=timedelta(minutes=11))
    process = start_process("worker")
    try:
        wait_until(lambda: "obligation.breached" in alarms(case))
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
    finally:
        process.kill()
        process.wait()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_process_turns_the_light_red_within_a_minute() -> None:
    process = start_process("worker")
    try:
        wait_until(lambda: health.health(clock.now())["ok"], at_most=60)
        killed_at = time.monotonic()
    finally:
        process.kill()
        process.wait()
    wait_until(lambda: not health.health(clock.now())["ok"], at_most=60)
    print(f"red after {time.monotonic() - killed_at:.1f} s")
    asked = start_process("health")
    assert asked.wait(timeout=60) == 1


def start_process(*arguments: str) -> subprocess.Popen[bytes]:
    """`goodword …` as a process of its own, on this test's database."""
    settings = connection.settings_dict
    url = f"sqlite:///{settings['NAME']}"
    if connection.vendor == "postgresql":
        url = f"postgresql://{settings['USER']}:{settings['PASSWORD']}@/{settings['NAME']}"
        url += f"?host={settings['HOST']}&port={settings['PORT'] or 5432}"
    return subprocess.Popen(
        [sys.executable, "-m", "goodword", *arguments], env={**os.environ, "DATABASE_URL": url}
    )


def wait_until(condition: object, *, at_most: float = 20) -> None:
    """Look again and again until `condition()` holds."""
    assert callable(condition)
    until = time.monotonic() + at_most
    while not condition():
        assert time.monotonic() < until, "it did not come to pass"
        time.sleep(0.05)
