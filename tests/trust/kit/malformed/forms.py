"""Web forms as no browser sends them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from urllib.parse import quote_from_bytes

from tests.trust.kit.malformed.words import encoded, spoilt, word

BOUNDARY = "----goodword"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
URLENCODED = "application/x-www-form-urlencoded"
STRANGE_TYPES = (
    "", "x", "text/plain", "application/json", "multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=x",
    f"multipart/form-data; boundary={'b' * 300}", "multipart/form-data; boundary=\x01", f"{URLENCODED}; charset=utf-7",
    f"{URLENCODED}; charset=nowhere", f"{URLENCODED}; charset=utf-16", f"{MULTIPART}; charset=gb2312", "application/xml; charset=\xff",
)  # fmt: skip
MAGIC = (
    b"", b"PK\x03\x04", b"%PDF-1.7\n%\xff", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, b"\xff\xd8\xff\xe0JFIF", b"GIF89a\xff\xff\xff\xff", b"MZ\x90",
    b"<svg onload=x>", b"<html><script>", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"RIFF\xff\xff\xff\xffWEBP",
    b"\x1f\x8b\x08\x00", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"#!/bin/sh\n", b"\x00" * 5_000,
)  # fmt: skip
Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class Sent:
    """What goes over the line."""

    body: bytes
    content_type: str


def form(sound: dict[str, str], chance: random.Random, *, file: str = "") -> Sent:
    """The form with some values spoilt, repeated, missing or invented, written in one of many wrong ways.

    file: the name of the field that takes files, if there is one.
    """
    fields = _fields(sound, chance)
    if not file and chance.random() < 0.55:
        sent = Sent(urlencoded(fields, chance), URLENCODED)
    else:
        sent = Sent(multipart(fields, chance, file=file or "file"), MULTIPART)
    draw = chance.random()
    if draw < 0.25:
        return Sent(spoilt(sent.body, chance), sent.content_type)
    if draw < 0.35:
        return Sent(sent.body, chance.choice(STRANGE_TYPES))
    return sent


def _fields(sound: dict[str, str], chance: random.Random) -> Fields:
    """Most of the sound ones; one or more spoilt; a few twice; a few nobody asked for."""
    fields = [(name, value) for name, value in sound.items() if chance.random() < 0.95]
    for _ in range(chance.choice((0, 1, 1, 1, 2, 5))):
        if fields:
            place = chance.randrange(len(fields))
            fields[place] = (fields[place][0], word(chance))
    if fields and chance.random() < 0.2:
        fields += [(chance.choice(fields)[0], word(chance)) for _ in range(chance.randint(1, 4))]
    if chance.random() < 0.2:
        fields.append((word(chance)[:200], word(chance)))
    if chance.random() < 0.02:
        fields += [(f"f{n}", "1") for n in range(chance.choice([900, 2_100]))]
    chance.shuffle(fields)
    return fields


def urlencoded(fields: Fields, chance: random.Random) -> bytes:
    """Names and values escaped, or now and then escaped wrongly."""
    joined = "&".join(f"{_escaped(name, chance)}={_escaped(value, chance)}" for name, value in fields)
    if chance.random() < 0.1:
        joined = joined.replace("%", "%%", 3).replace("=", "==", 1) + chance.choice(
            ["&", "%", "%zz", "&=&=", ";a=b", "%u9ed1"]
        )
    return joined.encode("ascii", "replace")


def _escaped(text: str, chance: random.Random) -> str:
    return quote_from_bytes(encoded(text, chance))


def multipart(fields: Fields, chance: random.Random, *, file: str) -> bytes:
    """Parts with headers of every kind, some of them without an end."""
    parts = [_part(f'name="{_quoted(name)}"', encoded(value, chance), "") for name, value in fields]
    for _ in range(chance.choice((0, 0, 1, 1, 3, 12))):
        content = spoilt(chance.choice(MAGIC) + chance.randbytes(chance.choice([0, 40, 4_000])), chance)
        kind = chance.choice(
            ["image/png", "text/html", "a/b; c=d", "", "multipart/mixed; boundary=x", "x" * 400]
        )
        parts.append(_part(_filename(file, chance), content, f"Content-Type: {kind}\r\n"))
    if chance.random() < 0.15:
        parts.append(_strange_part(chance))
    chance.shuffle(parts)
    end = b"" if chance.random() < 0.15 else f"--{BOUNDARY}--\r\n".encode()
    return b"".join(parts) + end


def _part(about: str, content: bytes, more: str) -> bytes:
    head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; {about}\r\n{more}\r\n"
    return head.encode("utf-8", "surrogatepass") + content + b"\r\n"


def _filename(field: str, chance: random.Random) -> str:
    name = _quoted(word(chance)[:400])
    suffix = chance.choice(["", ".png", ".jpg", ".pdf", ".exe", ".svg", ".png\x00.exe", ".xlsm", ".html"])
    return chance.choice([
        f'name="{field}"; filename="{name}{suffix}"',
        f'name="{field}"; filename="../../{name}{suffix}"',
        f"name=\"{field}\"; filename*=utf-8''%e9%bb%91%ff{suffix}",
        f"name=\"{field}\"; filename*=nowhere''%41{suffix}",
        f'name="{field}"; filename="a{suffix}"; filename="b.png"',
        f"name={field}; filename={name[:9]}",
        f'name="{field}"; filename="C:\\\\x\\\\a{suffix}"',
    ])  # fmt: skip


def _strange_part(chance: random.Random) -> bytes:
    return chance.choice([
        f"--{BOUNDARY}\r\n\r\nno headers at all\r\n".encode(),
        f"--{BOUNDARY}\r\nContent-Disposition: form-data\r\n\r\nno name\r\n".encode(),
        f"--{BOUNDARY}\r\nContent-Disposition: attachment; name=\"text\"\r\n\r\nx\r\n".encode(),
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"text\"\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!=\r\n".encode(),
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"text\"\r\nContent-Type: text/plain; charset=utf-16\r\n\r\n\xd8\r\n".encode(),
        f"--{BOUNDARY}\r\n{'X-Long: ' + 'y' * 9_000}\r\n\r\nx\r\n".encode(),
        f"--{BOUNDARY}\r\n".encode() * 50,
        b"a preamble without any boundary",
    ])  # fmt: skip


def _quoted(text: str) -> str:
    """Without what would end the header: that is tried with spoilt bytes."""
    return text.replace("\r", " ").replace("\n", " ").replace('"', "%22")
