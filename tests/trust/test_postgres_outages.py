"""PostgreSQL is restarted, cut off and its back ends ended while clients write; web and worker go on by themselves.

The cluster is this test's own and syncs (fsync=on). Cutting off kills every process of the server at once; the
kernel still has what they wrote, so this shows recovery from the log, not a disk that forgets.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.support.installation import Installation, installation
from tests.trust.conftest import knowing_the_tests
from tests.trust.kit import under_load
from tests.trust.kit.clusters import Cluster, cluster
from tests.trust.kit.under_load import Load

BLOWS = {"quick": 8, "slow": 40, "full": 200}
AWAY_FOR = {"quick": 8, "slow": 60, "full": 400}
"""Seconds the server is away, once."""
BACK_WITHIN = 60.0

pytestmark = pytest.mark.skipif(
    not os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="PostgreSQL is what is restarted"
)


@pytest.fixture(scope="module")
def own() -> Iterator[Cluster]:
    """A PostgreSQL that nobody else uses."""
    with cluster() as made:
        yield made


@pytest.fixture
def on_own(own: Cluster, tmp_path: Path) -> Iterator[Installation]:
    """An installation on it."""
    with installation(tmp_path, server=own.url) as made:
        assert made.run("migrate").returncode == 0
        yield knowing_the_tests(made)


def test_a_server_that_goes_and_comes_back_costs_nothing_acknowledged(
    own: Cluster, on_own: Installation, size: str, seed: int
) -> None:
    chance = random.Random(seed)
    database = on_own.environment["DATABASE_URL"].partition("?")[0].rsplit("/", 1)[1]
    blows: dict[str, Callable[[], object]] = {
        "back ends ended": lambda: own.end_back_ends(database),
        "restarted": lambda: own.restart("fast"),
        "stopped at once": lambda: own.restart("immediate"),
        "cut off": own.cut_off,
        "away": lambda: own.be_away(AWAY_FOR[size]),
    }
    chosen = list(blows) + chance.choices(list(blows), weights=[3, 1, 1, 1, 0], k=BLOWS[size] - len(blows))
    with under_load.load(on_own, seed=seed) as load:
        load.begin(lasting=BLOWS[size] * 2)
        slowest = max(struck(load, blows[name], chance) for name in chosen)
        load.end()
        print(f"{dict(Counter(chosen))}; writing again at most {slowest:.1f} s after")
        assert load.web.alive()
        assert load.worker.alive()
        assert (load.web.deaths, load.worker.deaths) == (0, 0)


def struck(load: Load, blow: Callable[[], object], chance: random.Random) -> float:
    """One blow while clients write; the seconds until a write is answered again."""
    load.await_writes(2, within=BACK_WITHIN)
    time.sleep(chance.uniform(0, 0.3))
    blow()
    begun = time.monotonic()
    assert load.await_writes(1, within=BACK_WITHIN), "nothing is answered any more"
    return time.monotonic() - begun
