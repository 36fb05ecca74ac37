"""An installation at work: web and worker as processes, clients that insist, duties that fall due; and the reckoning.

`begin()`, then whatever is to happen to it, then `end()`: everything the clients were told is compared with what the
database holds.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import random
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from tests.support.installation import Installation
from tests.trust.kit.insisting import OUTAGES, Deed, Insisting
from tests.trust.kit.nursery import Nursed, Nursery
from tests.trust.kit.processes import await_web, free_port, port_of

CLIENTS = 3
OVERDUE = 30
BACK_WITHIN = 60.0
VISIT_EVERY = 0.1
KINDS = ("设备开机黑屏", "电池续航不足", "镜头卡口松动", "快递送错地址", "账单金额不符")
Found = dict[str, Any]


def serving(place: Installation) -> Installation:
    """The installation with a port of its own to listen on."""
    return replace(place, environment={**place.environment, "GOODWORD_BIND": f"127.0.0.1:{free_port()}"})


@contextmanager
def load(place: Installation, *, seed: int) -> Iterator[Load]:
    """The installation with nothing started yet; whatever was started is gone afterwards."""
    place = serving(place)
    nursery = Nursery(place)
    web = Nursed(place, ("serve",), place.folder / "web.log", nursery=nursery)
    worker = Nursed(place, ("worker",), place.folder / "worker.log", nursery=nursery)
    made = Load(place, port_of(place), random.Random(seed), web, worker)
    try:
        yield made
    finally:
        made.over.set()
        web.stop()
        worker.stop()
        nursery.close()


@dataclass
class Load:
    """The installation, its two processes, its clients, and what was asked of them.

    pages: what a visitor got who opens a page all the time; 0: no answer, negative: an error without a reason.
    last_due: when the last duty that `begin` prepared falls due (time.monotonic).
    """

    place: Installation
    port: int
    chance: random.Random
    web: Nursed
    worker: Nursed
    over: threading.Event = field(default_factory=threading.Event)
    clients: list[Insisting] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)
    pages: Counter[int] = field(default_factory=Counter)
    last_due: float = 0.0

    def ask(self, what: str) -> Found:
        """What `inside.py` says about the database."""
        said: Found = json.loads(self.place.do(f"from tests.trust.kit import inside\ninside.{what}"))
        return said

    def begin(self, *, lasting: float) -> None:
        """Start web, worker and clients; during `lasting` seconds one duty after the other falls due."""
        ready = self.ask(f"prepare(clients={CLIENTS}, overdue={OVERDUE}, over={lasting})")
        self.last_due = time.monotonic() + lasting
        self.web.start()
        self.worker.start()
        await_web(self.port)
        for number, token in enumerate(ready["tokens"]):
            self.clients.append(Insisting(self.port, token, f"client{number}", self.over))
        for client in self.clients:
            given = (client, self.chance.randrange(10**6), ready["engineer"])
            self.threads.append(threading.Thread(target=_work, args=given))
        self.threads.append(threading.Thread(target=self._visit))
        for thread in self.threads:
            thread.start()

    def end(self) -> Found:
        """Let every client end the case in hand and the worker do what is due; then compare. Returns what was found."""
        await_web(self.port)
        self.rest()
        time.sleep(
            max(0.0, self.last_due - time.monotonic())
        )  # what falls due while one looks is neither late nor told
        back_after = self._wait_for_worker()
        found = self.ask("findings()")
        self._report(found, back_after)
        self.compare(found)
        return found

    def rest(self) -> None:
        """Let every client come to the end of the case in hand, and begin nothing more."""
        for client in self.clients:
            client.enough = True
        until = time.monotonic() + BACK_WITHIN
        while time.monotonic() < until and any(not deed.status for deed in self.deeds()):
            time.sleep(0.05)
        self.over.set()
        for thread in self.threads:
            thread.join(30)

    def deeds(self) -> list[Deed]:
        """All writes of all clients."""
        return [deed for client in self.clients for deed in list(client.deeds)]

    def answered(self) -> int:
        """How many writes have been answered."""
        return sum(deed.status > 0 for deed in self.deeds())

    def await_writes(self, more: int = 1, *, within: float = 1.0) -> int:
        """Until so many more writes are answered, for `within` seconds at most; how many were."""
        before, until = self.answered(), time.monotonic() + within
        while time.monotonic() < until and self.answered() < before + more:
            time.sleep(0.005)
        return self.answered() - before

    def statuses(self) -> Counter[int]:
        """How often each status was answered, tries included; 0: no answer."""
        return sum((client.statuses for client in self.clients), Counter())

    def _visit(self) -> None:
        """Open the desk with a session that is none: it has to be looked for, and leads to the log-in page."""
        address, cookie = f"http://127.0.0.1:{self.port}/", {"Cookie": f"sessionid={'a' * 32}"}
        while not self.over.is_set():
            asked = urllib.request.Request(address, headers=cookie)
            try:
                with urllib.request.urlopen(asked, timeout=60) as answer:
                    self.pages[answer.status] += 1
            except urllib.error.HTTPError as problem:
                told = problem.headers["Retry-After"] and "暂时不可用" in problem.read().decode()
                self.pages[problem.code if told else -problem.code] += 1
            except (OSError, http.client.HTTPException):
                self.pages[0] += 1
            self.over.wait(VISIT_EVERY)

    def _wait_for_worker(self) -> float:
        """Seconds until everything that was due is done; fails when that takes longer than a minute."""
        begun = time.monotonic()
        while True:
            left = self.ask("waiting()")
            took = time.monotonic() - begun
            if not any(left.values()):
                return took
            said = self.worker.log.read_text()[-2_000:]
            assert took < BACK_WITHIN, f"still not done after {took:.0f} s: {left}\n{said}"
            time.sleep(0.1)

    def _report(self, found: Found, back_after: float) -> None:
        deeds = self.deeds()
        print(
            f"deaths: web {self.web.deaths}, worker {self.worker.deaths}; writes {len(deeds)}, sent again "
            f"{sum(deed.sendings > 1 for deed in deeds)}, statuses {dict(self.statuses())}, pages {dict(self.pages)}; cases {found['all_cases']}; "
            f"attachments {len(found['attachments'])}; alarms {found['alarms']}; entries {found['entries']}; all done "
            f"{back_after:.1f} s after the end; outbox {found['outbox']}, claimed again {found['claimed_again']}"
        )

    def compare(self, found: Found, deeds: list[Deed] | None = None) -> None:
        """What the clients were told against what the database holds."""
        deeds = self.deeds() if deeds is None else deeds
        refused = [deed for deed in deeds if deed.status not in {200, 201}]
        assert not refused, [(deed.path, deed.status, deed.answer) for deed in refused[:5]]
        assert [odd for client in self.clients for odd in client.odd] == []
        assert set(self.pages) <= {0, 200, *OUTAGES}, self.pages
        taken_in = [deed for deed in deeds if deed.path == "cases"]
        assert Counter(subject for _, subject, _ in found["cases"]) == Counter(d.marker for d in taken_in)
        told = {(deed.answer["number"], deed.marker) for deed in taken_in}
        assert told == {(number, subject) for number, subject, _ in found["cases"]}
        assert found["received"] == found["all_cases"]
        for path, kept in (
            ("/notes", found["notes"]),
            ("/replies", found["messages"]),
            ("/attachments", [digest for digest, _ in found["attachments"]]),
        ):
            assert Counter(d.marker for d in deeds if d.path.endswith(path)) == Counter(kept)
        assert [digest for digest, whole in found["attachments"] if not whole] == []
        triaged = {deed.path.split("/")[1] for deed in deeds if deed.path.endswith("/triage")}
        assert {str(number) for number, _, state in found["cases"] if state == "triaged"} == triaged
        assert (found["keys"], found["half_keys"]) == (len(deeds), 0)
        assert found["alarms_twice"] == []
        assert (found["breached_not_journalled"], found["late_and_silent"]) == (0, 0)
        assert found["journal"] == [], found["journal"][:20]
        assert set(found["outbox"]) == {"sent"}
        assert found["notices"] == found["outbox"]["sent"]


def _work(client: Insisting, seed: int, engineer: int) -> None:
    """Take in, triage, note, add a file, reply: until it is over. A case in hand is brought to its end first."""
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
        file = f"现场记录 {mark}\n".encode() * chance.randint(1, 2_000)
        client.do(f"{at}/attachments", file, marker=hashlib.sha256(file).hexdigest())
        reply = {"text": f"已收到,正在安排 {mark}.", "purpose": "first_response"}
        client.do(f"{at}/replies", reply, marker=reply["text"])
