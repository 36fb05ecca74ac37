"""Web and worker as real processes that can be killed outright, each with everything it started."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.installation import Installation


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def port_of(place: Installation) -> int:
    """The port its web process listens on."""
    return int(place.environment["GOODWORD_BIND"].rpartition(":")[2])


def await_web(port: int, *, within: float = 60.0) -> None:
    """Come back once the web process answers at all."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/openapi.json", timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
        else:
            return
    raise AssertionError(f"the web process did not answer within {within:.0f} s")


@dataclass
class Mortal:
    """One command of an installation; `kill()` takes it and its children at once, as a power cut would."""

    place: Installation
    arguments: tuple[str, ...]
    log: Path
    process: subprocess.Popen[bytes] | None = field(default=None)
    deaths: int = 0

    def start(self) -> Mortal:
        """Start it (again); its output is added to the log."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "goodword", *self.arguments],
                env=self.place.environment,
                cwd=self.place.folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return self

    def kill(self) -> None:
        """SIGKILL to the whole group: nobody gets to say goodbye."""
        if self.process is None or self.process.poll() is not None:
            return
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.deaths += 1

    def stop(self) -> None:
        """End of the test: ask, then insist."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(15)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
