"""`goodword check`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click

from goodword.base.core import clock

from ..checks import examine

MARKS = {"ok": "✓", "warning": "!", "wrong": "✗"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON array. 输出 JSON。")
def command(as_json: bool) -> None:
    """Look whether this installation is sound; exit code 1 when something is wrong.

    Settings, keys, storage, database, the SQLite settings really in force, calendars, worker. 检查安装是否正常。
    """
    findings = list(examine(now=clock.now()))
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            click.echo(f"{MARKS[finding.level]} {finding.about}: {finding.said}")
    if any(finding.level == "wrong" for finding in findings):
        sys.exit(1)
