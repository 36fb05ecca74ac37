"""`goodword clauses`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from goodword.base.core import environment
from goodword.engine.policy.reading import read_packs
from goodword.engine.policy.schema import Clause

from ..bound import is_there
from ..lazy import start_django
from ..tables import table
from ..words import in_chinese, pick

COUNTS = ("started", "met", "late", "open")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON array. 输出 JSON。")
@click.option("--regulation", metavar="ID", help="Only one of FB, WM, SU, KC, CS. 只看一部制度。")
def command(as_json: bool, regulation: str | None) -> None:
    """List every clause: id, kind, citation, what binds it, and how its obligations fare.

    Without a database the counts are left out. A clause that names code which is not there is BROKEN, and the
    exit code is 1. 列出全部条款:由什么落实,履行情况如何。
    """
    counts = _counts()
    rows = [
        _row(clause, counts)
        for pack in read_packs()
        for clause in pack.clauses
        if regulation is None or pack.id == regulation.upper()
    ]
    if not rows:
        raise click.UsageError(
            f"no regulation {regulation}; there are {', '.join(p.id for p in read_packs())}"
        )
    click.echo(
        json.dumps(rows, ensure_ascii=False, indent=1)
        if as_json
        else _as_table(rows, counted=counts is not None)
    )
    if any(row["state"] == "BROKEN" for row in rows):
        sys.exit(1)


def _row(clause: Clause, counts: dict[str, dict[str, int]] | None) -> dict[str, Any]:
    missing = [name for name in clause.bound_by if not is_there(name)]
    bound = clause.planned is None
    return {
        "id": clause.id,
        "kind": clause.kind,
        "citation": clause.cite,
        "title": {"zh": clause.title.zh, "en": clause.title.en},
        "state": "BROKEN" if missing else "bound" if bound else "planned",
        "by": _by(clause),
        "missing": missing,
        **(dict.fromkeys(COUNTS) if counts is None else counts.get(clause.id) or dict.fromkeys(COUNTS, 0)),
    }


def _by(clause: Clause) -> list[str]:
    if clause.binding is not None:
        return [*clause.binding.starts_on, "→", *(meeting.on for meeting in clause.binding.meets_on)]
    return list(clause.bound_by) or [str(clause.planned)]


def _as_table(rows: list[dict[str, Any]], *, counted: bool) -> str:
    language = "zh" if in_chinese() else "en"
    counts = COUNTS if counted else ()
    heads = pick("编号 类别 出处 标题 状态 落实于", "id kind citation title state by").split()
    counted_heads = pick("启动 履行 超时 进行中", "started met late open").split() if counted else []
    lines = [
        [
            row["id"],
            row["kind"],
            row["citation"],
            _shortened(row["title"][language]),
            row["state"],
            *(row[name] for name in counts),
            _shortened(" ".join(row["missing"] or row["by"]), 60),
        ]
        for row in rows
    ]
    states = [row["state"] for row in rows]
    total = ", ".join(f"{states.count(s)} {s}" for s in ("bound", "planned", "BROKEN") if s in states)
    return f"{table([*heads[:5], *counted_heads, heads[5]], lines)}\n\n{len(rows)}: {total}"


def _shortened(text: str, limit: int = 44) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _counts() -> dict[str, dict[str, int]] | None:
    """Obligations per clause, or None where there is no database, or none that is set up."""
    chosen = environment.read()
    database = chosen["DATABASE_URL"]
    file = Path(database.get("NAME") or chosen["GOODWORD_DATA_DIR"] / "goodword.sqlite3")
    if database["ENGINE"] == "sqlite" and not file.exists():
        return None
    start_django()
    from django.db import DatabaseError  # noqa: PLC0415 - without a database this command needs no Django

    from goodword.base.core import clock  # noqa: PLC0415
    from goodword.engine.obligations.queries import compliance  # noqa: PLC0415

    try:
        tallies = compliance(now=clock.now())
    except DatabaseError as problem:
        sys.stderr.write(f"without counts: {str(problem).splitlines()[0]}\n")
        return None
    return {
        tally.clause_id: {
            "started": tally.started,
            "met": tally.in_time,
            "late": tally.late + tally.overdue + tally.missed,
            "open": tally.open,
        }
        for tally in tallies
    }
