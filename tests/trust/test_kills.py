"""Web and worker are killed at random moments while clients write and deadlines fall due: nothing is lost or doubled.

GOODWORD_KILLS: how many kills (10). GOODWORD_SEED: the seed of the moments; it is printed with the figures.
"""

from __future__ import annotations

import json
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from tests.support.installation import ROOT, Installation, installation
from tests.trust.kit.insisting import Deed, Insisting
from tests.trust.kit.processes import Mortal, await_web, free_port

from goodword.doors.ops.together import answers

KILLS = {"quick": 10, "slow": 60, "full": 500}
CLIENTS = 3
OVERDUE = 30
BACK_WITHIN = 60.0
KINDS = ("设备开机黑屏", "电池续航不足", "镜头卡口松动", "快递送错地址", "账单金额不符")


@dataclass
class Run:
    """One run: the installation, its two processes, its clients, and what was asked of them."""

    place: Installation
    port: int
    chance: random.Random
    web: Mortal
    worker: Mortal
    over: threading.Event
    clients: list[Insisting] = field(default_factory=list)

    def ask(self, what: str) -> dict[str, Any]:
        """What `inside.py` says about the database."""
        said: dict[str, Any] = json.loads(self.place.do(f"from tests.trust.kit import inside\ninside.{what}"))
        return said

    def deeds(self) -> list[Deed]:
        """All writes of all clients."""
        return [deed for client in self.clients for deed in client.deeds]


@pytest.fixture
def run(tmp_path: Path, seed: int) -> Iterator[Run]:
    """A fresh installation with people in it, nothing started yet; whatever was started is gone afterwards."""
    with installation(tmp_path) as made:
        port = free_port()
        environment = {
            **made.environment,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "GOODWORD_BIND": f"127.0.0.1:{port}",
            "GOODWORD_LOG_LEVEL": "WARNING",
        }
        place = replace(made, environment=environment)
        assert place.run("migrate").returncode == 0
        web = Mortal(place, ("serve",), tmp_path / "web.log")
        worker = Mortal(place, ("worker",), tmp_path / "worker.log")
        going = Run(place, port, random.Random(seed), web, worker, threading.Event())
        try:
            yield going
        finally:
            going.over.set()
            web.stop()
            worker.stop()


def test_kills_at_random_lose_nothing_and_double_nothing(run: Run, request: pytest.FixtureRequest) -> None:
    kills = int(os.environ.get("GOODWORD_KILLS") or KILLS[request.config.getoption("--size")])
    ready = run.ask(f"prepare(clients={CLIENTS}, overdue={OVERDUE}, over={kills * 2})")
    run.web.start()
    run.worker.start()
    await_web(run.port)
    threads = let_clients_write(run, ready)
    for _ in range(kills):
        kill_one(run)
    await_web(run.port)
    wait_for_answers(run)
    run.over.set()
    for thread in threads:
        thread.join(30)
    back_after = wait_for_worker(run)
    found = run.ask("findings()")
    report(run, found, back_after)
    compare(run, found)


def let_clients_write(run: Run, ready: dict[str, Any]) -> list[threading.Thread]:
    """Each client takes cases in and works on them, one write after the other."""
    for number, token in enumerate(ready["tokens"]):
        run.clients.append(Insisting(run.port, token, f"client{number}", run.over))
    threads = [
        threading.Thread(target=work, args=(client, run.chance.randrange(10**6), ready["engineer"]))
        for client in run.clients
    ]
    for thread in threads:
        thread.start()
    return threads


def work(client: Insisting, seed: int, engineer: int) -> None:
    """Take in, triage, note, reply: until it is over. A case in hand is brought to its end first."""
    chance, number = random.Random(seed), 0
    while not client.over.is_set() and not client.enough:
        number += 1
        mark = f"{client.name}/{number}"
        text = f"{chance.choice(KINDS)},编号{chance.randrange(10**9)},请处理。"
        made = client.do("cases", {"text": text, "channel": "hotline", "subject": mark}, marker=mark)
        if made.status != 201:
            continue
        at = f"cases/{made.answer['number']}"
        labels = {
            "kind": "complaint",
            "content": "device",
            "subclass": "fault",
            "severity": chance.choice(["general", "urgent"]),
            "device_type": "摄像机",
            "stage": "in_use",
            "department": "technology",
            "assignee": engineer,
        }
        client.do(f"{at}/triage", labels, marker=mark)
        client.do(f"{at}/notes", {"text": f"note {mark}."}, marker=f"note {mark}.")
        reply = {"text": f"已收到,正在安排 {mark}.", "purpose": "first_response"}
        client.do(f"{at}/replies", reply, marker=reply["text"])


def kill_one(run: Run) -> None:
    """At some moment one of the two is killed, or both; what was killed is started again, as a supervisor would.

    Mostly while the clients are being answered, sometimes while the web process is still starting.
    """
    if run.chance.random() < 0.8:
        await_web(run.port)
    time.sleep(run.chance.uniform(0.02, 1.5))
    victims = run.chance.choice([[run.web], [run.web], [run.worker], [run.worker], [run.web, run.worker]])
    for victim in victims:
        victim.kill()
    for victim in victims:
        victim.start()


def wait_for_answers(run: Run) -> None:
    """Let every client come to the end of the case in hand, now that nobody is killed any more."""
    for client in run.clients:
        client.enough = True
    until = time.monotonic() + 60
    while time.monotonic() < until and any(not deed.status for deed in run.deeds()):
        time.sleep(0.1)


def wait_for_worker(run: Run) -> float:
    """Seconds until everything that was due is done; fails when that takes longer than a minute."""
    begun = time.monotonic()
    while True:
        left = run.ask("waiting()")
        took = time.monotonic() - begun
        if not any(left.values()):
            return took
        assert took < BACK_WITHIN, f"still not done after {took:.0f} s: {left}\n{run.worker.log.read_text()}"
        time.sleep(0.5)


def report(run: Run, found: dict[str, Any], back_after: float) -> None:
    deeds = run.deeds()
    print(
        f"kills: web {run.web.deaths}, worker {run.worker.deaths}; writes {len(deeds)}, "
        f"sent again {sum(deed.sendings > 1 for deed in deeds)}; cases {found['all_cases']}; "
        f"alarms {found['alarms']}; entries {found['entries']}; all done {back_after:.1f} s after the last kill; "
        f"outbox {found['outbox']}"
    )


def compare(run: Run, found: dict[str, Any]) -> None:
    """What the clients were told against what the database holds."""
    deeds = run.deeds()
    refused = [deed for deed in deeds if deed.status not in {200, 201}]
    assert not refused, [(deed.path, deed.status, deed.answer) for deed in refused[:5]]
    taken_in = [deed for deed in deeds if deed.path == "cases"]
    assert Counter(subject for _, subject, _ in found["cases"]) == Counter(deed.marker for deed in taken_in)
    told = {(deed.answer["number"], deed.marker) for deed in taken_in}
    assert told == {(number, subject) for number, subject, _ in found["cases"]}
    assert found["received"] == found["all_cases"]
    for path, kept in (("/notes", found["notes"]), ("/replies", found["messages"])):
        assert Counter(d.marker for d in deeds if d.path.endswith(path)) == Counter(kept)
    triaged = {deed.path.split("/")[1] for deed in deeds if deed.path.endswith("/triage")}
    assert {str(number) for number, _, state in found["cases"] if state == "triaged"} == triaged
    assert (found["keys"], found["half_keys"]) == (len(deeds), 0)
    assert found["alarms_twice"] == []
    assert (found["breached_not_journalled"], found["late_and_silent"]) == (0, 0)
    assert found["journal"] == []
    assert set(found["outbox"]) == {"sent"}
    assert found["notices"] == found["outbox"]["sent"]


def test_a_web_process_whose_supervisor_is_killed_ends_too(run: Run) -> None:
    """Else it would go on answering beside its successor, with yesterday's code."""
    supervisor = run.web.start().process
    assert supervisor is not None
    await_web(run.port)
    supervisor.kill()
    supervisor.wait()
    until = time.monotonic() + 10
    while time.monotonic() < until and answers("127.0.0.1", run.port):
        time.sleep(0.2)
    assert not answers("127.0.0.1", run.port)
