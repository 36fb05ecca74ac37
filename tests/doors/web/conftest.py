"""Pages are opened by the same invented colleagues as everywhere, at the present moment: the door reads the clock.

(Imports of models wait: this file is read before Django is up.)
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client
    from tests.cast import Cast, Member


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody, at work since yesterday."""
    from tests.cast import make_cast

    from goodword.base.core import clock

    return make_cast(clock.now() - timedelta(days=1))


@pytest.fixture
def browse() -> Callable[[Member], Client]:
    """A browser in which a colleague is logged in."""
    from django.test import Client

    def logged_in(member: Member) -> Client:
        client = Client(HTTP_HOST="localhost")
        client.force_login(member.account)
        return client

    return logged_in
