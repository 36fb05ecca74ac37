"""A whole installation of its own: data folder, database, commands as processes."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Installation:
    """folder: its data folder. environment: what its processes are started with."""

    folder: Path
    environment: dict[str, str]

    def run(self, *arguments: str, given: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
        """`goodword …` to its end; `settings` are further environment variables."""
        return self._to_its_end([sys.executable, "-m", "goodword", *arguments], given, settings)

    def do(self, code: str, *, within: float = 120) -> str:
        """Run Python inside it, Django started, for at most `within` seconds; returns what it printed."""
        program = f"import django; django.setup()\n{code}"
        done = self._to_its_end([sys.executable, "-c", program], "", {}, within=within)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, *arguments: str, **settings: str) -> subprocess.Popen[bytes]:
        """`goodword …` as a process that goes on."""
        command = [sys.executable, "-m", "goodword", *arguments]
        return subprocess.Popen(command, env={**self.environment, **settings}, cwd=self.folder)

    def _to_its_end(
        self, command: list[str], given: str, settings: dict[str, str], *, within: float = 120
    ) -> subprocess.CompletedProcess[str]:
        environment = {**self.environment, **settings}
        return subprocess.run(
            command,
            input=given,
            env=environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=within,
        )


@contextmanager
def installation(
    folder: Path, *, like: Installation | None = None, server: str = "", tablespace: str = ""
) -> Iterator[Installation]:
    """An installation in `folder`, on the kind of database these tests run on; its database goes with it.

    like: a copy of this one, which nobody is using; else empty. server: DATABASE_URL of another PostgreSQL.
    tablespace: where PostgreSQL is to keep its database.
    """
    made = _make(folder, like=like, server=server, tablespace=tablespace)
    try:
        yield made
    finally:
        forget(made.environment.get("DATABASE_URL", ""))


def prepared_in(folder: Path) -> Installation:
    """The installation with tables and foundations that all processes of a run copy; whoever comes first makes it.

    Making one takes seconds. Its database is there until the run `forget`s it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    known = folder / "environment.json"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if known.exists():
            return Installation(folder, json.loads(known.read_text()))
        made = _make(folder)
        done = made.run("migrate")
        assert done.returncode == 0, done.stderr
        (folder / "data/static").mkdir(exist_ok=True)
        known.write_text(json.dumps(made.environment))
        return made


def forget_prepared(folder: Path) -> None:
    """Remove what `prepared_in` made, if it made any."""
    known = folder / "environment.json"
    if known.exists():
        forget(json.loads(known.read_text()).get("DATABASE_URL", ""))
    shutil.rmtree(folder, ignore_errors=True)


def _make(
    folder: Path, *, like: Installation | None = None, server: str = "", tablespace: str = ""
) -> Installation:
    folder.mkdir(parents=True, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GOODWORD_", "LC_"))}
    environment = {
        **kept,
        "GOODWORD_DATA_DIR": str(folder / "data"),
        "DJANGO_SETTINGS_MODULE": "goodword.settings",
        "GOODWORD_LANGUAGE": "en",
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT / "src"),
    }
    if like is not None:
        shutil.copytree(like.folder / "data", folder / "data", dirs_exist_ok=True)
    server = server or os.environ.get("DATABASE_URL", "")
    if server.startswith("postgres"):
        url = _database(server, like=like, tablespace=tablespace)
        return Installation(folder, {**environment, "DATABASE_URL": url})
    environment.pop("DATABASE_URL", None)
    return Installation(folder, environment)


def database_of(url: str) -> str:
    """The name of the database a DATABASE_URL leads to."""
    return url.partition("?")[0].rsplit("/", 1)[1]


def _database(server: str, *, like: Installation | None, tablespace: str) -> str:
    """A PostgreSQL database of its own, empty or a copy; returns its DATABASE_URL."""
    import psycopg
    from psycopg import sql

    name = f"goodword_{uuid.uuid4().hex[:12]}"
    making = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
    if like is not None:
        making += sql.SQL(" TEMPLATE {}").format(
            sql.Identifier(database_of(like.environment["DATABASE_URL"]))
        )
    if tablespace:
        making += sql.SQL(" TABLESPACE {}").format(sql.Identifier(tablespace))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(making)
    return _leading_to(name, server)


def forget(url: str) -> None:
    """Drop the PostgreSQL database that an installation had; there is none on SQLite."""
    if not url:
        return
    import psycopg
    from psycopg import sql

    dropping = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database_of(url)))
    with psycopg.connect(_leading_to("postgres", url), autocommit=True) as connection:
        connection.execute(dropping)


def _leading_to(name: str, url: str) -> str:
    before, _, query = url.partition("?")
    return f"{before.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")
