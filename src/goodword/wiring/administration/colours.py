"""A company's colour as the pages need it: the shades of the light and the dark theme, readable on every ground. Pure.

Contrast is WCAG 2's: (lighter + 0.05) / (darker + 0.05) of relative luminances, 4.5 for text (AA).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

READABLE = 4.5
HEX = re.compile(r"#[0-9a-f]{6}")
WHITE, BLACK = "#ffffff", "#000000"
LIGHT_GROUNDS = ("#ffffff", "#f5f7f7", "#eef2f2")
"""What words in the colour stand on in the light theme (frontend/src/css/tokens.css)."""
DARK_GROUNDS = ("#172120", "#0f1615", "#1f2b2a")
"""The same in the dark one (frontend/src/css/dark.css)."""
STEP = 0.04


@dataclass(frozen=True, slots=True)
class Shades:
    """accent: buttons, links. strong: where they are touched, words on soft. ink: words on accent. soft: a faint ground."""

    accent: str
    strong: str
    ink: str
    soft: str


def is_colour(text: str) -> bool:
    """Whether it is `#rrggbb` in small letters."""
    return HEX.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """`colour` with `share` (0 to 1) of `other` in it."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def is_readable(colour: str) -> bool:
    """Whether words in the colour, and white words on it, can be read in the light theme."""
    return all(contrast(colour, ground) >= READABLE for ground in LIGHT_GROUNDS)


def readable(colour: str) -> str:
    """The colour itself, or the first darker shade of it that can be read."""
    return _towards(colour, BLACK, LIGHT_GROUNDS)


def light(colour: str) -> Shades:
    """The shades of a colour that is readable, for the light theme."""
    soft = mixed(colour, WHITE, 0.88)
    return Shades(colour, _towards(mixed(colour, BLACK, 0.25), BLACK, (soft,)), WHITE, soft)


def dark(colour: str) -> Shades:
    """The shades for the dark theme: as much lighter as it takes."""
    soft = mixed(colour, DARK_GROUNDS[0], 0.7)
    accent = _towards(mixed(colour, WHITE, 0.3), WHITE, (*DARK_GROUNDS, soft))
    return Shades(accent, _towards(mixed(accent, WHITE, 0.35), WHITE, (soft,)), _ink(accent), soft)


def _ink(accent: str) -> str:
    ink = mixed(accent, BLACK, 0.88)
    return ink if contrast(ink, accent) >= READABLE else BLACK


def _towards(colour: str, end: str, grounds: tuple[str, ...]) -> str:
    """The first mixture with `end` that is readable on all grounds; `end` itself is."""
    share, found = 0.0, colour
    while any(contrast(found, ground) < READABLE for ground in grounds) and share < 1:
        share = min(1.0, share + STEP)
        found = mixed(colour, end, share)
    return found


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)
