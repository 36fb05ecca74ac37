"""A ledger of feedback taken in through the real actions: rows a second, as new work and as history.

    python bench/bench_ledger.py [--quick] [--file LEDGER.xlsx]

The workbook is made here: invented matters of different lengths, most of them answered and over. With --file that
ledger is taken in too, as history, its columns recognised by their headings. Every row makes a case with its journal,
its obligations and the reader's proposal; at the end everything is taken in again (unchanged) and the journal verified.
"""

from __future__ import annotations

import argparse
import io
import random
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from harness import Row, run, start_django
from wording import Wording

HEADER = ("编号", "客户姓名", "主题", "受理时间", "内容", "答复内容", "答复时间")
ANSWERS = (
    "已为您更换设备,给您添麻烦了。",
    "已核实,七个工作日内办理,请留意到账。",
    "感谢反馈,已转相关部门改进。",
)


def workbook(rows: int, *, answered: bool, seed: int) -> bytes:
    """An invented ledger as .xlsx."""
    import xlsxwriter

    chance, first = random.Random(seed), datetime(2025, 1, 6, 9, 0, tzinfo=UTC)
    wording = Wording(chance)
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for number in range(1, rows + 1):
            came = first + timedelta(minutes=30 * number + chance.randrange(30))
            went = came + timedelta(minutes=chance.randrange(5, 6000))
            said = wording.text(number)
            end = (chance.choice(ANSWERS), f"{went:%Y-%m-%d %H:%M:%S}") if answered else ("", "")
            name = f"张测试{number % 900}"
            sheet.write_row(
                number, 0, (f"{seed}-{number}", name, said[:12], f"{came:%Y-%m-%d %H:%M:%S}", said, *end)
            )
    return target.getvalue()


def measure(options: argparse.Namespace) -> list[Row]:
    """Rows a second of each way of taking in, and of the same file again."""
    start_django()
    from tests.cast import make_cast

    from goodword.base.core import clock
    from goodword.engine.journal.verifying import verify

    make_cast(clock.now() - timedelta(days=1))
    rows = 300 if options.quick else 5_000
    found = []
    for mode, answered in (("new", False), ("history", True)):
        raw = workbook(rows, answered=answered, seed=1 + answered)
        found.append(taken(raw, name="台账.xlsx", mode=mode))
        found.append(taken(raw, name="台账.xlsx", mode=mode) | {"mode": f"{mode}, again"})
    if options.file:
        found.append(taken(options.file.read_bytes(), name=options.file.name, mode="history"))
        found[-1]["mode"] = f"history, {options.file.name}"
    problems = list(verify())
    assert not problems, problems[:3]
    return found


def taken(raw: bytes, *, name: str, mode: str) -> Row:
    """One whole run over a file, its reading not counted."""
    from goodword.base.core import clock
    from goodword.base.people.actors import SYSTEM
    from goodword.voice.cases.ledger import files, mapping, running

    at = clock.now()
    kept = files.kept(raw, at=at)
    columns = mapping.detected(files.first_read(kept, name=name, at=at))
    one = running.prepare(kept, name=name, columns=columns, mode=mode, by=SYSTEM, at=at)
    one = running.start(one, by=SYSTEM, at=at)
    began, busy = time.perf_counter(), time.process_time()
    one = running.carry_on(one, at=at)
    lasted, busy = time.perf_counter() - began, time.process_time() - busy
    assert one.state == "done", one.failure_en
    return {
        "mode": mode,
        "rows": one.rows,
        "created": one.created,
        "unchanged": one.unchanged,
        "rejected": one.rejected,
        "rows_per_second": round(one.rows / lasted),
        "cpu_ms_per_row": round(busy * 1000 / one.rows, 2),
    }


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quick", action="store_true", help="300 rows instead of 5,000")
    parser.add_argument("--file", type=Path, help="a real ledger to take in as well")


if __name__ == "__main__":
    run("ledger", measure, script=__file__, options=_options)
