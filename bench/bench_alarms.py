"""Ten thousand obligations falling due at one moment, a million open behind them: how long until all have fired.

    python bench/bench_alarms.py [--quick]

One worker does its passes as it always does (deadlines, notices, jobs), by the real clock. The
alarms belong to as many different cases, each is journalled in its case's chain and queues its notice. Behind them
lie open obligations that are not due, written in bulk. At the end every alarm is counted, and the journal verified.
"""

from __future__ import annotations

import argparse
import time
from datetime import datetime, timedelta
from typing import Any

from harness import Row, quantile, run, start_django

WORDS = "摄像机开机后黑屏,晚上直播要用。"


def measure(options: argparse.Namespace) -> list[Row]:
    """One row: the time to fire all, and how late each alarm was."""
    start_django()
    from tests.cast import make_cast

    from goodword.base.core import clock

    due, behind = (1_000, 20_000) if options.quick else (10_000, 1_000_000)
    now = clock.now()
    cast = make_cast(now - timedelta(days=1))
    received(due, cast, at=now - timedelta(hours=1))
    fall_due_at(now)  # the rows behind are made after their pattern
    more_open(behind, at=now)
    moment = clock.now() + timedelta(seconds=5)
    fall_due_at(moment)
    fired_in, delivered_in = work(moment)
    late = lateness(moment)
    verified(due)
    return [
        {
            "due": due,
            "open_behind": behind,
            "all_fired_s": round(fired_in, 2),
            "alarm_late_p50_s": round(quantile(late, 0.5), 2),
            "alarm_late_p99_s": round(quantile(late, 0.99), 2),
            "all_delivered_s": round(delivered_in, 2),
            "alarms_per_second": round(due / fired_in),
        }
    ]


def received(count: int, cast: Any, *, at: datetime) -> None:
    """So many cases through the product's own intake, many in one transaction."""
    from goodword.base.core.transactions import one_fact
    from goodword.voice.cases.actions.receiving import Word, receive

    for first in range(0, count, 500):
        with one_fact():
            for number in range(first, min(first + 500, count)):
                receive(Word(text=f"{WORDS} {number}", channel="hotline"), by=cast.intake.by, at=at)


def fall_due_at(moment: datetime) -> None:
    """Exactly one obligation of each case is open, and falls due at `moment`: the triage of FB-3.2a, warned before."""
    from goodword.engine.obligations.models import Obligation

    Obligation.objects.exclude(clause_id="FB-3.2a").filter(wake_at__isnull=False).update(wake_at=None)
    Obligation.objects.filter(clause_id="FB-3.2a").exclude(subject_id__startswith="behind").update(
        warned_at=moment - timedelta(minutes=1), due_at=moment, wake_at=moment
    )


def more_open(count: int, *, at: datetime) -> None:
    """Open obligations of other subjects that fall due later, written in bulk."""
    from goodword.base.core.ids import uuid7
    from goodword.base.core.inserting import insert_all
    from goodword.base.core.transactions import one_fact
    from goodword.engine.obligations.models import Obligation

    pattern = Obligation.objects.filter(clause_id="FB-3.2a").latest("started_at")
    names = [field.attname for field in Obligation._meta.concrete_fields]
    values = {name: getattr(pattern, name) for name in names}
    for first in range(0, count, 5_000):
        rows = []
        for number in range(first, min(first + 5_000, count)):
            wakes = at + timedelta(days=1, seconds=number)
            changed = {"id": uuid7(), "subject_id": f"behind-{number}", "wake_at": wakes, "due_at": wakes}
            rows.append(Obligation(**{**values, **changed}))
        with one_fact():
            insert_all(rows)


def work(moment: datetime) -> tuple[float, float]:
    """(seconds until nothing was due any more, seconds until every notice was in its inbox) of one worker."""
    from goodword.base.core import clock
    from goodword.company.channels.models import OutboxMessage
    from goodword.doors.ops.worker import Worker
    from goodword.engine.obligations.models import Obligation

    worker = Worker(name="bench", now=clock.now)
    worker.pulse.start()
    while clock.now() < moment:
        time.sleep(0.001)
    fired_in = 0.0
    while not fired_in or OutboxMessage.objects.filter(state__in=["queued", "sending"]).exists():
        worker.one_pass()
        if not fired_in and not Obligation.objects.filter(wake_at__lte=moment).exists():
            fired_in = (clock.now() - moment).total_seconds()
    return fired_in, (clock.now() - moment).total_seconds()


def lateness(moment: datetime) -> list[float]:
    """Seconds between the moment and the writing of each alarm."""
    from goodword.engine.journal.models import Entry

    written = Entry.objects.filter(kind="obligation.breached").values_list("recorded_at", flat=True)
    return [(at - moment).total_seconds() for at in written]


def verified(due: int) -> None:
    """Stop unless every alarm fired once and the whole journal holds."""
    from django.db.models import Count

    from goodword.engine.journal.models import Entry
    from goodword.engine.journal.verifying import verify

    alarms = Entry.objects.filter(kind="obligation.breached")
    assert alarms.count() == due, (alarms.count(), due)
    assert not alarms.values("subject_id").annotate(n=Count("id")).filter(n__gt=1).exists()
    found = list(verify())
    assert not found, found[:3]


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quick", action="store_true", help="1,000 due, 20,000 behind them")


if __name__ == "__main__":
    run("alarms", measure, script=__file__, options=_options)
