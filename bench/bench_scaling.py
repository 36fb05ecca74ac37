"""Two web and two worker processes on one PostgreSQL, each pair in a network of its own; one of each is killed midway.

    python bench/bench_scaling.py [--quick]

As on two machines: a web and a worker in each of two network namespaces, the database reached over TCP. Four clients
write, each with an Idempotency-Key; whoever loses the connection asks the other web again with the same key. In the
middle a web and a worker are killed with SIGKILL, at the moment at which deadlines fall due. At the end: every
acknowledged case is there, once; every alarm fired, once; the journal verifies. Needs root and iproute2; the
namespaces are named gwbench…, made here and removed here.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from bench_alarms import fall_due_at, received, verified
from bench_intake import WordsOf, prepared_with_cast
from harness import CHILD, DURABLE, ROOT, Row, installed, report, start_django
from serving import free_port

PLACES = (1, 2)
NETWORK = "10.213"
PORT = 8000
CLIENTS = 4
FIRED_WITHIN = 60.0


def main() -> None:
    """Prepare the machine, run the measuring as a process with the installation's settings, report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a dozen seconds and 200 alarms")
    options = parser.parse_args()
    if os.environ.get(CHILD):
        print(json.dumps(measure(options)))
        return
    if os.geteuid() != 0 or shutil.which("ip") is None:
        raise SystemExit("bench_scaling needs root and iproute2 (ip netns): nothing was measured")
    sys.path.insert(0, str(ROOT))
    from tests.support.postgres import server

    folder, port = Path(tempfile.mkdtemp(prefix="gw-scaling-", dir="/tmp")), free_port()
    folder.chmod(0o755)
    try:
        with (
            networks(),
            server(
                kept_in=folder / "cluster", options=f"{DURABLE} -c listen_addresses=* -c port={port}"
            ) as own,
        ):
            admitted(folder / "cluster/data", f"{own}&port={port}")
            address = f"postgresql://postgres@{NETWORK}.1.1:{port}/postgres"
            environment = installed(folder, "bench", server=address, fresh=True)
            environment |= {CHILD: "postgresql", "GOODWORD_API_PER_MINUTE": "10000000"}
            environment["GOODWORD_HOSTS"] = ",".join(["127.0.0.1", *map(inside, PLACES)])
            done = subprocess.run(
                [sys.executable, *sys.argv], env=environment, stdout=subprocess.PIPE, text=True, check=True
            )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    report("scaling", json.loads(done.stdout.splitlines()[-1]))


def inside(place: int) -> str:
    """The address of a place."""
    return f"{NETWORK}.{place}.2"


@contextmanager
def networks() -> Iterator[None]:
    """The places, each joined to this machine by a pair of virtual cards."""
    try:
        for place in PLACES:
            name, outer, inner = f"gwbench{place}", f"gwb{place}o", f"gwb{place}i"
            within = f"ip -n {name}"
            for command in (
                f"ip netns add {name}",
                f"ip link add {outer} type veth peer name {inner} netns {name}",
                f"ip addr add {NETWORK}.{place}.1/24 dev {outer}",
                f"ip link set {outer} up",
                f"{within} addr add {inside(place)}/24 dev {inner}",
                f"{within} link set {inner} up",
                f"{within} link set lo up",
                f"{within} route add default via {NETWORK}.{place}.1",
            ):
                subprocess.run(command.split(), check=True)
        yield
    finally:
        for place in PLACES:  # its cards go with it
            subprocess.run(["ip", "netns", "del", f"gwbench{place}"], check=False)


def admitted(data: Path, address: str) -> None:
    """Let the places into the database."""
    import psycopg

    with (data / "pg_hba.conf").open("a") as rules:
        rules.write(f"host all all {NETWORK}.0.0/16 trust\n")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SELECT pg_reload_conf()")


def measure(options: argparse.Namespace) -> list[Row]:
    """One row: answers a second before and after the kill, and what was found at the end."""
    start_django()
    from goodword.base.core import clock

    due, seconds = (200, 12.0) if options.quick else (2_000, 60.0)
    now = clock.now()
    cast, token = prepared_with_cast()
    received(due, cast, at=now - timedelta(hours=1))
    fall_due_at(now + timedelta(hours=1))  # not while the processes come up
    running = {(what, place): begun(what, place) for place in PLACES for what in ("web", "worker")}
    try:
        await_webs()
        moment = clock.now() + timedelta(seconds=seconds / 2)
        fall_due_at(moment)
        answers, clients = clients_for(seconds, token)
        while clock.now() < moment:
            time.sleep(0.01)
        killed_at = time.time()
        for what in ("web", "worker"):
            running[what, 1].kill()
        found = [answers.get(timeout=seconds + 60) for _ in clients]
        for client in clients:
            client.join()
        fired_s = fired(moment)
    finally:
        for process in running.values():
            process.terminate()
        for process in running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()
    return [
        {**counted(found, killed_at), "alarms": due, "all_fired_s": round(fired_s, 1), **kept(found, due)}
    ]


def begun(what: str, place: int) -> subprocess.Popen[bytes]:
    """`goodword serve` or `worker` in its place."""
    arguments = ["serve", "--bind", f"{inside(place)}:{PORT}"] if what == "web" else ["worker"]
    return subprocess.Popen(
        ["ip", "netns", "exec", f"gwbench{place}", sys.executable, "-m", "goodword", *arguments]
    )


def await_webs() -> None:
    """Both answer."""
    for place in PLACES:
        until = time.monotonic() + 90
        while time.monotonic() < until:
            try:
                connection = http.client.HTTPConnection(inside(place), PORT, timeout=5)
                connection.request("GET", "/login/")
                if connection.getresponse().status == 200:
                    break
            except OSError:
                time.sleep(0.05)
        else:
            raise SystemExit(f"nobody answers at {inside(place)}")


def clients_for(seconds: float, token: str) -> tuple[Any, list[Any]]:
    """(where their answers come, the clients at work)."""
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    clients = [
        context.Process(target=_client, args=(number, seconds, token, WordsOf(number), answers))
        for number in range(CLIENTS)
    ]
    for client in clients:
        client.start()
    return answers, clients


def _client(number: int, seconds: float, token: str, words: WordsOf, answers: Any) -> None:
    """Write until the time is over; each with its key, asked again elsewhere until it is answered."""
    own, until, made = uuid.uuid4().hex, time.time() + seconds, 0
    place, connection, done = PLACES[number % 2], None, []
    while time.time() < until:
        made += 1
        body = json.dumps(words(number, made), ensure_ascii=False).encode()
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Idempotency-Key": f"{own}-{made}",
        }
        while True:
            try:
                if connection is None:
                    connection = http.client.HTTPConnection(inside(place), PORT, timeout=20)
                connection.request("POST", "/api/v1/cases", body=body, headers=headers)
                response = connection.getresponse()
                answer = response.read()
            except (OSError, http.client.HTTPException):
                connection, place = None, PLACES[0] + PLACES[1] - place
                continue
            if response.status not in {200, 201}:
                raise SystemExit(f"{response.status} {answer[:300]!r}")
            done.append((time.time(), json.loads(answer)["number"]))
            break
    answers.put(done)


def fired(moment: Any) -> float:
    """Seconds from the moment until nothing was due any more."""
    from goodword.base.core import clock
    from goodword.engine.journal.models import Entry
    from goodword.engine.obligations.models import Obligation

    until = time.monotonic() + FIRED_WITHIN
    while Obligation.objects.filter(wake_at__lte=moment).exists():
        if time.monotonic() > until:
            raise SystemExit("alarms are still due")
        time.sleep(0.1)
    last = Entry.objects.filter(kind="obligation.breached").latest("recorded_at")
    return max(0.0, float((last.recorded_at - moment).total_seconds())) if clock.now() > moment else 0.0


def counted(found: list[list[tuple[float, int]]], killed_at: float) -> Row:
    """Answers a second before and after, and the longest anybody waited for one around the kill."""
    moments = sorted(at for done in found for at, _ in done)
    before, after = [at for at in moments if at < killed_at], [at for at in moments if at >= killed_at]
    gaps = [
        later[0] - sooner[0]
        for done in found
        for sooner, later in pairwise(done)
        if later[0] > killed_at > sooner[0]
    ]
    return {
        "before_per_second": round(len(before) / (killed_at - moments[0]), 1),
        "after_per_second": round(len(after) / (moments[-1] - killed_at), 1),
        "longest_wait_s": round(max(gaps), 2),
    }


def kept(found: list[list[tuple[float, int]]], due: int) -> Row:
    """What was acknowledged is there, once; what fell due was said, once; the journal holds. Else it stops."""
    from goodword.voice.cases.models import Case

    numbers = [number for done in found for _, number in done]
    there = Case.objects.filter(channel="api").count()
    lost = len(set(numbers) - set(Case.objects.filter(channel="api").values_list("number", flat=True)))
    assert lost == 0, f"{lost} acknowledged cases are not there"
    assert len(set(numbers)) == len(numbers) == there, (len(set(numbers)), len(numbers), there)
    verified(due)
    return {"acknowledged": len(numbers), "lost": lost, "alarms_twice": 0}


if __name__ == "__main__":
    main()
