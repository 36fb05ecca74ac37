"""The disk fills up while clients write: they are told so, lose nothing, and all goes on once there is room.

On SQLite the data folder lies on a small disk, attachments too; on PostgreSQL the tables do. Where no file system may
be mounted, tests/doors/web/test_outages.py still shows the answers, on SQLite.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.support.installation import Installation, installation
from tests.trust.conftest import knowing_the_tests
from tests.trust.kit import under_load
from tests.trust.kit.clusters import cluster
from tests.trust.kit.small_disk import CannotMountError, SmallDisk, small_disk
from tests.trust.kit.under_load import Load

ROUNDS = {"quick": 1, "slow": 4, "full": 12}
ON_POSTGRES = os.environ.get("DATABASE_URL", "").startswith("postgres")
MEGABYTES = 96 if ON_POSTGRES else 40
LEFT = 256 * 1024
"""Bytes left free when the disk is filled: the last of them are taken by the clients."""
REFUSED = 8
"""So many answers must tell of the full disk before there is room again."""


@pytest.fixture
def small(prepared: Installation, tmp_path: Path) -> Iterator[tuple[SmallDisk, Installation]]:
    """A small disk, and an installation on it."""
    with ExitStack() as stack:
        try:
            yield _on_postgres(stack, tmp_path) if ON_POSTGRES else _on_sqlite(stack, tmp_path, prepared)
        except CannotMountError as problem:
            pytest.skip(f"no file system may be mounted here: {problem}")


def _on_sqlite(stack: ExitStack, folder: Path, prepared: Installation) -> tuple[SmallDisk, Installation]:
    """The whole data folder lies on it."""
    disk = stack.enter_context(small_disk(folder / "data", megabytes=MEGABYTES))
    made = stack.enter_context(installation(folder, like=prepared))
    return disk, knowing_the_tests(made)


def _on_postgres(stack: ExitStack, folder: Path) -> tuple[SmallDisk, Installation]:
    """The tables and indexes of the database lie on it, not the server's log: without that it cannot run at all."""
    own = stack.enter_context(cluster())
    disk = stack.enter_context(small_disk(own.data.parent / "small", megabytes=MEGABYTES))
    own.execute(f"CREATE TABLESPACE small LOCATION '{own.lend(disk.folder)}'")
    stack.callback(own.execute, "DROP TABLESPACE small")
    made = stack.enter_context(installation(folder, server=own.url, tablespace="small"))
    assert made.run("migrate").returncode == 0
    return disk, knowing_the_tests(made)


def test_a_full_disk_costs_nothing_acknowledged_and_needs_no_hand(
    small: tuple[SmallDisk, Installation], size: str, seed: int
) -> None:
    disk, on_it = small
    with under_load.load(on_it, seed=seed) as load:
        load.begin(lasting=15 * ROUNDS[size])
        for _ in range(ROUNDS[size]):
            assert load.await_writes(10, within=60) >= 10
            disk.fill(but=LEFT)
            seen = refused(load)
            assert seen >= REFUSED, (
                f"the disk is full ({disk.free()} bytes free) and {load.statuses()} was answered"
            )
            disk.make_room()
            assert load.await_writes(5, within=60) >= 5, "there is room, and nothing is written"
        load.end()
        assert (load.web.deaths, load.worker.deaths) == (0, 0)
        assert load.web.alive()
        assert load.worker.alive()
    assert half_files(on_it) == []


def refused(load: Load) -> int:
    """How many answers told of no room, once enough did; else after a while."""
    before, until = load.statuses()[507], time.monotonic() + 40
    while time.monotonic() < until and load.statuses()[507] < before + REFUSED:
        time.sleep(0.05)
    return load.statuses()[507] - before


def half_files(place: Installation) -> list[str]:
    """Stored files that no attachment names, or whose bytes are not those that came."""
    said = place.do("from tests.trust.kit import inside\ninside.strays()")
    return [line for line in said.splitlines() if line]
