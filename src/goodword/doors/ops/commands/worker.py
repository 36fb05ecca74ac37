"""`goodword worker`."""

from __future__ import annotations

import signal

import click

from ..preparing import require_prepared
from ..worker import Worker


@click.command()
@click.option("--once", is_flag=True, help="One pass, then end. 只做一轮。")
def command(once: bool) -> None:
    """Do what falls due: deadlines and escalations, notices, jobs of the clock. Any number may run.

    Ends calmly on SIGTERM, after the row in hand. 处理到期的期限、升级、通知与定时任务,可同时运行多个。
    """
    require_prepared()
    worker = Worker()
    if once:
        worker.one_pass()
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop())
    worker.run()
