"""The power is cut under SQLite: what was not synced is gone, or there in pieces; what was acknowledged is there.

Every write, truncation, sync and name of the database's files is recorded from the product's own system calls, then
disks are built as they may look after a cut between any two of them (`kit/disk.py`), opened and looked at: integrity,
every acknowledged case with its key, entries and duties, the journal. PostgreSQL's part is in test_postgres_outages.py.
"""

from __future__ import annotations

import ctypes
import json
import mmap
import os
from pathlib import Path
from typing import Any

import pytest
from tests.support.installation import Installation
from tests.trust.kit import tracing
from tests.trust.kit.disk import PAGE, Deed, Recorder

IMAGES = {"quick": 40, "slow": 400, "full": 4_000}
CASES = {"quick": 6, "slow": 12, "full": 20}

pytestmark = pytest.mark.skipif(
    os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="SQLite's files are looked at"
)


def cut(place: Installation, **how: Any) -> dict[str, Any]:
    """What `power_cuts.cuts` found; skips where processes cannot be watched."""
    arguments = ", ".join(f"{name}={value!r}" for name, value in how.items())
    program = f"from tests.trust.kit import power_cuts\npower_cuts.cuts({arguments})"
    found: dict[str, Any] = json.loads(place.do(program, within=4 * 3600))
    if "skipped" in found:
        pytest.skip(found["skipped"])
    return found


def test_after_a_power_cut_everything_acknowledged_is_there(
    place: Installation, size: str, seed: int
) -> None:
    found = cut(place, images=IMAGES[size], cases=CASES[size], seed=seed)
    print(f"deeds {found['deeds']}; images {found['images']}")
    assert found["acknowledged"] == CASES[size]
    assert sum(found["images"].values()) == IMAGES[size]
    assert (found["lost"], found["wrong"]) == (0, [])


def test_the_harness_sees_what_a_weaker_setting_loses(place: Installation, seed: int) -> None:
    """synchronous=NORMAL does not wait for the disk at commit: the same cuts must find acknowledged cases missing."""
    found = cut(place, images=16, cases=4, seed=seed, synchronous="NORMAL")
    assert found["lost"] > 0


def test_the_harness_reads_a_name_that_lies_across_two_pages_of_memory(tmp_path: Path) -> None:
    if why := tracing.why_not():
        pytest.skip(why)
    recorder, name = Recorder(tmp_path / "a.sqlite3"), os.fsencode(tmp_path / "a.sqlite3-wal")
    room, at = mmap.mmap(-1, 2 * PAGE), PAGE - len(name) // 2
    room[at : at + len(name)] = name
    there = ctypes.c_void_p(ctypes.addressof(ctypes.c_char.from_buffer(room)) + at)
    code = tracing.traced(
        lambda: ctypes.CDLL(None).open(there, os.O_WRONLY | os.O_CREAT, 0o600), recorder.see, results=True
    )
    assert (code, recorder.deeds) == (0, [Deed("create", "a.sqlite3-wal")])
