"""QR codes as pictures: the same squares whatever the kind of file, and an honest refusal of what is too long."""

import struct
import zlib

import pytest
import segno

from goodword.base.documents import qr

ADDRESS = "https://example.test/p/q/o.0123456789abcdef..signature/"


def squares(png: bytes, scale: int) -> list[list[int]]:
    """The picture's squares (1: dark), read from a greyscale or palette PNG of one bit a point."""
    width, height, depth = struct.unpack(">IIB", png[16:25])
    assert depth == 1
    data, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += length + 12
    rows, line = zlib.decompress(data), (width + 7) // 8 + 1
    found = []
    for y in range(0, height, scale):
        row = rows[y * line + 1 : (y + 1) * line]
        found.append([1 - (row[x // 8] >> (7 - x % 8) & 1) for x in range(0, width, scale)])
    return found


def test_a_png_holds_the_code_with_white_around_it():
    matrix = [list(row) for row in segno.make(ADDRESS, error="m", micro=False).matrix_iter(border=qr.QUIET)]
    assert squares(qr.png(ADDRESS, scale=3), 3) == matrix


def test_svg_is_drawn_on_white_and_names_no_foreign_address():
    drawn = qr.svg(ADDRESS).decode()
    assert drawn.count("http") == drawn.count("http://www.w3.org/2000/svg")
    assert 'fill="#fff"' in drawn
    assert qr.data_uri(ADDRESS).startswith("data:image/svg+xml")


def test_what_no_code_can_hold_is_refused():
    with pytest.raises(ValueError, match=r"does not fit|Data too large"):
        qr.svg("x" * 5000)
