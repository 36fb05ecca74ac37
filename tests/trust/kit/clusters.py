"""A PostgreSQL of a test's own, run as one runs it in earnest (fsync on), that may be restarted and cut off."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from tests.support.postgres import NOBODY, server


@dataclass(frozen=True, slots=True)
class Cluster:
    """url: its DATABASE_URL. data: its folder."""

    url: str
    data: Path

    def restart(self, mode: str) -> None:
        """`pg_ctl restart`; mode: fast, or immediate, after which it recovers as from a crash."""
        self._control("-m", mode, "restart")

    def cut_off(self) -> None:
        """SIGKILL to the server and every process of it, then start it again: it recovers from its log."""
        first = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        family = [first, *_children(first)]
        for pid in family:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while any(_alive(pid) for pid in family):
            time.sleep(0.005)
        self._forget(first)
        self._start()

    def be_away(self, seconds: float) -> None:
        """Stopped for a while, then started again."""
        self._control("-m", "fast", "stop")
        time.sleep(seconds)
        self._start()

    def _start(self) -> None:
        options = (self.data / "postmaster.opts").read_text().split(" ", 1)[1]
        self._control("-l", str(self.data / "log"), "-o", options.replace('"', "").strip(), "start")

    def _forget(self, first: int) -> None:
        """Remove what names the dead server: where nobody collects the dead, its number still looks alive."""
        (self.data / "postmaster.pid").unlink()
        for lock in Path(self.url.partition("host=")[2]).glob(".s.PGSQL.*.lock"):
            if int(lock.read_text().splitlines()[0]) == first:
                lock.unlink()

    def end_back_ends(self, database: str) -> int:
        """`pg_terminate_backend` for every connection to `database`; returns how many."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            found = connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (database,)
            )
            return len(found.fetchall())

    def lend(self, folder: Path) -> Path:
        """A folder in `folder` that belongs to the server."""
        given = folder / "server"
        given.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(given, NOBODY, NOBODY)
        return given

    def execute(self, statement: str) -> None:
        """One statement in the database `postgres`."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]  # the tests' own words

    def _control(self, *arguments: str) -> None:
        program = shutil.which("pg_ctl")
        assert program
        user: dict[str, Any] = {}
        if os.geteuid() == 0:
            user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        done = subprocess.run(
            [program, "-w", "-t", "120", "-D", str(self.data), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            cwd=self.data.parent,
            **user,
        )
        said = (self.data / "log").read_text(errors="replace")[-1_500:]
        assert done.returncode == 0, f"pg_ctl {arguments}: {done.stderr}\n{said}"


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A running one that syncs; gone afterwards."""
    with server(options="-c fsync=on -c full_page_writes=on -c checkpoint_timeout=30s") as url:
        with psycopg.connect(url) as connection:
            row = connection.execute("SHOW data_directory").fetchone()
        assert row
        yield Cluster(url, Path(row[0]))


def _children(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(status.read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(status.parent.name))
    return found


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
