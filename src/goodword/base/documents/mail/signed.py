"""An S/MIME wrapper opened: the mail inside signed-data (smime.p7m). What is enciphered stays closed.

Reading only: no signature is checked here, and nothing relies on one.
"""

from __future__ import annotations

SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
DATA = bytes.fromhex("06092a864886f70d010701")
WRAPPERS = ("application/pkcs7-mime", "application/x-pkcs7-mime")
SEQUENCE, OCTETS, CONTEXT_0 = 0x30, 0x04, 0xA0
DEEPEST = 16


def is_wrapper(kind: str, options: dict[str, str]) -> bool:
    """Whether a part of this kind may hold a whole mail inside a signature."""
    return kind in WRAPPERS and options.get("smime-type", "signed-data").lower() in ("signed-data", "")


def unwrapped(content: bytes) -> bytes | None:
    """The bytes that were signed; None for what is enciphered, damaged or no such wrapper."""
    try:
        at = content.index(SIGNED_DATA, 0, 64) + len(SIGNED_DATA)
        inner = content.index(DATA, at, at + 4096) + len(DATA)
        tag, begin, end, _ = _element(content, inner)
        if tag != CONTEXT_0:
            return None
        said = b"".join(_octets(content, begin, end, DEEPEST))
    except (ValueError, IndexError):
        return None
    return said or None


def _element(data: bytes, at: int) -> tuple[int, int, int, bool]:
    """The tag at `at`, where its content begins and ends (for an open length: the data's end), whether it is open."""
    tag, length, begin = data[at], data[at + 1], at + 2
    if length == 0x80:
        return tag, begin, len(data), True
    if length & 0x80:
        size = length & 0x7F
        if size > 4:
            raise ValueError(size)
        length, begin = int.from_bytes(data[begin : begin + size], "big"), begin + size
    if begin + length > len(data):
        raise ValueError(length)
    return tag, begin, begin + length, False


def _octets(data: bytes, at: int, end: int, deepest: int) -> list[bytes]:
    """The pieces of an octet string, primitive or made of others."""
    pieces: list[bytes] = []
    while at + 1 < end and deepest:
        if data[at : at + 2] == b"\0\0":  # the end of an open length
            break
        tag, begin, stop, is_open = _element(data, at)
        if tag == OCTETS:
            pieces.append(data[begin:stop])
        elif tag == OCTETS | 0x20:
            pieces += _octets(data, begin, stop, deepest - 1)
            if is_open:
                break
        else:
            break
        at = stop
    return pieces
