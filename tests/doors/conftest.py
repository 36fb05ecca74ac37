"""What the tests of these pages share."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _the_red_light_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its answer is kept for two seconds, which a busy machine outlasts: counted queries would differ by one."""
    from goodword.wiring import health

    monkeypatch.setattr(health, "REMEMBERED_FOR", 3600.0)
    health.forget()
