"""What the trust tests share: how much to try, with which seed, and the invented people."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cast import Cast
    from tests.support.installation import Installation
    from tests.trust.kit.under_load import Load


@pytest.fixture
def size(request: pytest.FixtureRequest) -> str:
    """quick, slow or full: how much this run tries."""
    return str(request.config.getoption("--size"))


@pytest.fixture
def seed() -> int:
    """GOODWORD_SEED, or a new one; printed, so that a failure can be run again."""
    chosen = int(os.environ.get("GOODWORD_SEED") or random.SystemRandom().randrange(10**6))
    print(f"GOODWORD_SEED={chosen}")
    return chosen


@pytest.fixture
def chance(seed: int) -> random.Random:
    """Randomness that can be repeated."""
    return random.Random(seed)


@pytest.fixture
def cast(db: None) -> Cast:
    """The invented colleagues, their departments, the customer and the order."""
    from tests.cast import make_cast

    return make_cast()


@pytest.fixture(autouse=True)
def _static_folder() -> None:
    """Collected static files have a folder, empty or not: without one each client warns."""
    from django.conf import settings

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture
def place(prepared: Installation, tmp_path: Path) -> Iterator[Installation]:
    """A copy of it, whose processes know these tests."""
    from tests.support.installation import installation

    with installation(tmp_path, like=prepared) as made:
        yield knowing_the_tests(made)


@pytest.fixture
def load(place: Installation, seed: int) -> Iterator[Load]:
    """An installation about to work: web, worker, clients."""
    from tests.trust.kit import under_load

    with under_load.load(place, seed=seed) as made:
        yield made


def knowing_the_tests(made: Installation) -> Installation:
    """The installation with the tests on its path, so that `do` may run the kit inside it; it logs little."""
    from dataclasses import replace

    from tests.support.installation import ROOT

    path = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
    return replace(
        made, environment={**made.environment, "PYTHONPATH": path, "GOODWORD_LOG_LEVEL": "WARNING"}
    )
