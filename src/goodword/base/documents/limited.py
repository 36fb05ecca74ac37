"""Run a parsing function in a child process with limits, so that a hostile file costs the parent nothing.

The child is a fresh interpreter (never a fork of a threaded process), isolated (`-I`), with an almost empty
environment, so that it holds no secret of ours. A web server's thread and a worker may both start it.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from goodword.base.documents.failures import ParseFailed, Remark, stopped
from goodword.base.documents.limits import Limits

__all__ = ["Limits", "ParseFailed", "Remark", "run"]

BOOT = (
    "import json, sys; spec = json.loads(sys.argv[1]); sys.path[:0] = spec['roots']; "
    "from goodword.base.documents.child import main; main(spec)"
)
KEPT_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TZDIR")
OWN_ROOT = str(Path(__file__).resolve().parents[3])
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
        child = _start(function, stream, complaints, limits, arguments)
        try:
            return _collect(child, complaints, limits)
        finally:
            if child.poll() is None:
                child.kill()
            child.wait()
            if child.stdout:
                child.stdout.close()


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


def _start(
    function: Parser, stream: IO[bytes], complaints: IO[bytes], limits: Limits, arguments: dict[str, Any]
) -> subprocess.Popen[bytes]:
    spec = {
        "roots": list(dict.fromkeys([OWN_ROOT, _root_of(function)])),
        "module": function.__module__,
        "function": function.__qualname__,
        "limits": asdict(limits),
        "arguments": arguments,
    }
    return subprocess.Popen(  # noqa: S603 - our own interpreter and code; only figures and names are passed
        [sys.executable, "-I", "-X", "utf8", "-c", BOOT, json.dumps(spec)],
        stdin=stream,
        stdout=subprocess.PIPE,
        stderr=complaints,
        env={name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ},
    )


def _root_of(function: Parser) -> str:
    """The folder from which the function's module is imported here, so that the child finds the same one."""
    file = sys.modules[function.__module__].__file__
    assert file is not None
    return str(Path(file).resolve().parents[function.__module__.count(".")])


def _collect(child: subprocess.Popen[bytes], complaints: IO[bytes], limits: Limits) -> list[Any]:
    items: list[Any] = []
    for line in _lines(child, limits):
        tag, body = line[:1], line[1:]
        if tag == b"+":
            items.append(json.loads(body))
        elif tag == b".":
            return items
        elif tag == b"!":
            kind, zh, en, detail = json.loads(body)
            raise ParseFailed(zh, en, kind=kind, detail=detail)
    raise _death(child, complaints)


def _lines(child: subprocess.Popen[bytes], limits: Limits) -> Iterator[bytes]:
    """The child's whole lines as they come, until it ends or the wall clock does."""
    assert child.stdout is not None
    begun: list[bytes] = []  # pieces of a line whose end has not come: joined once, however long it is
    for chunk in _chunks(child.stdout, time.monotonic() + limits.wall_for):
        *whole, tail = chunk.split(b"\n")
        if whole:
            yield b"".join([*begun, whole[0]])
            yield from whole[1:]
            begun = []
        begun.append(tail)


def _chunks(pipe: IO[bytes], ends: float) -> Iterator[bytes]:
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            left = ends - time.monotonic()
            if left <= 0:
                raise stopped("wall")
            if selector.select(left):
                chunk = os.read(pipe.fileno(), CHUNK_BYTES)
                if not chunk:
                    return
                yield chunk


def _death(child: subprocess.Popen[bytes], complaints: IO[bytes]) -> ParseFailed:
    """Why a child that ended without its last line died, by its signal and last words."""
    try:
        code = child.wait(timeout=LAST_BREATH_FOR)
    except subprocess.TimeoutExpired:
        return stopped("wall")
    complaints.seek(0)
    words = complaints.read()
    if code == -signal.SIGXCPU:
        return stopped("cpu")
    # SIGKILL from elsewhere is the kernel's out-of-memory killer
    if code == -signal.SIGKILL or b"memory allocation" in words or b"MemoryError" in words:
        return stopped("memory", detail=f"exit {code}")
    return stopped("crash", detail=f"exit {code}")
