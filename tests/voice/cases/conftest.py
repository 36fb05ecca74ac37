"""The cast for every test of the cases, with the wiring that the product itself installs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cast import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    """The invented colleagues, their departments, the customer and the order."""
    from tests.cast import make_cast  # models load only once Django has been set up

    return make_cast()
