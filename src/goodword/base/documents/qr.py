"""QR codes as pictures: for pages (SVG as an address of data), for print, for documents (PNG)."""

from __future__ import annotations

from io import BytesIO

import segno

MODULE = 4
"""Units of the picture for one square of the code; being SVG, it prints at any size."""
QUIET = 4
"""Squares of white around it, as the standard asks."""


def data_uri(text: str) -> str:
    """`text` as a code on white, an SVG in an address of data. Raises ValueError for more than a code can hold."""
    return str(_code(text).svg_data_uri(scale=MODULE, border=QUIET, light="#fff"))


def svg(text: str) -> bytes:
    """The same as a file."""
    target = BytesIO()
    _code(text).save(target, kind="svg", scale=MODULE, border=QUIET, light="#fff")
    return target.getvalue()


def png(text: str, *, scale: int = 10) -> bytes:
    """The same as PNG, `scale` points for each square."""
    target = BytesIO()
    _code(text).save(target, kind="png", scale=scale, border=QUIET, light="#fff")
    return target.getvalue()


def _code(text: str) -> segno.QRCode:
    return segno.make(text, error="m", micro=False)
