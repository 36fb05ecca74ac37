"""Content-Transfer-Encoding undone: what is damaged gives what can still be read, never an error."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
NOT_BASE64_OR_END = re.compile(rb"[^A-Za-z0-9+/=]+")
BEGIN = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} ([^\r\n]{1,250})\r?\n", re.MULTILINE)
END = re.compile(rb"^end[ \t]*\r?$", re.MULTILINE)
SOFT_END = re.compile(rb"=[ \t]+(\r?\n)")


def decode(data: bytes, encoding: str) -> bytes:
    """The bytes behind a part's transfer encoding; an unknown one leaves them as they are."""
    encoding = encoding.strip(" \t\"';").lower()
    if encoding == "base64":
        return base64(data)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(SOFT_END.sub(rb"=\1", data))
    if encoding in ("x-uuencode", "uuencode", "uue", "x-uue"):
        found = BEGIN.search(data)
        return uu_lines(data[found.end() :] if found else data)
    return data


def base64(data: bytes) -> bytes:
    """Base64 with line ends, stray characters, no padding or padding in the middle."""
    data = NOT_BASE64_OR_END.sub(b"", data)
    pieces = [piece for piece in data.split(b"=") if piece]
    return b"".join(_quanta(piece) for piece in pieces)


def _quanta(piece: bytes) -> bytes:
    spare = len(piece) % 4
    if spare == 1:
        piece = piece[:-1]  # six bits are no byte
    return binascii.a2b_base64(piece + b"=" * (-len(piece) % 4))


def uu_lines(data: bytes) -> bytes:
    """Lines of uuencode until `end`; a line that is none is left out."""
    ends = END.search(data)
    return b"".join(_uu(data[: ends.start()] if ends else data))


def _uu(data: bytes) -> Iterator[bytes]:
    for line in data.splitlines():
        try:
            yield binascii.a2b_uu(line)
        except binascii.Error:
            wanted = (
                (((line[0] - 32) & 63) * 4 + 5) // 3 if line else 0
            )  # trailing rubbish, as old encoders wrote
            try:
                yield binascii.a2b_uu(line[:wanted])
            except binascii.Error:
                continue


def uu_files(data: bytes, *, most: int) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """A text without the uuencoded files standing in it, and those files as (name, content), at most `most`."""
    if b"begin " not in data:
        return data, []
    kept: list[bytes] = []
    files: list[tuple[bytes, bytes]] = []
    at = 0
    while len(files) < most:
        begins = BEGIN.search(data, at)
        ends = END.search(data, begins.end()) if begins else None
        if not begins or not ends:
            break
        content = uu_lines(data[begins.end() : ends.start()])
        if content:
            files.append((begins[1], content))
            kept.append(data[at : begins.start()])
        else:  # somebody writes about a beginning and an end
            kept.append(data[at : ends.end()])
        at = ends.end()
    return b"".join([*kept, data[at:]]), files
