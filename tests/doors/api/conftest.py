"""The invented colleagues, each with a client of the API. (Imports wait: this file is read before Django is up.)"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.doors.api.client import Api


class Clients(Protocol):
    """`api("intake")`: a client acting as that colleague; further arguments are the token's scopes."""

    def __call__(self, who: str, *scopes: str, language: str = "en") -> Api: ...


@pytest.fixture(autouse=True)
def _served_here() -> Iterator[None]:
    from django.core.cache import cache
    from django.test import override_settings

    with override_settings(ALLOWED_HOSTS=["testserver", "localhost"], ROOT_URLCONF="tests.doors.api.urls"):
        cache.clear()
        yield


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody, with their roles from January on."""
    from tests.cast import MONDAY, make_cast

    return make_cast(MONDAY)


@pytest.fixture
def api(cast: Cast) -> Clients:
    """Clients by who they act as."""
    from tests.doors.api.client import Api, token_of

    def make(who: str, *scopes: str, language: str = "en") -> Api:
        return Api(token_of(getattr(cast, who).account, *scopes), language)

    return make
