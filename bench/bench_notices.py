"""How long after a notice is queued another system has it: a group's robot and an app, against a stand-in beside.

    python bench/bench_notices.py [--quick]

A worker runs as it always does, its lanes beside it; notices are queued one after another, urgent, at a pace that a
robot's limit allows (Feishu's), and the stand-in writes down when each came in. Queued → handed over, in seconds.
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

from harness import Row, quantile, run, start_django

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def measure(options: argparse.Namespace) -> list[Row]:
    """One row: latency of notices in the inbox, to a group, and to a colleague's app."""
    start_django()
    from tests.cast import make_cast
    from tests.doors.ops.test_hanging import set_up, told
    from tests.support.platforms import platforms

    from goodword.base.core import clock
    from goodword.company.channels.models import Notice, OutboxMessage
    from goodword.doors.ops.worker import Worker

    count = 40 if options.quick else 300
    account = make_cast(clock.now() - timedelta(hours=3)).engineer.account
    with platforms() as there:
        set_up(there, account)
        worker = Worker(name="bench")
        working = threading.Thread(target=worker.run)
        working.start()
        for number in range(count):
            told(account, str(number))
            time.sleep(0.7)
        while OutboxMessage.objects.exclude(way="webhook").exclude(state="sent").exists():
            time.sleep(0.2)
        worker.stop()
        working.join(60)
    assert Notice.objects.filter(account=account).count() == count
    found: Row = {"notices": count}
    for way in ("feishu_app", "wecom_app"):
        rows = OutboxMessage.objects.filter(way=way).select_related(None)
        queued = {
            row.payload["subject_id"]: row.created_at for row in OutboxMessage.objects.filter(way="inbox")
        }
        late = [
            (row.sent_at - queued[row.payload["subject_id"]]).total_seconds() for row in rows if row.sent_at
        ]
        found[f"{way}_p50_s"], found[f"{way}_p99_s"] = (
            round(quantile(late, 0.5), 2),
            round(quantile(late, 0.99), 2),
        )
    return [found]


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quick", action="store_true", help="40 notices instead of 300")


if __name__ == "__main__":
    run("notices", measure, script=__file__, options=_options)
