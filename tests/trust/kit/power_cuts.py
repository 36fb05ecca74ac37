"""Writes of the product on SQLite are recorded down to the disk; then the power is cut between any two of them.

Run inside an installation on SQLite; prints JSON.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
from collections import Counter
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client
from tests.cast import make_cast
from tests.trust.kit import copies, tracing
from tests.trust.kit.disk import KEPT, Disk, Recorder

from goodword.base.core import clock
from goodword.base.core.models import IdempotencyRecord
from goodword.base.people.actors import SYSTEM
from goodword.doors.api.tokens import create_token, every_right
from goodword.doors.ops.worker import Worker
from goodword.engine.journal.models import Entry
from goodword.engine.journal.verifying import verify
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases.models import Case

AT_A_TIME = 25
CHECKPOINT_AFTER = 60
"""Pages in SQLite's log until it is worked into the file: few, so that many cuts fall into that."""


def cuts(*, images: int, cases: int, seed: int, synchronous: str = "FULL") -> None:
    """Record `cases` intakes over the API and a worker's pass, cut the power `images` times, look at each image.

    Prints {"deeds", "syncs", "acknowledged", "images": {how: number}, "lost", "wrong": […]}, or {"skipped": why}.
    """
    if why := tracing.why_not():
        print(json.dumps({"skipped": why}))
        return
    token = _prepare()
    original = Path(connection.settings_dict["NAME"])
    copies.leave()
    options = connection.settings_dict["OPTIONS"]
    options["init_command"] += (
        f"PRAGMA synchronous={synchronous}; PRAGMA wal_autocheckpoint={CHECKPOINT_AFTER};"
    )
    with copies.copy():
        database = Path(connection.settings_dict["NAME"])
        recorder = Recorder(database)
        code = tracing.traced(lambda: _work(token, cases, database), recorder.see, results=True)
    assert code == 0, f"the work that was recorded ended with {code}"
    before = {database.name: original.read_bytes()}
    found = _look_at_images(before, recorder, images, random.Random(seed), database)
    deeds = Counter(deed.what for deed in recorder.deeds)
    print(json.dumps({"deeds": deeds, **found}, ensure_ascii=False))


def _prepare() -> str:
    cast = make_cast(clock.now())
    issued = create_token(cast.lead.account, name="cuts", scopes=every_right(), by=SYSTEM, at=clock.now())
    _receive(issued.clear, "loads what is loaded on first use")
    Worker(name="before").one_pass()
    return issued.clear


def _receive(token: str, mark: str) -> None:
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": mark}
    body = json.dumps({"text": f"摄像机黑屏 {mark}", "channel": "hotline", "subject": mark})
    client = Client(SERVER_NAME="localhost", headers=headers)
    response = client.post("/api/v1/cases", body, content_type="application/json")
    assert response.status_code == 201, response.content.decode()


def _work(token: str, cases: int, database: Path) -> None:
    """Each request on a connection of its own. It takes the log with it when it is the last: in the first half it is."""
    told = os.open(f"{database}.told", os.O_WRONLY | os.O_CREAT)
    for number in range(cases):
        if number == cases // 2:
            other = sqlite3.connect(database)
            other.execute("SELECT COUNT(*) FROM cases_case").fetchone()
        mark = f"cut{number}"
        _receive(token, mark)
        os.write(told, f"{mark}\n".encode())
        connection.close()
    Worker(name="recorded").one_pass()


def _look_at_images(
    before: dict[str, bytes], recorder: Recorder, images: int, chance: random.Random, database: Path
) -> dict[str, Any]:
    deeds = recorder.deeds
    telling = [
        n + 1 for n, deed in enumerate(deeds) if deed.what in ("sync", "acknowledge", "unlink", "sync_folder")
    ]
    points = sorted(
        chance.choice(telling) if chance.random() < 0.5 else chance.randint(0, len(deeds))
        for _ in range(images)
    )
    made: Counter[str] = Counter()
    wrong: list[str] = []
    lost, done, disk, waiting = 0, 0, Disk(before), []
    for place, point in enumerate(points):
        for deed in deeds[done:point]:
            disk.do(deed)
        done = point
        kept = KEPT[place % len(KEPT)]
        made[kept] += 1
        waiting.append(
            (f"cut after {point} of {len(deeds)}, {kept}", disk.cut(chance, kept), list(disk.acknowledged))
        )
        if len(waiting) == AT_A_TIME or place == len(points) - 1:
            missing, said = copies.apart(partial(_look, waiting, database))
            lost, wrong, waiting = lost + missing, wrong + said, []
    acknowledged = sum(deed.what == "acknowledge" for deed in deeds)
    return {"acknowledged": acknowledged, "images": made, "lost": lost, "wrong": wrong}


def _look(images: list[tuple[str, dict[str, bytes], list[str]]], database: Path) -> tuple[int, list[str]]:
    """Each image opened as the next start would: (acknowledged writes that are not there, what else is wrong)."""
    connection.settings_dict["NAME"] = str(database)
    lost, wrong = 0, []
    for name, files, acknowledged in images:
        connection.close()
        copies.remove(str(database))
        for file, content in files.items():
            database.with_name(file).write_bytes(content)
        try:
            missing, said = _state(database, acknowledged)
        except Exception as problem:
            missing, said = [], [f"{type(problem).__name__}: {problem}"]
        lost += len(missing)
        wrong += [f"{name}: {one}" for one in said]
    connection.close()
    copies.remove(str(database))
    return lost, wrong


def _state(database: Path, acknowledged: list[str]) -> tuple[list[str], list[str]]:
    with closing(sqlite3.connect(database)) as file:
        said = [row[0] for row in file.execute("PRAGMA integrity_check").fetchall()]
    wrong = [] if said == ["ok"] else [f"SQLite: {one}" for one in said]
    cases = {case.subject: case for case in Case.objects.filter(subject__startswith="cut")}
    keys = set(
        IdempotencyRecord.objects.filter(key__startswith="cut", status=201).values_list("key", flat=True)
    )
    wrong += [f"{mark}: key and case are not both there" for mark in cases.keys() ^ keys]
    for mark, case in cases.items():
        entries = Entry.objects.filter(subject_type="case", subject_id=str(case.pk)).count()
        duties = Obligation.objects.filter(subject_type="case", subject_id=str(case.pk)).count()
        wrong += [] if entries and duties else [f"{mark}: {entries} entries, {duties} duties"]
    wrong += [f"journal: {fault.where}: {fault.what}" for fault in verify()]
    return [mark for mark in acknowledged if mark not in cases], wrong
