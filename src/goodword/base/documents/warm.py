"""The line to the warm process (`brood`): one for each process of ours that reads documents, started when it first does.

A fork of it costs a millisecond or two; a fresh interpreter with all it imports, several hundred. It is given an almost
empty environment and no descriptor but its line before anything of ours could be in it, and is never a fork of us.
"""

from __future__ import annotations

import atexit
import errno
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from goodword.base.documents.brood import HEAD_BYTES, STARTED

BOOT = (
    "import json, sys; sys.path[:0] = json.loads(sys.argv[1]); "
    "from goodword.base.documents.brood import main; main()"
)
KEPT_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TZDIR")
OWN_ROOT = str(Path(__file__).resolve().parents[3])
MOST_READS = 1_000  # then another takes its place: children of one share the layout of their memory
START_FOR = 60.0  # seconds in which a child must have begun
LEAVE_FOR = 2.0


class _Warm:
    """A warm process, and our end of its line."""

    def __init__(self) -> None:
        self.control, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and code
                [sys.executable, "-I", "-X", "utf8", "-c", BOOT, json.dumps([OWN_ROOT])],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ},
                start_new_session=True,  # Ctrl-C is ours; it leaves when its line ends
            )
        self.reads = 0

    def ask(self, spec: bytes, descriptors: Sequence[int]) -> None:
        self.reads += 1
        socket.send_fds(self.control, [len(spec).to_bytes(HEAD_BYTES, "big")], descriptors)
        self.control.sendall(spec)


class _Ours:
    """The warm process of this process, and those that are leaving."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        self.lock = threading.Lock()
        self.warm: _Warm | None = None
        self.leaving: list[_Warm] = []

    def ask(self, spec: bytes, descriptors: Sequence[int]) -> _Warm:
        with self.lock:
            self.leaving = [each for each in self.leaving if each.process.poll() is None]
            if self.warm is not None and self.warm.reads >= MOST_READS:
                self._leave()
            if self.warm is None:
                self.warm = _Warm()
            with suppress(OSError):  # it had left: whoever waits for its word gets none, and asks again
                self.warm.ask(spec, descriptors)
            return self.warm

    def forget(self, warm: _Warm | None = None) -> None:
        with self.lock:
            if self.warm is not None and warm in (None, self.warm):
                self._leave()

    def _leave(self) -> None:
        assert self.warm is not None
        self.warm.control.close()
        self.leaving.append(self.warm)
        self.warm = None


_ours = _Ours()


def start(spec: Mapping[str, Any], descriptors: Sequence[int]) -> socket.socket:
    """Have a child read: `descriptors` are its standard input, output and error.

    Returns its line: digits come on it when the child has ended, and closing it ends the child. Raises OSError when none
    can be started.
    """
    words = json.dumps(spec).encode()
    for _ in range(2):
        line, theirs = socket.socketpair()
        with theirs:
            asked = _ours.ask(words, [*descriptors, theirs.fileno()])
        line.settimeout(START_FOR)
        try:
            said = line.recv(1)
        except OSError:
            said = b""
        if said == STARTED:
            return line
        line.close()
        _ours.forget(asked)
        if said:  # it is there and could not fork: another one could not either
            break
    raise OSError(errno.EAGAIN, "no process can be started to read a document")


def forget() -> None:
    """The next document is read by a child of a new warm process; those being read are read on."""
    _ours.forget()


def _in_a_fork() -> None:
    """A fork of ours has the parent's end of the line: it must neither speak on it nor keep it open."""
    for warm in [*_ours.leaving, *([_ours.warm] if _ours.warm else [])]:
        warm.control.close()
        warm.process.returncode = 0  # it is the parent's to wait for
    _ours.begin()


def _at_exit() -> None:
    _ours.forget()
    for warm in _ours.leaving:
        try:
            warm.process.wait(LEAVE_FOR)
        except subprocess.TimeoutExpired:
            warm.process.kill()
            warm.process.wait()


os.register_at_fork(after_in_child=_in_a_fork)
atexit.register(_at_exit)
