"""The confined side: put the limits on, run one function, answer in JSON lines.

A fork of the warm process (`brood`). Each line on standard output is `+` and an item,
or as the last one `.` (finished) or `!` and [kind, zh, en, detail] (failed).
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

from goodword.base.documents.failures import ParseFailed, stopped
from goodword.base.documents.limits import Limits

ERROR_FILE_BYTES = 64 * 1024  # standard error is the only file the child may grow
LEFT_ALONE_FOR = 5.0  # seconds beyond its wall clock after which a child nobody ended ends itself


def main(spec: dict[str, Any]) -> None:
    """Run spec["function"] of spec["module"] over standard input under spec["limits"], then leave."""
    document = os.fdopen(0, "rb", closefd=False)  # anew: `sys.stdin` was made for another file
    answers = os.fdopen(os.dup(1), "wb", buffering=1 << 16)
    os.dup2(2, 1)  # a library that prints must not be taken for an answer
    limits = Limits(**spec["limits"])
    try:
        function = getattr(importlib.import_module(spec["module"]), spec["function"])
        confine(limits)
        _answer(answers, function(document, limits, **spec["arguments"]), limits)
        answers.write(b".\n")
    except ParseFailed as failure:
        _fail(answers, failure)
    except MemoryError:
        _fail(answers, stopped("memory"))
    except BaseException as failure:  # a Rust panic derives from BaseException alone
        _fail(answers, stopped("crash", detail=type(failure).__name__))
    answers.flush()
    os._exit(0)  # nothing here needs tidying, and tidying half-parsed objects may fail


def confine(limits: Limits) -> None:
    """Bound this process: address space, CPU, no new processes, no files grown, no core dump, and an end by the clock
    even when everybody who could end it is gone.
    """
    own = _address_space()
    if own:  # without /proc the system does not enforce this limit either
        _bound(resource.RLIMIT_AS, own + limits.memory_bytes)
    _bound(resource.RLIMIT_CPU, limits.cpu_for, grace=1)  # SIGXCPU first: it tells why
    _bound(resource.RLIMIT_FSIZE, ERROR_FILE_BYTES)
    _bound(resource.RLIMIT_CORE, 0)
    _bound(resource.RLIMIT_NPROC, 0)
    signal.setitimer(signal.ITIMER_REAL, limits.wall_for + LEFT_ALONE_FOR)


def _bound(what: int, wanted: int, *, grace: int = 0) -> None:
    _, hard = resource.getrlimit(what)
    top = wanted + grace if hard == resource.RLIM_INFINITY else min(wanted + grace, hard)
    resource.setrlimit(what, (min(wanted, top), top))


def _address_space() -> int:
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[0]) * resource.getpagesize() if statm.exists() else 0


def _answer(answers: BinaryIO, items: Iterable[Any], limits: Limits) -> None:
    left = limits.output_bytes
    for item in items:
        line = json.dumps(item, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        left -= len(line)
        if left < 0:
            raise stopped("output")
        answers.write(b"+" + line + b"\n")


def _fail(answers: BinaryIO, failure: ParseFailed) -> None:
    facts = [failure.kind, failure.zh, failure.en, failure.detail]
    answers.write(b"!" + json.dumps(facts).encode() + b"\n")
