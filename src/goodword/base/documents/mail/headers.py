"""The header of a mail or of one of its parts: fields, encoded words, parameters, however they are written."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from goodword.base.documents.mail import charsets, transfer

NAME = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|\Z)")
WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*+(?:\?(?!=)[^?]*+){0,8}+)\?=")
MARK = re.compile(r"[\t\r\n\f\v]+")
CONTROL = re.compile("[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
PARAMETER = re.compile(
    r';\s*([^\s=;*"]{1,60})(\*\d{1,3})?(\*)?\s*=\s*(?:"((?:[^"\\]|\\.)*+)(?:"|\Z)|([^;]*))'
)
ESCAPED = re.compile(r"\\(.)")


@dataclass(slots=True)
class Header:
    """The fields of one header in their order: (name in small letters, raw bytes unfolded)."""

    fields: list[tuple[str, bytes]] = field(default_factory=list)
    hint: str = ""

    def undecoded(self, name: str) -> bytes:
        """The first field of this name as bytes; empty when there is none."""
        return next((value for each, value in self.fields if each == name), b"")

    def every(self, name: str) -> list[bytes]:
        """Every field of this name."""
        return [value for each, value in self.fields if each == name]

    def written(self, name: str) -> str:
        """The first field as characters, encoded words left as they are."""
        return self.characters(self.undecoded(name))

    def characters(self, value: bytes) -> str:
        """A field's bytes as characters: ASCII, or 8-bit in whatever charset it seems to be."""
        return MARK.sub(" ", charsets.decode(value, hint=self.hint)).strip()

    def text(self, name: str) -> str:
        """The first field as people read it."""
        return plain(words(self.written(name)))

    def has(self, name: str) -> bool:
        """Whether there is a field of this name."""
        return any(each == name for each, _ in self.fields)


def split(data: bytes, start: int, end: int, *, most: int) -> tuple[Header, int]:
    """The header that begins at `start` of `data`, and where the body behind it begins.

    most: bytes of one field that are kept, and eight times as many of all fields together; what is beyond is passed
    over. A line that is no field ends the header as an empty one does: some programs forget the empty line.
    """
    header, at, left = Header(), start, most * 8
    name, pieces = "", list[bytes]()

    def settle() -> None:
        if name:
            header.fields.append((name, b" ".join(pieces)[:most]))

    while at < end:
        found = LINE.match(data, at, end)
        assert found is not None
        line = found.group().rstrip(b"\r\n")
        if not line.strip():
            at = found.end()
            if line and name:  # white space alone continues nothing and ends nothing
                continue
            break
        named = NAME.match(line)
        if line[:1] in (b" ", b"\t") and name:
            if left > 0:
                pieces.append(line.strip())
        elif named and left > 0:
            settle()
            name, pieces = named[1].decode("ascii").lower(), [line[named.end() :].strip()]
        elif not named and not line.startswith((b"From ", b">From ")):
            if not line.startswith(b"--") and name and b":" in line[:80]:
                at = found.end()  # a field with a name that is none
                continue
            break
        left -= len(line)
        at = found.end()
    settle()
    return header, at


def words(written: str) -> str:
    """Encoded words (RFC 2047) as text; neighbours of one charset are joined as bytes, so that no character is torn."""
    if "=?" not in written:
        return written
    said: list[str] = []
    held: list[tuple[str, bytes]] = []
    at = 0
    for word in WORD.finditer(written):
        between = written[at : word.start()]
        if between and not (held and not between.strip()):
            _pour(held, said)
            said.append(between)
        charset, content = word[1].split("*")[0].lower(), _content(word[2], word[3])
        if held and held[-1][0] == charset and charset not in ("utf-7", "iso-2022-jp"):
            held[-1] = (charset, held[-1][1] + content)
        else:
            held.append((charset, content))
        at = word.end()
    _pour(held, said)
    said.append(written[at:])
    return "".join(said)


def _pour(held: list[tuple[str, bytes]], said: list[str]) -> None:
    said += [charsets.decode(content, charset) for charset, content in held]
    held.clear()


def _content(kind: str, text: str) -> bytes:
    data = text.encode("utf-8", "ignore")
    if kind in "bB":
        return transfer.base64(data)
    return binascii.a2b_qp(data, header=True)


def plain(text: str) -> str:
    """One line without control signs and signs that turn the direction of writing."""
    return MARK.sub(" ", CONTROL.sub(lambda sign: " " if sign[0] in "\t\r\n" else "", text)).strip()


def parameters(value: str) -> tuple[str, dict[str, str]]:
    """A field such as Content-Type: its value in small letters, its parameters as text.

    Read are RFC 2231 (charset, percent, continuations), encoded words inside quotes, missing and open quotes.
    """
    main, sign, rest = value.partition(";")
    if not sign and "=" in main and " " in main.strip():  # text/plain charset=utf-8
        main, _, rest = main.strip().partition(" ")
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for found in PARAMETER.finditer(";" + rest):
        name, number, percent, quoted, bare = found.groups()
        text = ESCAPED.sub(r"\1", quoted) if quoted is not None else bare.strip().strip("\"'")
        pieces.setdefault(name.lower(), []).append((int((number or "*0")[1:]), percent is not None, text))
    return main.strip().strip("\"'").lower(), {name: _joined(parts) for name, parts in pieces.items()}


def _joined(parts: list[tuple[int, bool, str]]) -> str:
    extended = [part for part in parts if part[1]]
    if not extended:
        parts = (
            sorted(parts, key=lambda part: part[0]) if any(number for number, _, _ in parts) else parts[:1]
        )
        return plain(words("".join(text for _, _, text in parts)))
    charset, said = "", b""
    for place, (_, percent, text) in enumerate(sorted(parts, key=lambda part: part[0])):
        if place == 0 and percent and text.count("'") >= 2:
            charset = text.partition("'")[0]
            said += unquote_to_bytes(text.split("'", 2)[2])
        else:
            said += unquote_to_bytes(text) if percent else text.encode("utf-8", "ignore")
    return plain(charsets.decode(said, charset))
