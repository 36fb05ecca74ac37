"""The cast for the clauses: the same colleagues everywhere, with the wiring that the product itself installs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cast import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    """The invented colleagues, their departments, the customer and the order, from Monday 5 January 2026, 10:00."""
    from tests.cast import make_cast  # models load only once Django has been set up

    return make_cast()


@pytest.fixture(autouse=True)
def remember_no_editions() -> Iterator[None]:
    """Editions of a test that was rolled back must not be remembered: SQLite gives their numbers out again."""
    from goodword.engine.obligations import rules_in_force
    from goodword.engine.policy import queries

    def forget() -> None:
        rules_in_force._build.cache_clear()
        queries._values.cache_clear()

    forget()
    yield
    forget()
