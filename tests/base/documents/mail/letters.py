"""Mails written here, byte by byte: what a standard library would mend while writing has to arrive broken."""

from __future__ import annotations

import base64
import struct

from goodword.base.documents.mail import Mail, read

FIELDS = {"From": "Wang Xiaoming <xm@example.com>", "To": "desk@example.com", "Subject": "Encoder"}


def letter(body: bytes | str = "", **fields: bytes | str) -> bytes:
    """A mail; `Content_Type="…"` is the field Content-Type, None leaves one of FIELDS out."""
    lines = []
    for name, value in {
        **FIELDS,
        **{name.replace("_", "-"): value for name, value in fields.items()},
    }.items():
        if value is not None:
            lines.append(name.encode() + b": " + (value if isinstance(value, bytes) else value.encode()))
    return b"\r\n".join([*lines, b"", body if isinstance(body, bytes) else body.encode()])


def several(*parts: bytes, kind: str = "mixed", boundary: str = "b1", **fields: bytes | str) -> bytes:
    """A multipart mail; each part is its own header and body, as `part` writes them."""
    content_type = f'multipart/{kind}; boundary="{boundary}"'
    return letter(framed(*parts, boundary=boundary), MIME_Version="1.0", Content_Type=content_type, **fields)


def framed(*parts: bytes, boundary: str = "b1") -> bytes:
    """Parts with boundaries around them."""
    sign = b"--" + boundary.encode()
    return b"".join(sign + b"\r\n" + each + b"\r\n" for each in parts) + sign + b"--\r\n"


def part(content_type: str, body: bytes | str, **fields: str) -> bytes:
    """One part of a multipart."""
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    said = body if isinstance(body, bytes) else body.encode()
    return f"Content-Type: {content_type}\r\n{head}\r\n".encode() + said


def file(name: str, content: bytes, kind: str = "application/pdf") -> bytes:
    """An attachment in base64."""
    return part(
        f'{kind}; name="{name}"',
        base64.encodebytes(content),
        Content_Transfer_Encoding="base64",
        Content_Disposition=f'attachment; filename="{name}"',
    )


def names(mail: Mail) -> list[str]:
    """What its attachments are called."""
    return [file.name for file in mail.attachments]


def subject(written: bytes | str, **fields: bytes | str) -> str:
    """A subject as it is read."""
    return read(letter(Subject=written, **fields)).subject


def people(field: bytes | str) -> list[tuple[str, str]]:
    """An address field as it is read: (name, address)."""
    return [tuple(each) for each in read(letter(To=field)).to]


def winmail(files: dict[str, bytes], *, text: str = "") -> bytes:
    """A winmail.dat with these files and a text, as Outlook packs them."""

    def attribute(level: int, name: int, value: bytes) -> bytes:
        return (
            struct.pack("<BHHI", level, name, 6, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)
        )

    packed = struct.pack("<IH", 0x223E9F78, 1)
    if text:
        packed += attribute(1, 0x800C, text.encode("gbk") + b"\0")
    for name, content in files.items():
        said = (name + "\0").encode("utf-16-le")
        long_name = struct.pack("<HHII", 0x1F, 0x3707, 1, len(said)) + said + b"\0" * (-len(said) % 4)
        packed += attribute(2, 0x9002, b"\0" * 14) + attribute(2, 0x8010, b"SHORT~1.PDF\0")
        packed += attribute(2, 0x800F, content) + attribute(2, 0x9005, struct.pack("<I", 1) + long_name)
    return packed


def enveloped(inner: bytes, *, chunked: bool = False) -> bytes:
    """A smime.p7m around a mail: signed-data with nothing but its content (no signer, no certificate)."""

    def element(tag: int, value: bytes) -> bytes:
        size = len(value).to_bytes(4, "big")
        return bytes([tag, 0x84]) + size + value

    data, signed = bytes.fromhex("06092a864886f70d010701"), bytes.fromhex("06092a864886f70d010702")
    if chunked:
        half = len(inner) // 2
        octets = b"\x24\x80" + element(4, inner[:half]) + element(4, inner[half:]) + b"\0\0"
        content = b"\x30\x80" + data + b"\xa0\x80" + octets + b"\0\0\0\0"
        return (
            b"\x30\x80" + signed + b"\xa0\x80\x30\x80\x02\x01\x01\x31\x00" + content + b"\x31\x00\0\0\0\0\0\0"
        )
    content = element(0x30, data + element(0xA0, element(4, inner)))
    return element(
        0x30, signed + element(0xA0, element(0x30, b"\x02\x01\x01\x31\x00" + content + b"\x31\x00"))
    )
