"""What a model weighs in a message: runs of characters, concepts named, shape; each as one number.

A key is the CRC-32 of the feature's bytes. A run of characters also has its place, so that a weight can be led
back to the words it came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from zlib import crc32

SIZES = (1, 2, 3)
"""How many characters a run has."""

PARTS = 3
"""Beginning, middle and end: what must be acted on first is often said last."""

_DIGITS = str.maketrans("0123456789", "0000000000")
_STEP = 4  # a run's number is where it begins times this, and its size
_WIDTH = 4  # bytes a character takes in UTF-32
_EDGE = "\x02{}\x03"  # where the text begins and ends is a character too
_LENGTHS = (6, 12, 24, 48, 96, 192)


def framed(plain: str) -> str:
    """Return `plain` with its edges marked and every digit as 0: one sort of number is as good as another."""
    return _EDGE.format(plain.translate(_DIGITS))


def runs(text: str) -> dict[int, int]:
    """Return the key of every run of `text` (framed), each with where it stands first (see `place`)."""
    data = text.encode("utf-32-le")
    found: dict[int, int] = {}
    for size in SIZES:
        last = len(data) - size * _WIDTH
        keys = [crc32(data[at : at + size * _WIDTH]) for at in range(last, -1, -_WIDTH)]
        found.update(zip(keys, range(last // _WIDTH * _STEP + size, -1, -_STEP), strict=False))
    return found


def place(number: int) -> tuple[int, int]:
    """Return start and end, in the plain text, of a run numbered by `runs`; its edges may lie outside."""
    at, size = divmod(number, _STEP)
    return at - 1, at - 1 + size


def named(where: Mapping[str, int], length: int) -> Iterator[tuple[int, str]]:
    """Yield (key, concept) for each concept, and for each once more with the part of the message it is named in."""
    for name, at in where.items():
        yield crc32(b"c:" + name.encode()), name
        yield crc32(f"c{min(PARTS - 1, at * PARTS // length)}:{name}".encode()), name


def shape(plain: str, marks: Iterable[str], device: str | None) -> Iterator[int]:
    """Yield keys for how long the message is, how it is punctuated, what marks it has, which device it means."""
    length = sum(len(plain) >= edge for edge in _LENGTHS)
    yield crc32(b"s:length%d" % length)
    yield crc32(b"s:asks%d" % min(2, plain.count("?")))
    yield crc32(b"s:shouts%d" % min(3, plain.count("!")))
    for mark in marks:
        yield crc32(b"c:" + mark.encode())
    if device:
        yield crc32(b"d:" + device.encode())
