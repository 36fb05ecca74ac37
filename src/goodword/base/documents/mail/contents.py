"""Which parts of a mail are its text, which its page, and which are files."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass, field

from goodword.base.documents.limits import Limits
from goodword.base.documents.mail import charsets, headers, texts, tnef, transfer
from goodword.base.documents.mail.parts import Part, Tree
from goodword.base.documents.sniff import content_type, safe_name

ENDINGS = {
    "message/rfc822": ".eml",
    "text/calendar": ".ics",
    "text/plain": ".txt",
    "text/html": ".html",
    "message/delivery-status": ".txt",
    "text/rfc822-headers": ".txt",
    "image/jpeg": ".jpg",
    "application/pgp-signature": ".asc",
    "application/octet-stream": ".bin",
}


@dataclass(slots=True)
class Attachment:
    """A file of a mail. inline: a picture that stands in the text. cid: what the page calls it by."""

    name: str
    type: str
    content: bytes
    inline: bool = False
    cid: str = ""

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.content)

    @property
    def sha256(self) -> str:
        """The digest of the content, in hex."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the mail's words, plain or a page. choice: the alternative it stands in; None when in none."""

    text: str
    is_page: bool
    choice: tuple[object, ...] | None = None


@dataclass(slots=True)
class Contents:
    """The words in the order they stand, and the files."""

    pieces: list[Piece] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    cut: bool = False

    def texts(self) -> list[Piece]:
        """What is read as text: plain pieces, and pages that no plain piece says as well."""
        said = {piece.choice for piece in self.pieces if not piece.is_page and piece.text.strip()}
        return [
            piece
            for piece in self.pieces
            if piece.text.strip() and not (piece.is_page and piece.choice and piece.choice in said)
        ]

    def shown(self) -> list[Piece]:
        """What is shown as a page: pages, and plain pieces that no page says as well; nothing without any page."""
        paged = {piece.choice for piece in self.pieces if piece.is_page and piece.text.strip()}
        return [
            piece
            for piece in self.pieces
            if paged
            and piece.text.strip()
            and (piece.is_page or not piece.choice or piece.choice not in paged)
        ]


def sort(tree: Tree, limits: Limits) -> Contents:
    """Sort the leaves of a mail. Bounded by `limits.text_chars` and `limits.parts`."""
    found = Contents(cut=tree.cut)
    bodies = _bodies(tree.leaves)
    for place, part in enumerate(tree.leaves):
        if place in bodies:
            _add_text(found, part, limits)
        else:
            _add_file(found, part, limits)
    _say_which_are_inline(found)
    return found


def _bodies(leaves: list[Part]) -> set[int]:
    """Which leaves are the mail's words: texts that are no files; where all are files, the first if it stands alone."""
    found = {place for place, part in enumerate(leaves) if _is_body(part)}
    if not found and leaves:
        first = leaves[0]
        if (
            first.kind in ("text/plain", "text/html")
            and first.disposition != "attachment"
            and len(leaves) == 1
        ):
            return {0}
    return found


def _is_body(part: Part) -> bool:
    if part.kind not in ("text/plain", "text/html", "text/enriched", "text/richtext", "text/x-amp-html"):
        return False
    if part.disposition == "attachment":
        return False
    named = "filename" in part.placing or "name" in part.options
    return not named or part.choice is not None


def _add_text(found: Contents, part: Part, limits: Limits) -> None:
    content, files = transfer.uu_files(part.content, most=limits.parts)
    for name, inside in files:
        shown = charsets.decode(name, hint=part.header.hint)
        found.files.append(Attachment(_name(shown, ""), content_type(inside[:4096]), inside))
    is_page = part.kind == "text/html"
    room = limits.text_chars - sum(len(piece.text) for piece in found.pieces if piece.is_page == is_page)
    text = charsets.decode(content[: 4 * room], part.options.get("charset", ""), hint=part.header.hint)
    if len(text) > room:
        text, found.cut = text[:room], True
    if part.kind == "text/x-amp-html":
        return
    if is_page:
        found.pieces.append(Piece(text, True, part.choice))
        return
    if part.options.get("format", "").lower() == "flowed":
        text = texts.unflowed(text, drop_space=part.options.get("delsp", "").lower() == "yes")
    found.pieces.append(Piece(texts.tidy(text), False, part.choice))


def _add_file(found: Contents, part: Part, limits: Limits) -> None:
    name = headers.plain(part.placing.get("filename", "") or part.options.get("name", ""))
    content = part.content
    if tnef.is_package(part.kind, name):
        package = tnef.unpack(content, most=limits.parts)
        if package is not None and (package.files or package.text or package.page):
            _add_package(found, package)
            return
    if not content and not name:
        return
    kind = part.kind
    shown = _name(name, kind) if name else _invented(part, kind, len(found.files) + 1)
    inline = part.disposition == "inline" and kind.startswith("image/")
    found.files.append(Attachment(shown, kind, content, inline, part.cid))


def _add_package(found: Contents, package: tnef.Package) -> None:
    for file in package.files:
        kind = file.kind or mimetypes.guess_type(file.name)[0] or content_type(file.content[:4096])
        name = _name(file.name, kind) if file.name else f"attachment-{len(found.files) + 1}{_ending(kind)}"
        found.files.append(Attachment(name, kind, file.content, cid=file.cid))
    if not found.texts():
        choice = ("package", len(found.files))
        found.pieces.append(Piece(texts.tidy(package.text), False, choice))
        found.pieces.append(Piece(package.page, True, choice))


def _name(name: str, kind: str) -> str:
    return safe_name(name, fallback=f"attachment{_ending(kind)}")


def _ending(kind: str) -> str:
    return ENDINGS.get(kind) or mimetypes.guess_extension(kind) or ""


def _invented(part: Part, kind: str, number: int) -> str:
    """A name for what has none: its description, a mail's own subject, else a number."""
    described = part.header.text("content-description")
    if described:
        return safe_name(described if described.endswith(_ending(kind)) else described + _ending(kind))
    if kind == "message/rfc822":
        content = part.content
        inner, _ = headers.split(content, 0, min(len(content), 1 << 16), most=4_000)
        subject = inner.text("subject")
        if subject:
            return safe_name(f"{subject}.eml")
    stem = {"text/calendar": "invite", "message/rfc822": "mail"}.get(kind, "attachment")
    stem = "image" if kind.startswith("image/") else stem
    return f"{stem}-{number}{_ending(kind)}"


def _say_which_are_inline(found: Contents) -> None:
    """A file the page shows by its cid stands in the text, whatever its disposition says."""
    pages = "\n".join(piece.text for piece in found.pieces if piece.is_page)
    shown = set(_cids(pages))
    for file in found.files:
        if file.cid and file.cid in shown:
            file.inline = True


def _cids(page: str) -> Iterator[str]:
    for piece in page.split("cid:")[1:]:
        yield piece.partition('"')[0].partition("'")[0].partition(">")[0].split(" ")[0]
