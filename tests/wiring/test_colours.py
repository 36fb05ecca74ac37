"""Whatever colour a company takes can be read in both themes; one that cannot is refused with the nearest that can."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.wiring.administration.colours import (
    DARK_GROUNDS,
    LIGHT_GROUNDS,
    READABLE,
    WHITE,
    contrast,
    dark,
    is_colour,
    is_readable,
    light,
    readable,
)

CSS = Path(__file__).parents[2] / "frontend" / "src" / "css"
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#0000ff", "#ffffff", 8.59)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(expected, abs=0.01)


@given(COLOURS)
def test_every_shade_of_every_colour_can_be_read(colour: str) -> None:
    taken = readable(colour)
    assert is_colour(taken)
    assert is_readable(taken)
    assert (taken == colour) == is_readable(colour)
    for shades, grounds in ((light(taken), LIGHT_GROUNDS), (dark(taken), DARK_GROUNDS)):
        assert all(contrast(shades.accent, ground) >= READABLE for ground in grounds)
        assert contrast(shades.ink, shades.accent) >= READABLE
        assert contrast(shades.strong, shades.soft) >= READABLE
        assert contrast(shades.ink, shades.strong) >= READABLE
    assert light(taken).ink == WHITE


@pytest.mark.parametrize("text", ["", "red", "#fff", "#12345", "#12345g", "#0C6B68", "#0c6b68\n", "url(x)"])
def test_what_is_no_colour(text: str) -> None:
    assert not is_colour(text)


@pytest.mark.parametrize(("sheet", "grounds"), [("tokens", LIGHT_GROUNDS), ("dark", DARK_GROUNDS)])
def test_the_grounds_are_those_of_the_stylesheets(sheet: str, grounds: tuple[str, ...]) -> None:
    names = dict(
        re.findall(r"--([\w-]+): (#[0-9a-f]{6});", (CSS / f"{sheet}.css").read_text(encoding="utf-8"))
    )
    assert {names[name] for name in ("surface", "page", "surface-2")} == set(grounds)
