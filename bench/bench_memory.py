"""Memory of web and worker, idle and after load, and the cold start.

    python bench/bench_memory.py [--quick]

Resident memory is what the kernel counts for each of the two commands' processes together (a page both share is
counted in proportion where the kernel says so: PSS, beside RSS). The start is from the command to the first page
answered with 200, on a database that is ready.
"""

from __future__ import annotations

import argparse
import subprocess
import time
from pathlib import Path

from bench_intake import WordsOf, prepared
from harness import Row, quantile, run, start_django
from serving import command, free_port, load, per_second, stop, wait_for

SETTLED_AFTER = 4.0


def measure(options: argparse.Namespace) -> list[Row]:
    """Idle, after load, and the start."""
    start_django()
    token = prepared()
    starts = [started() for _ in range(3 if options.quick else 7)]
    port = free_port()
    web = command("serve", "--bind", f"127.0.0.1:{port}", GOODWORD_API_PER_MINUTE="10000000")
    worker = command("worker")
    try:
        wait_for(port)
        time.sleep(SETTLED_AFTER)
        idle = memory(web, worker)
        seconds = 5.0 if options.quick else 30.0
        done = load(4, port=port, token=token, seconds=seconds, body=WordsOf(4))
        time.sleep(SETTLED_AFTER)
        loaded = memory(web, worker)
    finally:
        stop(web)
        stop(worker)
    return [
        {
            "start_s": round(quantile(starts, 0.5), 2),
            "idle_rss_mb": idle["Rss"],
            "idle_pss_mb": idle["Pss"],
            "loaded_rss_mb": loaded["Rss"],
            "loaded_pss_mb": loaded["Pss"],
            "intakes_per_second": round(per_second(done), 1),
        }
    ]


def started() -> float:
    """Seconds from the command to the first answer."""
    port = free_port()
    began = time.perf_counter()
    web = command("serve", "--bind", f"127.0.0.1:{port}")
    try:
        wait_for(port)
        return time.perf_counter() - began
    finally:
        stop(web)


def memory(*commands: subprocess.Popen[bytes]) -> dict[str, int]:
    """Megabytes of the commands and all processes they started, by the kernel's two ways of counting."""
    total = {"Rss": 0, "Pss": 0}
    for process in {pid for one in commands for pid in family(one.pid)}:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            name, _, rest = line.partition(":")
            if name in total:
                total[name] += int(rest.split()[0])
    return {name: round(kilobytes / 1024) for name, kilobytes in total.items()}


def family(process: int) -> list[int]:
    """A process and all that came from it."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [process, *(member for child in children for member in family(int(child)))]


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quick", action="store_true", help="less load, fewer starts")


if __name__ == "__main__":
    run("memory", measure, script=__file__, options=_options)
