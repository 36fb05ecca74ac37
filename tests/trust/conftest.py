"""What the trust tests share: how much to try, with which seed, and the invented people."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cast import Cast


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
