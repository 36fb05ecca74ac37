"""WeChat's server, for whoever speaks with it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.support.wechat import TEMPLATE, FakeWeChat, connected


@pytest.fixture(scope="module")
def wechat_server() -> Iterator[FakeWeChat]:
    """One server for a module, whose port stays."""
    with FakeWeChat().served() as made:
        yield made


@pytest.fixture
def wechat(wechat_server: FakeWeChat, db: None) -> FakeWeChat:
    """The server as new, and the company's account connected to it with a template."""
    wechat_server.__init__()  # type: ignore[misc]  # as new, at the same address
    connected(wechat_server, template=TEMPLATE)
    return wechat_server
