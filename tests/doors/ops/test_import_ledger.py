"""`goodword import ledger` and `goodword compliance`, as processes on an installation of their own."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.installation import Installation, installation
from tests.voice.cases.ledger.ledgers import ASKED, FAULT, LATE, OPEN, Ledger, as_csv

COUNTED = (
    "from goodword.voice.cases.models import Case, LedgerRun; "
    "run = LedgerRun.objects.order_by('uploaded_at').last(); "
    "print(Case.objects.count(), run.done if run else 0, run.state if run else '')"
)


@pytest.fixture
def made(prepared: Installation, tmp_path: Path) -> Iterator[Installation]:
    """An installation that has been migrated."""
    with installation(tmp_path, like=prepared) as made:
        yield made


def ledger(made: Installation, rows: Ledger, *, name: str = "ledger.csv") -> Path:
    file = made.folder / name
    file.write_bytes(as_csv(rows, encoding="gbk"))
    return file


def counted(made: Installation) -> list[str]:
    return made.do(COUNTED).split()


@pytest.mark.either
def test_a_ledger_comes_in_tells_its_figures_and_says_how_it_would_have_fared(made: Installation) -> None:
    file = ledger(made, [FAULT, ASKED, LATE, ("9", "", "", "昨天", "黑屏了", "", "")])
    tried = made.run("import", "ledger", str(file), "--as-history", "--dry-run")
    assert "3 new, 0 updated, 0 unchanged, 1 rejected" in tried.stdout
    assert counted(made) == ["0", "0"]
    done = made.run("import", "ledger", str(file), "--as-history")
    assert done.returncode == 0, done.stderr
    assert "4 / 4 rows: 3 new, 0 updated, 0 unchanged, 1 rejected" in done.stdout
    assert "Consultation" in done.stdout
    assert FAULT[4] not in done.stdout + done.stderr + tried.stdout
    rejected = (made.folder / "ledger-rejects.csv").read_text("utf-8-sig")
    assert "昨天" in rejected
    assert "“受理时间”看不出是什么时间" in rejected
    again = made.run("import", "ledger", str(file), "--as-history")
    assert "0 new, 0 updated, 3 unchanged, 1 rejected" in again.stdout
    answered = made.run("compliance", "--from", "2019-06-01", "--to", "2019-06-30", "--history", "--json")
    rows = {row["clause_id"]: row for row in json.loads(answered.stdout)}
    fared = rows["CS-3.2a"]
    assert (fared["started"], fared["in_time"], fared["late"]) == (3, 2, 1)
    assert fared["median_seconds"] == 20 * 60
    assert json.loads(made.run("compliance", "--live", "--json").stdout) == []


@pytest.mark.either
def test_a_map_file_says_what_is_where(made: Installation) -> None:
    file = made.folder / "x.csv"
    file.write_text("甲,乙\n摄像机黑屏,2026-01-04 10:00\n", "utf-8")
    written = made.folder / "map.yaml"
    written.write_text(
        "name: 甲乙\ncolumns: {text: 甲, received_at: 乙}\ndefaults: {channel: hotline}\n", "utf-8"
    )
    assert made.run("import", "ledger", str(file)).returncode == 2
    done = made.run("import", "ledger", str(file), "--map", str(written))
    assert "1 new" in done.stdout, done.stderr
    lost = made.run("import", "ledger", str(file), "--map", "none of that name")
    assert lost.returncode == 2
    assert "No map of columns" in lost.stderr


def test_killed_in_the_middle_the_same_command_goes_on_and_no_row_comes_twice(made: Installation) -> None:
    rows = [(str(n), *OPEN[1:4], f"第 {n} 件:客服态度很差,要投诉。", "", "") for n in range(1, 1_001)]
    file = ledger(made, rows)
    process = made.start("import", "ledger", str(file), "--as-history")
    give_up_at = time.monotonic() + 60
    while int(counted(made)[1]) == 0 and time.monotonic() < give_up_at:
        time.sleep(0.1)
    process.send_signal(signal.SIGKILL)
    process.wait()
    cases, done, state = counted(made)
    assert state == "running"
    assert 0 < int(done) < 1_000
    assert cases == done
    finished = made.run("import", "ledger", str(file), "--as-history")
    assert "1000 / 1000 rows: 1000 new, 0 updated, 0 unchanged, 0 rejected" in finished.stdout
    assert counted(made) == ["1000", "1000", "done"]
    assert made.run("journal", "verify").returncode == 0
