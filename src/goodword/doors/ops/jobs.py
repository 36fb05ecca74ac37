"""What is done by the clock, once in the whole installation however many workers there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from cronsim import CronSim
from django.conf import settings
from django.core.management import call_command

from goodword.base.core import clock, idempotency
from goodword.base.core.models import Heartbeat
from goodword.company.channels.webhooks import events as webhooks
from goodword.company.channels.wechat.actions.taking import take_what_waits
from goodword.company.channels.wecom.actions.fetching import call_for_fetching
from goodword.engine.attachments.actions.sweeping import sweep
from goodword.engine.journal import sealing
from goodword.engine.obligations import tallying
from goodword.voice.cases import jobs as cases
from goodword.voice.cases import presence
from goodword.voice.cases.ledger import jobs as ledger
from goodword.wiring import periods

from . import leases

TAKEN_OVER_AFTER = timedelta(seconds=45)
TRIED_AGAIN_AFTER = timedelta(seconds=60)
HEARTBEATS_KEPT_FOR = timedelta(days=1)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """schedule: a cron expression in the company's time zone. run: takes the moment; safe to repeat."""

    name: str
    schedule: str
    run: Callable[[datetime], object]

    @property
    def lease(self) -> str:
        """What whoever does it holds meanwhile."""
        return f"job:{self.name}"

    def next_after(self, at: datetime) -> datetime:
        """The next moment of the schedule."""
        return next(CronSim(self.schedule, at.astimezone(ZoneInfo(settings.TIME_ZONE))))


def _forget_heartbeats(at: datetime) -> None:
    Heartbeat.objects.filter(beaten_at__lt=at - HEARTBEATS_KEPT_FOR).delete()


JOBS = (
    Job("journal.seal", "* * * * *", lambda at: sealing.seal(now=at)),
    Job("obligations.count_up", "* * * * *", tallying.count_up),
    Job("periods.open", "* * * * *", lambda at: periods.open_periods(now=at)),
    Job("phones.next_in_line", "*/5 * * * * *", cases.ring_next_in_line),
    Job("webhooks.gather", "*/2 * * * * *", webhooks.gather),
    Job("presence.forget", "* * * * *", presence.forget),
    Job("ledger.carry_on", "*/5 * * * * *", ledger.work),
    Job("wechat.take_what_waits", "*/30 * * * * *", take_what_waits),
    Job("wecom.call_for_fetching", "*/5 * * * * *", call_for_fetching),
    Job("idempotency.forget", "17 3 * * *", lambda at: idempotency.forget(now=at)),
    Job("sessions.forget", "27 3 * * *", lambda _: call_command("clearsessions")),
    Job("attachments.sweep", "47 3 * * *", lambda at: sweep(now=at)),
    Job("heartbeats.forget", "57 3 * * *", _forget_heartbeats),
)


def run_due(*, worker: str, now: datetime, jobs: tuple[Job, ...] = JOBS) -> int:
    """Run the jobs whose time has come and that nobody else is doing; returns how many.

    The lease of a job that was done lasts until its next moment; of one that failed, for a minute at most; of one
    whose worker died, for 45 seconds.
    """
    resting = leases.not_free([job.lease for job in jobs])
    return sum(_run(job, worker=worker, now=now) for job in jobs if job.lease not in resting)


def _run(job: Job, *, worker: str, now: datetime) -> bool:
    held = leases.take(job.lease, holder=worker, last=TAKEN_OVER_AFTER)
    if held is None:
        return False
    done_at = clock.database_now()
    until = job.next_after(done_at)
    try:
        job.run(now)
    except Exception:
        log.exception("a job failed", job=job.name)
        until = min(until, done_at + TRIED_AGAIN_AFTER)
    leases.settle(held, until=until)
    return True
