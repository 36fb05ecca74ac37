"""What every bench shares: the machine's note, medians, a table beside the JSON, both databases.

A bench is a script that ends in `run(name, measure, …)`. Run without more it starts itself once for each database and
each of its variants, as a process of its own with an installation of its own; `measure` is called there and gives
rows, and all rows come out together: a table on standard error, one JSON object on standard output.

    --databases sqlite,postgresql    which of the two
    --folder DIR                     keep what was prepared, and find it there again (default: thrown away)
    --only TEXT                      the variant of that name, else those whose name contains it
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CHILD = "BENCH_DATABASE"
DURABLE = "-c shared_buffers=1GB -c effective_cache_size=3GB -c max_wal_size=4GB -c random_page_cost=1.1"
"""A PostgreSQL as somebody would run it on a small server with a solid-state disk; nothing that loses data."""
Row = dict[str, Any]


def machine() -> Row:
    """The machine's note: processor, cores, memory (GB), versions, the load it was under when asked."""
    cpus = Path("/proc/cpuinfo")
    models = [
        line.partition(":")[2].strip() for line in cpus.read_text().splitlines() if "model name" in line
    ]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": models[0] if models else platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(memory, 1),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "load": round(os.getloadavg()[0], 2),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def quantile(samples: Iterable[float], share: float) -> float:
    """The sample below which `share` of them lie (0.5: the median), between two neighbours in proportion."""
    ordered = sorted(samples)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def spread(seconds: Iterable[float]) -> Row:
    """Median and 95th percentile of lengths, in milliseconds."""
    samples = list(seconds)
    return {
        "p50_ms": round(quantile(samples, 0.5) * 1000, 2),
        "p95_ms": round(quantile(samples, 0.95) * 1000, 2),
        "n": len(samples),
    }


def timed(call: Callable[[], object], *, times: int, within: float = 20.0, warm: int = 2) -> list[float]:
    """Seconds of each of `times` calls after `warm` that are not counted; fewer, if they take over `within` s."""
    for _ in range(warm):
        call()
    lengths: list[float] = []
    while len(lengths) < times and (sum(lengths) < within or len(lengths) < 3):
        began = perf_counter()
        call()
        lengths.append(perf_counter() - began)
    return lengths


def table(rows: list[Row]) -> str:
    """The rows under each other, a column per key; Chinese letters count two columns."""
    heads = list(dict.fromkeys(key for row in rows for key in row))
    cells = [heads, *([_shown(row.get(head)) for head in heads] for row in rows)]
    widths = [max(_width(line[place]) for line in cells) for place in range(len(heads))]
    right = [
        all(isinstance(row.get(head), int | float | None) for row in rows) for head in heads
    ]  # figures are read from the right

    def laid(text: str, place: int) -> str:
        gap = " " * (widths[place] - _width(text))
        return gap + text if right[place] else text + gap

    return "\n".join(
        "  ".join(laid(text, place) for place, text in enumerate(line)).rstrip() for line in cells
    )


def _shown(value: object) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def report(name: str, rows: list[Row], **notes: object) -> None:
    """Print the table on standard error, one JSON object on standard output."""
    note = machine()
    print(f"\n{name}: {note['processor']}, {note['cores']} cores, load {note['load']}", file=sys.stderr)
    print(table(rows), file=sys.stderr, flush=True)
    print(json.dumps({"bench": name, "machine": note, **notes, "rows": rows}, ensure_ascii=False), flush=True)


def run(
    name: str,
    measure: Callable[[argparse.Namespace], list[Row]],
    *,
    variants: Iterable[str] = ("",),
    script: str,
    options: Callable[[argparse.ArgumentParser], None] | None = None,
    fresh: bool = True,
    summary: Callable[[list[Row]], list[Row]] | None = None,
) -> None:
    """The bench `name` in `script` (`__file__`): each variant on each database, then the report.

    measure(options) gives rows; it runs with Django's settings in the environment, not yet loaded. Its options have
    `database`, `variant` and what `options` adds. fresh: an empty installation for each run, even in --folder; else
    what measure prepared there is found again (`variant` names it). summary: the rows as they are to be reported.
    """
    parser = argparse.ArgumentParser(description=name)
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--variant", default="", help=argparse.SUPPRESS)
    if options:
        options(parser)
    chosen = parser.parse_args()
    if os.environ.get(CHILD):
        chosen.database = os.environ[CHILD]
        print(json.dumps(measure(chosen), ensure_ascii=False))
        return
    named = list(variants)
    wanted = [v for v in named if v == chosen.only] or [v for v in named if chosen.only in v]
    rows: list[Row] = []
    with _folder(chosen.folder) as folder:
        for database in chosen.databases.split(","):
            with serving(database, folder) as server:
                for variant in wanted:
                    environment = installed(folder / database, variant or "bench", server=server, fresh=fresh)
                    rows += _child(script, variant, {**environment, CHILD: database})
    report(name, summary(rows) if summary else rows)


def _is_wanted(variant: str, only: str) -> bool:
    return variant == only[1:] if only.startswith("=") else only in variant


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    folder = Path(tempfile.mkdtemp(prefix="gw-bench-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def serving(database: str, folder: Path) -> Iterator[str]:
    """The address of a PostgreSQL whose cluster stays in `folder` ("" for SQLite), durable as in production."""
    if database == "sqlite":
        yield ""
        return
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        yield os.environ["DATABASE_URL"]
        return
    sys.path.insert(0, str(ROOT))
    from tests.support.postgres import server

    with server(kept_in=folder / "cluster", options=DURABLE) as address:
        yield address


def installed(folder: Path, name: str, *, server: str, fresh: bool) -> dict[str, str]:
    """What processes of the installation `name` are started with. Its database is made if missing, or anew if fresh."""
    data = folder / name
    if fresh:
        shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True, exist_ok=True)
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GOODWORD_")}
    kept.pop("DATABASE_URL", None)
    environment = {
        **kept,
        "GOODWORD_DATA_DIR": str(data),
        "DJANGO_SETTINGS_MODULE": "goodword.settings",
        "GOODWORD_LOG_LEVEL": "ERROR",
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT), str(ROOT / "bench"))),
    }
    if server:
        before, _, query = server.partition("?")
        database = f"goodword_{name}"
        _database(server, database, fresh=fresh)
        environment["DATABASE_URL"] = f"{before.rsplit('/', 1)[0]}/{database}" + (
            f"?{query}" if query else ""
        )
    return environment


def _database(server: str, name: str, *, fresh: bool) -> None:
    import psycopg
    from psycopg import sql

    plain = re.sub(r"(?<=[?&])plans=\w+&?", "", server).rstrip("?&")  # that word is the product's own
    with psycopg.connect(plain, autocommit=True) as connection:
        if fresh:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if there is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _child(script: str, variant: str, environment: Mapping[str, str]) -> list[Row]:
    """The rows of one variant on one database, measured in a process of its own."""
    command = [sys.executable, script, "--variant", variant, *sys.argv[1:]]
    done = subprocess.run(command, env=dict(environment), stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{Path(script).name} {variant} failed on {environment[CHILD]}")
    rows: list[Row] = json.loads(done.stdout.splitlines()[-1])
    return [{"database": environment[CHILD], **row} for row in rows]


def start_django(*, migrate: bool = True) -> None:
    """Django with the settings of this process's environment; tables and foundations laid unless they are there."""
    import django

    django.setup()
    if migrate:
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        from goodword.base.core import clock
        from goodword.doors.ops.foundations import lay_foundations

        lay_foundations(at=clock.now())
