"""`goodword health`."""

from __future__ import annotations

import json
import sys

import click

from goodword.base.core import clock
from goodword.wiring.health import WORDS, health

from ..words import pick


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object. 输出 JSON。")
def command(as_json: bool) -> None:
    """Say whether deadlines can be kept; exit code 1 when not. For monitoring.

    Worker, deadlines, outbox, seals, disk, clocks. 时限能否守住,供监控使用。
    """
    found = health(clock.now())
    if as_json:
        click.echo(json.dumps(found))
    else:
        said = [f"{code}: {pick(*WORDS[code])}" for code in found["troubles"]]
        click.echo("\n".join(said or [pick("正常", "well")]))
    if not found["ok"]:
        sys.exit(1)
