"""`goodword worktime --batch`."""

from __future__ import annotations

import sys

import click

from goodword.base.worktime.batch import run


@click.command()
@click.option(
    "--batch", is_flag=True, required=True, help="Read JSON lines from standard input. 从标准输入逐行读取。"
)
def command(batch: bool) -> None:
    """Working time as JSON lines: due, elapsed, before, open, periods.

    \b
    {"id":1,"op":"due","calendar":"cn","from":"2026-02-13T17:30:00+08:00","working_days":3}
    → {"id":1,"due":"2026-02-25T18:00:00+08:00","provisional":false}

    A line that cannot be answered gives {"id":…,"error":"…"}. Needs no database. 逐行计算工作时间,无需数据库。
    """
    del batch  # required, so that a later way of asking does not change what this one means
    run(sys.stdin, sys.stdout)
