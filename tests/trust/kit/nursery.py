"""A process that has loaded the product and forks off web and worker: a start takes a moment instead of seconds.

So that many can be killed in little time. What is forked runs the very command (`serve`, `worker`) in a session of
its own; it shares no connection and no thread with anybody.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.support.installation import Installation
from tests.trust.kit.processes import Mortal


class Nursery:
    """One for all that is started in an installation; `close()` ends it, not its children."""

    def __init__(self, place: Installation) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from tests.trust.kit import nursery\nnursery.main()"],
            env=place.environment,
            cwd=place.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, arguments: tuple[str, ...], log: Path) -> int:
        """Fork off one command; the id of its process and of its group."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps([arguments, str(log)]) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def close(self) -> None:
        """No more children."""
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait(30)


@dataclass
class Nursed(Mortal):
    """A command that is started in the nursery; else as any other mortal."""

    nursery: Nursery | None = None
    pid: int = 0

    def start(self) -> Nursed:
        """Start it (again)."""
        assert self.nursery
        self.pid = self.nursery.start(self.arguments, self.log)
        return self

    def kill(self) -> None:
        """SIGKILL to the whole group, and wait until it is gone."""
        if not self.alive():
            return
        self.deaths += 1
        self._end()

    def stop(self) -> None:
        """End of the test."""
        if self.alive():
            self._end()

    def alive(self) -> bool:
        """Whether any of its processes is there."""
        if not self.pid:
            return False
        try:
            os.killpg(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def _end(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        while self.alive():
            time.sleep(0.002)


def main() -> None:
    """The nursery itself: a line of JSON asks for a child, a line with its process id answers."""
    _load()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the dead
    for line in sys.stdin:
        arguments, log = json.loads(line)
        child = os.fork()
        if not child:
            _be(arguments, log)
        print(child, flush=True)


def _load() -> None:
    """Everything web and worker need, but no connection to the database: a page is drawn that asks for none."""
    import django

    django.setup()
    from django.db import connections
    from django.test import Client
    from granian import Granian  # noqa: F401

    from goodword.doors.ops import jobs, worker  # noqa: F401

    assert Client(SERVER_NAME="localhost").get("/api/v1/openapi.json").status_code == 200
    assert all(one.connection is None for one in connections.all(initialized_only=True))


def _be(arguments: list[str], log: str) -> None:
    """The child: the command `goodword …`, its output added to the log."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    output = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for target, source in ((0, nothing), (1, output), (2, output)):
        os.dup2(source, target)
    from goodword.doors.ops.main import main as goodword

    code = 1
    try:
        goodword(arguments)
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.stderr.flush()
        os._exit(code)
