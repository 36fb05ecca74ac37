"""A backup is made while clients write; what is restored from it is exact, and sends nothing until released."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.support.installation import Installation, installation
from tests.trust.conftest import knowing_the_tests
from tests.trust.kit.insisting import Deed
from tests.trust.kit.under_load import Found, Load

WRITES = {"quick": 15, "slow": 200, "full": 1_000}
"""How many are answered before the backup begins."""


@pytest.fixture
def drill(tmp_path: Path) -> Iterator[Installation]:
    """An empty installation to restore into."""
    with installation(tmp_path / "drill") as made:
        yield knowing_the_tests(made)


def ask(place: Installation, what: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(place.do(f"from tests.trust.kit import inside\ninside.{what}"))
    return said


def test_a_backup_under_load_is_exact_and_its_copy_is_held(
    load: Load, drill: Installation, size: str
) -> None:
    load.begin(lasting=30)
    assert load.await_writes(WRITES[size], within=600) >= WRITES[size]
    load.worker.kill()  # from here on notices wait
    assert load.await_writes(10, within=60) >= 10
    before = [deed for deed in load.deeds() if deed.status]
    file = load.place.folder / "backup.tar"
    made = load.place.run("backup", str(file))
    if "version mismatch" in made.stderr or "pg_dump is not here" in made.stderr:
        pytest.skip(f"no pg_dump of this server's version: {made.stderr.strip()}")
    assert made.returncode == 0, made.stderr
    meanwhile = len([deed for deed in load.deeds() if deed.status]) - len(before)
    load.rest()
    restored = drill.run("restore", str(file))
    assert restored.returncode == 0, restored.stderr
    assert "all compared" in restored.stdout, "the rows of every table, and the digest of every file"
    found = ask(drill, "findings()")
    print(
        f"answered before {len(before)}, meanwhile {meanwhile}; {made.stdout.strip()}; outbox {found['outbox']}"
    )
    assert meanwhile > 0, "nobody wrote while the backup was made"
    everything_before_is_there(before, found)
    nothing_is_half_or_unheard_of(load.deeds(), found)
    nothing_leaves_until_released(drill, found)


def everything_before_is_there(before: list[Deed], found: Found) -> None:
    cases = {(number, subject) for number, subject, _ in found["cases"]}
    assert {(d.answer["number"], d.marker) for d in before if d.path == "cases"} <= cases
    for ending, kept in (
        ("/notes", found["notes"]),
        ("/replies", found["messages"]),
        ("/attachments", [digest for digest, _ in found["attachments"]]),
    ):
        assert {d.marker for d in before if d.path.endswith(ending)} <= set(kept)
    assert found["keys"] >= len(before)


def nothing_is_half_or_unheard_of(deeds: list[Deed], found: Found) -> None:
    asked_for = {deed.marker for deed in deeds}
    assert {subject for _, subject, _ in found["cases"]} <= asked_for
    assert set(found["notes"]) | set(found["messages"]) <= asked_for
    assert all(whole for _, whole in found["attachments"])
    assert found["received"] == found["all_cases"]
    written = len(found["cases"]) + len(found["notes"]) + len(found["messages"]) + len(found["attachments"])
    triaged = sum(state == "triaged" for _, _, state in found["cases"])
    assert (found["keys"], found["half_keys"]) == (written + triaged, 0), "a write and its key come together"
    assert found["journal"] == []


def nothing_leaves_until_released(drill: Installation, found: Found) -> None:
    waiting = found["outbox"].get("queued", 0)
    assert waiting > 0, "no notice waits, so that nothing could be seen to be held"
    assert drill.run("worker", "--once").returncode == 0
    held = ask(drill, "findings()")
    assert held["notices"] == found["notices"]
    assert held["outbox"].get("queued", 0) >= waiting
    assert drill.run("release").returncode == 0
    assert drill.run("worker", "--once").returncode == 0
    assert ask(drill, "findings()")["notices"] >= found["notices"] + waiting
