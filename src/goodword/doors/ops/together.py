"""Web and worker in one command: both are started, watched, started again when they fall, and stopped together."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

POLL = 0.05
STOP_WITHIN = 15.0
SHORT_LIFE = 5.0
MOST_SHORT_LIVES = 3


@dataclass(slots=True)
class Child:
    """One of our own commands as a process."""

    arguments: tuple[str, ...]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    short_lives: int = field(default=0)

    def start(self) -> None:
        """Start it (again)."""
        self.started = time.monotonic()
        self.process = subprocess.Popen([sys.executable, "-m", "goodword", *self.arguments])  # noqa: S603 - ourselves

    def has_fallen(self) -> bool:
        """Whether it has ended by itself."""
        return self.process is not None and self.process.poll() is not None

    def rise_again(self) -> bool:
        """Start it again, unless it fell at once three times running."""
        lived = time.monotonic() - self.started
        self.short_lives = self.short_lives + 1 if lived < SHORT_LIFE else 0
        if self.short_lives >= MOST_SHORT_LIVES:
            return False
        self.start()
        return True

    def stop(self) -> None:
        """Ask it to end, and insist when it does not."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def run_together(*commands: tuple[str, ...], ready: Callable[[], bool], announce: Callable[[], None]) -> int:
    """Run the commands until SIGTERM or Ctrl-C; `announce` once `ready`. Returns the exit code for our own process."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    children = [Child(arguments) for arguments in commands]
    announced = False
    try:
        for child in children:
            child.start()
        while not stopping.wait(POLL if not announced else 0.5):
            if not announced and ready():
                announce()
                announced = True
            if any(child.has_fallen() and not child.rise_again() for child in children):
                return 1
    finally:
        for child in children:
            child.stop()
    return 0


def answers(host: str, port: int) -> bool:
    """Whether somebody listens there."""
    try:
        with socket.create_connection((host, port), timeout=0.5):
            return True
    except OSError:
        return False
