"""Web and worker are killed at random moments while clients write and deadlines fall due: nothing is lost or doubled.

Both are forked off a process that has loaded the code (`kit/nursery.py`), so that a start takes a moment and kills
come close together. GOODWORD_KILLS: how many (40). GOODWORD_SEED: the seed of the moments; it is printed with the figures.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from tests.support.installation import Installation
from tests.trust.kit.processes import Mortal, await_web, port_of
from tests.trust.kit.under_load import Load, serving

from goodword.doors.ops.together import answers

KILLS = {"quick": 40, "slow": 120, "full": 500}
PACE = 0.6
"""Seconds a kill takes, about: duties fall due during that time."""


def test_kills_at_random_lose_nothing_and_double_nothing(load: Load, size: str) -> None:
    kills = int(os.environ.get("GOODWORD_KILLS") or KILLS[size])
    load.begin(lasting=kills * PACE)
    for _ in range(kills):
        kill_one(load)
    found = load.end()
    assert load.web.deaths + load.worker.deaths >= kills
    assert found["claimed_again"] <= kills * found["most_at_once"]


def kill_one(load: Load) -> None:
    """At some moment one of the two is killed, or both; what was killed is started again, as a supervisor would.

    Mostly while the clients are being answered, sometimes while the web process is still starting.
    """
    if load.chance.random() < 0.8:
        await_web(load.port)
        load.await_writes()
    time.sleep(load.chance.uniform(0.0, 0.5))
    victims = load.chance.choice(
        [[load.web], [load.web], [load.worker], [load.worker], [load.web, load.worker]]
    )
    for victim in victims:
        victim.kill()
    for victim in victims:
        victim.start()


def test_a_web_process_whose_supervisor_is_killed_ends_too(place: Installation, tmp_path: Path) -> None:
    """Else it would go on answering beside its successor, with yesterday's code."""
    place = serving(place)
    port, web = port_of(place), Mortal(place, ("serve",), tmp_path / "web.log")
    try:
        supervisor = web.start().process
        assert supervisor is not None
        await_web(port)
        supervisor.kill()
        supervisor.wait()
        until = time.monotonic() + 10
        while time.monotonic() < until and answers("127.0.0.1", port):
            time.sleep(0.2)
        assert not answers("127.0.0.1", port)
    finally:
        web.stop()
