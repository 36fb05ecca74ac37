"""winmail.dat unpacked: what old Outlook puts a mail's files and its text into (TNEF, MS-OXTNEF)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from goodword.base.documents.mail import charsets

SIGNATURE = 0x223E9F78
TITLE, CONTENT, ATTACHMENT_PROPERTIES, RENDERING = 0x8010, 0x800F, 0x9005, 0x9002
MESSAGE_PROPERTIES, BODY = 0x9003, 0x800C
LONG_NAME, SHORT_NAME, DATA, MIME, CID, HTML, PLAIN = 0x3707, 0x3704, 0x3701, 0x370E, 0x3712, 0x1013, 0x1000
SIZES = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
VARIABLE = (0x1E, 0x1F, 0x102, 0x0D)
KINDS = ("application/ms-tnef", "application/vnd.ms-tnef")


@dataclass(slots=True)
class File:
    """One file of the package."""

    name: str = ""
    kind: str = ""
    cid: str = ""
    content: bytes = b""


@dataclass(slots=True)
class Package:
    """What was in it. text and page are empty where the mail's own are all there is."""

    text: str = ""
    page: str = ""
    files: list[File] = field(default_factory=list)


def is_package(kind: str, name: str) -> bool:
    """Whether a part of this kind and name is one."""
    return kind in KINDS or name.lower() in ("winmail.dat", "win.dat")


def unpack(data: bytes, *, most: int) -> Package | None:
    """The package's files (at most `most`) and texts; None when it is none. What is cut short gives what came before."""
    if len(data) < 6 or struct.unpack_from("<I", data)[0] != SIGNATURE:
        return None
    package = Package()
    for attribute, value in _attributes(data):
        if attribute == RENDERING:
            if len(package.files) >= most:
                break
            package.files.append(File())
        elif attribute == BODY:
            package.text = charsets.decode(value.rstrip(b"\0"))
        elif attribute == MESSAGE_PROPERTIES:
            _read_message(package, value)
        elif package.files:
            _read_file(package.files[-1], attribute, value)
    package.files = [file for file in package.files if file.content]
    return package


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 6
    while at + 9 <= len(data):
        attribute, _, length = struct.unpack_from("<HHI", data, at + 1)
        at += 9
        yield attribute, data[at : at + length]
        at += length + 2


def _read_message(package: Package, value: bytes) -> None:
    for name, said in _properties(value):
        if name == HTML:
            package.page = charsets.decode(said)
        elif name == PLAIN:
            package.text = charsets.decode(said.rstrip(b"\0"))


def _read_file(file: File, attribute: int, value: bytes) -> None:
    if attribute == TITLE:
        file.name = file.name or charsets.decode(value.rstrip(b"\0"))
    elif attribute == CONTENT:
        file.content = value
    elif attribute == ATTACHMENT_PROPERTIES:
        for name, said in _properties(value):
            if name == LONG_NAME:
                file.name = charsets.decode(said).strip("\0")
            elif name == MIME:
                file.kind = charsets.decode(said).strip("\0").lower()
            elif name == CID:
                file.cid = charsets.decode(said).strip("\0<>")
            elif name == DATA and not file.content:
                file.content = said


def _properties(value: bytes) -> Iterator[tuple[int, bytes]]:
    """The properties of a block as (id, bytes; text of the wide kind as UTF-8), until one cannot be read."""
    if len(value) < 4:
        return
    at = 4
    try:
        for _ in range(min(struct.unpack_from("<I", value)[0], 2_000)):
            kind, name = struct.unpack_from("<HH", value, at)
            at = _past_name(value, at + 4) if name & 0x8000 else at + 4
            many = bool(kind & 0x1000)
            kind &= 0x0FFF
            count = 1
            if many or kind in VARIABLE:
                (count,) = struct.unpack_from("<I", value, at)
                at += 4
            for _ in range(min(count, 2_000)):
                if kind not in VARIABLE:
                    at += SIZES[kind]
                    continue
                (length,) = struct.unpack_from("<I", value, at)
                said = value[at + 4 : at + 4 + length]
                at += 4 + length + -length % 4
                yield name, said.decode("utf-16-le", "ignore").encode() if kind == 0x1F else said
    except (struct.error, KeyError):
        return


def _past_name(value: bytes, at: int) -> int:
    """Past the set and the number or text by which a named property is known."""
    (is_text,) = struct.unpack_from("<I", value, at + 16)
    if not is_text:
        return at + 24
    length = int.from_bytes(value[at + 20 : at + 24], "little")
    return at + 24 + length + -length % 4
