"""`goodword language labels`."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

import click
from django.conf import settings

from goodword.voice.cases.queries.labelled import labelled

from ..words import pick


@click.command()
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Labelled from this day on. 起始日。")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Into a file. 输出到文件。")
def command(since: datetime | None, out: Path | None) -> None:
    """Write the company's own labels as JSON lines for `goodword language train --labels`.

    Each is {"text", "content", "severity", "kind", "sentiment", "device_type", "stage"}, as far as a person said;
    personal values are masked. 导出人工标注,个人信息已打码,可直接用于训练:

    goodword language labels | goodword language train --labels /dev/stdin
    """
    start = since.replace(tzinfo=ZoneInfo(settings.TIME_ZONE)) if since else None
    if out is None:
        written = _write(sys.stdout, start)
    else:
        with out.open("w", encoding="utf-8") as file:
            written = _write(file, start)
    click.echo(pick(f"{written} 条标注", f"{written} labelled messages"), err=True)


def _write(file: TextIO, since: datetime | None) -> int:
    count = 0
    for count, row in enumerate(labelled(since=since), 1):  # noqa: B007 - the last number is the answer
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return count
