"""What the benches of the running product share: a server of its own, keep-alive clients in processes of their own."""

from __future__ import annotations

import http.client
import json
import multiprocessing
import os
import queue
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

START_WITHIN = 60.0
Body = dict[str, Any]


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def command(*arguments: str, **settings: str) -> subprocess.Popen[bytes]:
    """`goodword …` in this process's installation, until it is stopped."""
    return subprocess.Popen([sys.executable, "-m", "goodword", *arguments], env={**os.environ, **settings})


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask it to end, wait, insist."""
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def served(**settings: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """`goodword serve` on a free port, answering; yields (port, process)."""
    port = free_port()
    process = command("serve", "--bind", f"127.0.0.1:{port}", GOODWORD_API_PER_MINUTE="10000000", **settings)
    try:
        wait_for(port)
        yield port, process
    finally:
        stop(process)


def wait_for(port: int, path: str = "/login/") -> float:
    """Seconds until the first answer."""
    began = time.perf_counter()
    while time.perf_counter() - began < START_WITHIN:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return time.perf_counter() - began
        except OSError:
            time.sleep(0.005)
    raise SystemExit(f"nobody answers on port {port} after {START_WITHIN:.0f} s")


@dataclass
class Done:
    """What one client did: seconds of each answered request, its first and last moment, what was answered."""

    lengths: list[float] = field(default_factory=list)
    began: float = 0.0
    ended: float = 0.0
    numbers: list[int] = field(default_factory=list)


def _client(
    number: int, port: int, token: str, seconds: float, body: Callable[[int, int], Body], answers: Any
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.connect()
    connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    done, made, until, own = Done(), 0, 0.0, uuid.uuid4().hex
    warm_until = time.perf_counter() + min(1.0, seconds / 4)
    while not until or time.perf_counter() < until:
        if not until and time.perf_counter() >= warm_until:
            until, done.began = time.perf_counter() + seconds, time.perf_counter()
        made += 1
        sent = json.dumps(body(number, made), ensure_ascii=False).encode()
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Idempotency-Key": f"{own}-{made}",
        }
        at = time.perf_counter()
        connection.request("POST", "/api/v1/cases", body=sent, headers=headers)
        response = connection.getresponse()
        answer = response.read()
        if response.status != 201:
            raise SystemExit(f"{response.status} {answer[:300]!r}")
        done.numbers.append(json.loads(answer)["number"])
        if until:
            done.lengths.append(time.perf_counter() - at)
    done.ended = time.perf_counter()
    answers.put(done)


def load(
    clients: int, *, port: int, token: str, seconds: float, body: Callable[[int, int], Body]
) -> list[Done]:
    """`clients` at once, each in a process of its own on one kept connection, for `seconds` after warming up."""
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    arguments = (port, token, seconds, body, answers)
    processes = [context.Process(target=_client, args=(n, *arguments)) for n in range(clients)]
    for process in processes:
        process.start()
    found: list[Done] = []
    while len(found) < clients:
        try:
            found.append(answers.get(timeout=1))
        except queue.Empty:
            if any(process.exitcode for process in processes):
                raise SystemExit("a client has failed") from None
    for process in processes:
        process.join()
    return found


def per_second(found: list[Done]) -> float:
    """Answers a second while all of them were at work."""
    return sum(len(done.lengths) / (done.ended - done.began) for done in found)
