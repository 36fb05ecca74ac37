"""The warm process: it has imported what reads documents, and forks a confined child for each one.

Started by `warm`, never imported by the product. It has no thread, no environment of ours, no descriptor but the line to
its parent, and it never opens a document itself. When that line ends it takes nothing more and leaves with its last child.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
from typing import Any

from goodword.base.documents import child

IDLE_FOR = 300.0  # seconds without a document after which it leaves; the next one starts another
HEAD_BYTES = 4  # of a request: the length of what follows; the descriptors come along with it
DESCRIPTORS = 4  # a document, where to answer, where to complain, the line of this one child
STARTED, NOT_STARTED = b"+", b"!"


class Brood:
    """The children that are reading, each with the line that tells its parent how it ended."""

    def __init__(self, control: socket.socket) -> None:
        self.control: socket.socket | None = control
        self.lines: dict[int, socket.socket] = {}
        self.selector = selectors.DefaultSelector()
        self.woken, waking = os.pipe()
        os.set_blocking(self.woken, False)
        os.set_blocking(waking, False)
        signal.set_wakeup_fd(waking, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self.selector.register(self.woken, selectors.EVENT_READ, self.bury)
        self.selector.register(control, selectors.EVENT_READ, self.take)

    def live(self) -> None:
        """Until the parent is gone, or nothing came for long."""
        while self.control is not None or self.lines:
            events = self.selector.select(None if self.lines else IDLE_FOR)
            if not events and not self.lines:
                return
            for key, _ in events:
                key.data()

    def take(self) -> None:
        """A request: import what it names, once, and fork."""
        assert self.control is not None
        head, descriptors = _head(self.control)
        if len(head) < HEAD_BYTES or len(descriptors) < DESCRIPTORS:
            self.selector.unregister(self.control)
            self.control.close()
            self.control = None
            return
        spec = json.loads(_exactly(self.control, int.from_bytes(head, "big")))
        *given, line_number = descriptors
        line = socket.socket(fileno=line_number)
        prepare(spec)
        try:
            pid = os.fork()
        except OSError:
            line.send(NOT_STARTED)
            line.close()
        else:
            if pid == 0:
                _read(spec, given)
            self.lines[pid] = line
            self.selector.register(line, selectors.EVENT_READ, lambda: self.kill(pid))
            with contextlib.suppress(OSError):
                line.send(STARTED)
        for each in given:
            os.close(each)

    def kill(self, pid: int) -> None:
        """Whoever wanted the answer has it, or waits no longer."""
        self.selector.unregister(self.lines[pid])
        os.kill(pid, signal.SIGKILL)  # not yet buried: the number is still its own

    def bury(self) -> None:
        """Tell how those that ended did, in digits on their lines."""
        with contextlib.suppress(BlockingIOError):
            while os.read(self.woken, 512):
                pass
        while self.lines:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            line = self.lines.pop(pid)
            with contextlib.suppress(KeyError):
                self.selector.unregister(line)
            with contextlib.suppress(OSError):
                line.send(str(os.waitstatus_to_exitcode(status)).encode())
            line.close()


def main() -> None:
    """Live on the line that is standard input."""
    control = socket.socket(fileno=os.dup(0))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    Brood(control).live()
    os._exit(0)


def prepare(spec: dict[str, Any]) -> None:
    """Import the function's module, so that no child has to; one that cannot be imported fails in the child.

    What a module does only when it first reads, it does in its `rehearse`, on a document of our own.
    """
    sys.path[:0] = [root for root in spec["roots"] if root not in sys.path]
    if spec["module"] not in sys.modules:
        with contextlib.suppress(Exception):
            rehearse = getattr(importlib.import_module(spec["module"]), "rehearse", None)
            if rehearse is not None:
                rehearse()
        gc.collect()
        gc.freeze()  # what is there already is nobody's garbage: a child's collector leaves its pages shared


def _read(spec: dict[str, Any], given: list[int]) -> None:
    """In the child: its own three descriptors and no others, then the function under its limits. Never returns."""
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for place, descriptor in enumerate(given):
            os.dup2(descriptor, place)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        child.main(spec)
    finally:
        os._exit(1)


def _head(control: socket.socket) -> tuple[bytes, list[int]]:
    """(the length of a request, the descriptors that came with it); empty once the line has ended."""
    head, descriptors = b"", []
    with contextlib.suppress(OSError):
        while len(head) < HEAD_BYTES:
            more, came, _, _ = socket.recv_fds(control, HEAD_BYTES - len(head), DESCRIPTORS)
            if not more:
                break
            head += more
            descriptors += came
    return head, descriptors


def _exactly(control: socket.socket, size: int) -> bytes:
    body = b""
    while len(body) < size and (more := control.recv(size - len(body))):
        body += more
    return body
