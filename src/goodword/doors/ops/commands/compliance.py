"""`goodword compliance`."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import click
from django.conf import settings

from goodword.base.core import clock
from goodword.engine.obligations.quantiles import Spread, spreads
from goodword.engine.obligations.queries import Tally, compliance
from goodword.engine.policy.queries import all_clauses

from ..tables import table
from ..words import in_chinese, pick

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.option("--from", "from_day", type=DAY, help="First day, in the company's zone. 起始日。")
@click.option("--to", "to_day", type=DAY, help="Last day, included. 截止日(含)。")
@click.option("--json", "as_json", is_flag=True, help="One JSON array. 输出 JSON。")
@click.option(
    "--history/--live",
    default=None,
    help="Only what was taken in as history, or only live work. 仅历史或仅在办。",
)
def command(from_day: datetime | None, to_day: datetime | None, as_json: bool, history: bool | None) -> None:
    """Per clause: obligations started in the period, how many were met in time, late, missed or are open.

    The share is of those that are decided: met, missed, or open and overdue; a dash where nothing is. Median and 90 %
    are the time used by those that were met, on the clause's own clock. 按条款统计期间内启动的义务及履行情况。
    """
    zone = ZoneInfo(settings.TIME_ZONE)
    period = {
        "started_from": datetime.combine(from_day, time(), zone) if from_day else None,
        "started_to": datetime.combine(to_day + timedelta(days=1), time(), zone) if to_day else None,
    }
    if from_day and to_day and from_day > to_day:
        raise click.UsageError(pick("起始日晚于截止日。", "the first day is after the last"))
    rows = compliance(**period, history=history, now=clock.now())
    used = spreads(**period, history=history)
    shown = _document(rows, used) if as_json else _as_table(rows, used)
    click.echo(shown)


def _document(rows: list[Tally], used: dict[str, Spread]) -> str:
    titles = {name: clause.title for name, clause in all_clauses().items()}
    return json.dumps(
        [_fields(row, titles[row.clause_id], used.get(row.clause_id)) for row in rows],
        ensure_ascii=False,
        indent=1,
    )


def _fields(row: Tally, title: Any, spread: Spread | None) -> dict[str, Any]:
    return {
        **asdict(row),
        "title": {"zh": title.zh, "en": title.en},
        "decided": row.decided,
        "share": row.share,
        "median_seconds": spread and int(spread.median_for.total_seconds()),
        "ninth_decile_seconds": spread and int(spread.ninth_decile_for.total_seconds()),
    }


def _as_table(rows: list[Tally], used: dict[str, Spread]) -> str:
    if not rows:
        return pick("这段时间没有启动任何义务。", "No obligation started in this period.")
    titles = {name: clause.title for name, clause in all_clauses().items()}
    heads = pick(
        "条款 标题 启动 按时 迟办 进行中 其中逾期 未履行 其他 按时率 用时中位数 用时90%",
        "clause title started in-time late open overdue missed other share median 90%",
    ).split()
    return table(heads, [_line(row, titles[row.clause_id], used.get(row.clause_id)) for row in rows])


def _line(row: Tally, title: Any, spread: Spread | None) -> list[object]:
    others = row.waived + row.superseded + row.released
    share = None if row.share is None else f"{row.share:.1%}"
    named = title.zh if in_chinese() else title.en
    counts = [row.started, row.in_time, row.late, row.open, row.overdue, row.missed, others]
    lengths = [shown(spread.median_for), shown(spread.ninth_decile_for)] if spread else [None, None]
    return [row.clause_id, named, *counts, share, *lengths]


def shown(length: timedelta) -> str:
    """A length as people say it: minutes below an hour and a half, hours above."""
    minutes = length.total_seconds() / 60
    if minutes < 90:
        return pick(f"{minutes:.0f} 分钟", f"{minutes:.0f} min")
    return pick(f"{minutes / 60:.1f} 小时", f"{minutes / 60:.1f} h")
