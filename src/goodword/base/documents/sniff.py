"""What a file is by its first bytes, and a name for it that is safe to store and show."""

from __future__ import annotations

import re
import unicodedata

MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"OggS", "audio/ogg"),
    (0, bytes.fromhex("d0cf11e0a1b11ae1"), "application/x-ole-storage"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
)
RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")
OFFICE = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (
        b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.spreadsheet",
    ),
)
ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
ACTIVE_SVG = re.compile(rb"<(?:[a-z]+:)?svg[\s>/]")
ACTIVE_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|script|iframe|object|embed|img|a|table|style|meta|link|form|svg|math)[\s>/]"
)
UNKNOWN = "application/octet-stream"

SHOWABLE = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})


def content_type(head: bytes) -> str:
    """The media type of a file whose first bytes (4 KB or more) are `head`.

    Text that could act in a browser is text/html, image/svg+xml or application/xml, wherever the markup
    begins and in UTF-16 too; what is not recognised is application/octet-stream.
    """
    for offset, sign, kind in MAGIC:
        if head.startswith(sign, offset):
            return kind
    return _container(head) or _text(head)


def may_show(kind: str) -> bool:
    """Whether a browser may be given this type to show in place; all else is handed over as a download."""
    return kind in SHOWABLE


def _container(head: bytes) -> str | None:
    if head[:4] == b"RIFF":
        return RIFF.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return _film(head[8:12])
    if head[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa"):
        return "audio/mpeg"
    if head.startswith(ZIP_STARTS):
        return next((kind for sign, kind in OFFICE if sign in head), "application/zip")
    return None


def _film(brand: bytes) -> str:
    if brand in HEIC_BRANDS:
        return "image/heic"
    if brand in (b"avif", b"avis"):
        return "image/avif"
    if brand[:3] in (b"M4A", b"M4B"):
        return "audio/mp4"
    return "video/quicktime" if brand == b"qt  " else "video/mp4"


def _text(head: bytes) -> str:
    flat = head.replace(b"\0", b"").lower()
    if ACTIVE_SVG.search(flat):
        return "image/svg+xml"
    if ACTIVE_HTML.search(flat):
        return "text/html"
    if flat.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<?xml"):
        return "application/xml"
    return "text/plain" if _is_text(head) else UNKNOWN


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return bool(head) and not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]", head)


UNSAFE = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
NAME_BYTES = 150
SUFFIX_CHARS = 12


def safe_name(filename: str, *, fallback: str = "file") -> str:
    """A name without folders, control or direction signs, reserved words, at most 150 bytes; suffix kept.

    For showing and for the download header; files are stored under a random name.
    """
    name = unicodedata.normalize("NFC", filename.encode("utf-8", "ignore").decode())
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(
        sign for sign in name if unicodedata.category(sign) not in ("Cc", "Cf", "Zl", "Zp", "Co", "Cn")
    )
    name = UNSAFE.sub("_", name)
    name = re.sub(r"\s+", " ", name).strip(" .")
    if RESERVED.match(name):
        name = f"_{name}"
    return _shortened(name) or fallback


def _shortened(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > SUFFIX_CHARS:
        stem, dot, suffix = name, "", ""
    room = NAME_BYTES - len(f"{dot}{suffix}".encode())
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip(" .") + dot + suffix
