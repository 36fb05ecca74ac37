"""What became of many inputs: how each was answered and what it cost."""

from __future__ import annotations

import os
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TICK = os.sysconf("SC_CLK_TCK")


def spent() -> float:
    """CPU seconds of this process, of the children it waited for, and of those still there with all they waited for.

    The process that forks a reader for each document lives on: what its readers cost is the document's, at once.
    """
    waited = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + waited.ru_utime + waited.ru_stime + sum(map(_ticks, _children())) / TICK


def _children() -> Iterator[int]:
    for thread in Path("/proc/self/task").glob("*/children"):
        yield from map(int, thread.read_text().split())


def _ticks(pid: int) -> int:
    """User and system time of a process and of the children it waited for: fields 14 to 17 of its stat."""
    try:
        said = Path(f"/proc/{pid}/stat").read_text()
    except OSError:  # it has just ended
        return 0
    return sum(map(int, said.rpartition(")")[2].split()[11:15]))


@dataclass
class Tally:
    """answers: how often each status. took, cost: seconds of the clock and of the processor, per input. faults: what
    was not as promised."""

    what: str
    answers: Counter[int] = field(default_factory=Counter)
    took: list[float] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    kept: int = 0

    def ask(self, about: str, send: Callable[[], Any]) -> Any:
        """Send one input, measure it, and note an accident with what it was about."""
        began, before = time.perf_counter(), spent()
        answer = send()
        self.took.append(time.perf_counter() - began)
        self.cost.append(spent() - before)
        self.answers[answer.status_code] += 1
        if answer.status_code >= 500:
            self.faults.append(f"{about}: {answer.status_code}")
        return answer

    def report(self) -> None:
        """One line with everything; the figures are held: no fault, and p99 of the processor's time under a second.

        The clock's p99 is said beside it: it is the promise on a machine with nothing else to do, and on one that
        is busy it measures the neighbours.
        """
        print(
            f"{self.what}: {len(self.took)} inputs, {len(self.faults)} faults, {self.kept} raws looked up; "
            f"clock p50 {at(self.took, 0.5):.3f} p99 {at(self.took, 0.99):.3f} most {max(self.took):.3f} s; "
            f"processor p50 {at(self.cost, 0.5):.3f} p99 {at(self.cost, 0.99):.3f} s; "
            f"answered {dict(sorted(self.answers.items()))}"
        )
        assert not self.faults, f"{len(self.faults)}: " + "\n".join(self.faults[:20])
        assert at(self.cost, 0.99) < 1.0


def at(values: list[float], share: float) -> float:
    """The value below which this share of them lies."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]
