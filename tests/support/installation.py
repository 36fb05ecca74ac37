"""A whole installation of its own: data folder, database, commands as processes."""

from __future__ import annotations

import os
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

    def do(self, code: str) -> str:
        """Run Python inside it, Django started; returns what it printed."""
        done = self._to_its_end([sys.executable, "-c", f"import django; django.setup()\n{code}"], "", {})
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, *arguments: str, **settings: str) -> subprocess.Popen[bytes]:
        """`goodword …` as a process that goes on."""
        command = [sys.executable, "-m", "goodword", *arguments]
        return subprocess.Popen(command, env={**self.environment, **settings}, cwd=self.folder)

    def _to_its_end(
        self, command: list[str], given: str, settings: dict[str, str]
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
            timeout=120,
        )


@contextmanager
def installation(folder: Path) -> Iterator[Installation]:
    """An empty installation in `folder`, on the kind of database these tests run on; its database goes with it."""
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
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        environment.pop("DATABASE_URL", None)
        yield Installation(folder, environment)
        return
    import psycopg
    from psycopg import sql

    name = f"goodword_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    before, _, query = server.partition("?")
    environment["DATABASE_URL"] = f"{before.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")
    try:
        yield Installation(folder, environment)
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
