"""Parsing functions that misbehave, each in one way, for the confined child to hold."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from collections.abc import Iterator
from typing import BinaryIO

from goodword.base.documents.limits import Limits


def echo(stream: BinaryIO, limits: Limits, *, word: str = "") -> Iterator[object]:
    yield [stream.read().decode(), word]


def eat_memory(stream: BinaryIO, limits: Limits, *, megabytes: int) -> Iterator[object]:
    held = bytearray(megabytes * 1024 * 1024)
    yield len(held)


def spin(stream: BinaryIO, limits: Limits) -> Iterator[object]:
    while True:
        pass
    yield None


def sleep(stream: BinaryIO, limits: Limits) -> Iterator[object]:
    yield 1
    time.sleep(60)


def crash(stream: BinaryIO, limits: Limits) -> Iterator[object]:
    yield 1
    ctypes.string_at(0)


def raise_it(stream: BinaryIO, limits: Limits) -> Iterator[object]:
    raise KeyError("张测试 13800000001")
    yield None


def flood(stream: BinaryIO, limits: Limits) -> Iterator[object]:
    while True:
        yield "x" * 100_000


def chatter(stream: BinaryIO, limits: Limits) -> Iterator[object]:
    print("+[not an answer]", flush=True)
    yield "answer"


def surroundings(stream: BinaryIO, limits: Limits) -> Iterator[object]:
    yield {
        "django": sorted(name for name in sys.modules if name.startswith("django")),
        "env": dict(os.environ),
        "open": len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 5,
        "warm": os.getppid(),
    }


def write_file(stream: BinaryIO, limits: Limits, *, path: str) -> Iterator[object]:
    with open(path, "wb", buffering=0) as file:
        file.write(b"x" * 1_000_000)
        file.write(b"x")
    yield "written"
