"""Run a parsing function in a child process with limits, so that a hostile file costs the parent nothing.

The child is a fork of the warm process (`warm`, `brood`), never of a threaded process of ours: an isolated interpreter
with an almost empty environment, so that it holds no secret of ours. A web server's thread and a worker may both ask it.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from goodword.base.documents import warm
from goodword.base.documents.failures import ParseFailed, Remark, stopped
from goodword.base.documents.limits import Limits

__all__ = ["Limits", "ParseFailed", "Remark", "run"]

CHUNK_BYTES = 1 << 18
LAST_BREATH_FOR = 2.0  # seconds a child that has said all may take to be gone

Parser = Callable[..., Iterable[Any]]


def run(
    function: Parser, source: bytes | str | Path, *, limits: Limits | None = None, **arguments: Any
) -> list[Any]:
    """Call `function(stream, limits, **arguments)` in a confined child and return what it yields.

    function: a module's top-level function yielding JSON-able items; importable without Django.
    source: the bytes, or the path of the file holding them; the child gets it as standard input.
    Raises ParseFailed for whatever goes wrong in the child: its own words, a crash, a limit reached.
    """
    limits = limits or Limits()
    with _opened(source) as stream, tempfile.TemporaryFile() as complaints:
        answers, theirs = os.pipe()
        try:
            try:
                given = (stream.fileno(), theirs, complaints.fileno())
                line = warm.start(_spec(function, limits, arguments), given)
            finally:
                os.close(theirs)
            with line:
                return _collect(answers, line, complaints, limits)
        finally:
            os.close(answers)


@contextmanager
def _opened(source: bytes | str | Path) -> Iterator[IO[bytes]]:
    if isinstance(source, bytes):
        with tempfile.TemporaryFile() as stream:
            stream.write(source)
            stream.seek(0)
            yield stream
    else:
        with Path(source).open("rb") as stream:
            yield stream


def _spec(function: Parser, limits: Limits, arguments: dict[str, Any]) -> dict[str, Any]:
    return {
        "roots": list(dict.fromkeys([warm.OWN_ROOT, _root_of(function)])),
        "module": function.__module__,
        "function": function.__qualname__,
        "limits": asdict(limits),
        "arguments": arguments,
    }


def _root_of(function: Parser) -> str:
    """The folder from which the function's module is imported here, so that the child finds the same one."""
    file = sys.modules[function.__module__].__file__
    assert file is not None
    return str(Path(file).resolve().parents[function.__module__.count(".")])


def _collect(answers: int, line: socket.socket, complaints: IO[bytes], limits: Limits) -> list[Any]:
    items: list[Any] = []
    for answer in _lines(answers, limits):
        tag, body = answer[:1], answer[1:]
        if tag == b"+":
            items.append(json.loads(body))
        elif tag == b".":
            return items
        elif tag == b"!":
            kind, zh, en, detail = json.loads(body)
            raise ParseFailed(zh, en, kind=kind, detail=detail)
    raise _death(line, complaints)


def _lines(answers: int, limits: Limits) -> Iterator[bytes]:
    """The child's whole lines as they come, until it ends or the wall clock does."""
    begun: list[bytes] = []  # pieces of a line whose end has not come: joined once, however long it is
    for chunk in _chunks(answers, time.monotonic() + limits.wall_for):
        *whole, tail = chunk.split(b"\n")
        if whole:
            yield b"".join([*begun, whole[0]])
            yield from whole[1:]
            begun = []
        begun.append(tail)


def _chunks(pipe: int, ends: float) -> Iterator[bytes]:
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            left = ends - time.monotonic()
            if left <= 0:
                raise stopped("wall")
            if selector.select(left):
                chunk = os.read(pipe, CHUNK_BYTES)
                if not chunk:
                    return
                yield chunk


def _death(line: socket.socket, complaints: IO[bytes]) -> ParseFailed:
    """Why a child that ended without its last line died, by its signal and last words."""
    line.settimeout(LAST_BREATH_FOR)
    try:
        said = line.recv(16)
    except TimeoutError:
        return stopped("wall")
    except OSError:
        said = b""
    complaints.seek(0)
    words = complaints.read()
    code = int(said) if said else None
    if code == -signal.SIGXCPU:
        return stopped("cpu")
    # SIGKILL from elsewhere is the kernel's out-of-memory killer
    if code == -signal.SIGKILL or b"memory allocation" in words or b"MemoryError" in words:
        return stopped("memory", detail=f"exit {code}")
    warm.forget()  # whoever broke one child by its layout in memory shall find another next time
    return stopped("crash", detail=f"exit {code}")
