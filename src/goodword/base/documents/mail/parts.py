"""The tree of a mail as the list of its leaves, in the order they stand, each with what is around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from goodword.base.documents.limits import Limits
from goodword.base.documents.mail import headers, signed, transfer
from goodword.base.documents.mail.headers import Header

GUESSED_WITHIN = 4096
LONGEST_BOUNDARY = 1_000
CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
FIELD = re.compile(rb"--([^\r\n]{1,200}?)[ \t]*\r?\n(?=[A-Za-z-]{1,60}:)")

Around = tuple[tuple[str, int], ...]


class Branch(NamedTuple):
    """A part not yet looked into: its body is data[begin:end]; usual: the kind it has if it names none."""

    header: Header
    data: bytes
    begin: int
    end: int
    around: Around
    usual: str


@dataclass(slots=True)
class Part:
    """One leaf: a text, a file, a mail inside.

    around: the kinds of the multiparts it stands in, outermost first, each with the number of its branch.
    """

    header: Header
    kind: str
    options: dict[str, str]
    disposition: str
    placing: dict[str, str]
    body: bytes
    around: Around = ()

    @property
    def content(self) -> bytes:
        """The body with its transfer encoding undone."""
        return transfer.decode(self.body, self.header.written("content-transfer-encoding"))

    @property
    def cid(self) -> str:
        """What a page inside the mail calls this part by."""
        return self.header.written("content-id").strip("<> ")

    @property
    def choice(self) -> tuple[object, ...] | None:
        """Which alternative it stands in, the innermost one; None when in none."""
        for depth in range(len(self.around) - 1, -1, -1):
            if self.around[depth][0] == "multipart/alternative":
                return (depth, *self.around[:depth])
        return None


@dataclass(slots=True)
class Tree:
    """The mail's own header and its leaves. cut: there were more parts, or deeper ones, than are read."""

    header: Header
    kind: str
    options: dict[str, str]
    leaves: list[Part] = field(default_factory=list)
    cut: bool = False


def walk(data: bytes, limits: Limits) -> Tree:
    """Take a mail apart; at most `limits.parts` leaves, multiparts at most `limits.depth` deep.

    A mail inside the mail (message/rfc822) is a leaf and keeps its bytes.
    """
    start = _beginning(data)
    header, body = headers.split(data, start, len(data), most=limits.header_bytes)
    kind, options = headers.parameters(header.written("content-type"))
    header.hint = options.get("charset", "") or _inner_charset(data, body)
    tree = Tree(header, kind or "text/plain", options)
    waiting = [Branch(header, data, body, len(data), (), "text/plain")]
    while waiting:
        branch = waiting.pop()
        if len(tree.leaves) >= limits.parts:
            tree.cut = True
            break
        branch.header.hint = branch.header.hint or header.hint
        waiting += reversed(_open(tree, branch, limits))
    return tree


def _open(tree: Tree, branch: Branch, limits: Limits) -> list[Branch]:
    """The branches of a multipart, or none after its leaf was added."""
    header, data, begin, end, around, usual = branch
    kind, options = headers.parameters(header.written("content-type"))
    kind = kind if kind.count("/") == 1 else _mended(kind, usual)
    if kind.startswith("multipart/"):
        cuts = _cuts(data, begin, end, options.get("boundary", ""), limits.parts)
        if cuts and len(around) >= limits.depth:
            tree.cut = True
            return []
        tree.cut = tree.cut or len(cuts) > limits.parts
        inside = "message/rfc822" if kind == "multipart/digest" else "text/plain"
        branches: list[Branch] = []
        for number, (first, last) in enumerate(cuts[: limits.parts]):
            own, body = headers.split(data, first, last, most=limits.header_bytes)
            branches.append(Branch(own, data, min(body, last), last, (*around, (kind, number)), inside))
        if branches:
            return branches
        kind = "text/plain"
    part = _leaf(header, kind, options, data[begin:end], around)
    inner = signed.unwrapped(part.content) if signed.is_wrapper(kind, options) else None
    if inner is not None and len(around) < limits.depth:
        own, body = headers.split(inner, 0, len(inner), most=limits.header_bytes)
        return [Branch(own, inner, body, len(inner), (*around, ("signed", 0)), "text/plain")]
    tree.leaves.append(part)
    return []


def _leaf(header: Header, kind: str, options: dict[str, str], body: bytes, around: Around) -> Part:
    disposition, placing = headers.parameters(header.written("content-disposition"))
    return Part(header, kind, options, disposition, placing, body, around)


def _beginning(data: bytes) -> int:
    """Where the header begins: behind a byte order mark, empty lines and a mailbox's own `From ` line."""
    at = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    while data[at : at + 1] in (b"\r", b"\n", b" ", b"\t"):
        at += 1
    if data.startswith((b"From ", b">From "), at):
        newline = data.find(b"\n", at)
        at = newline + 1 if newline >= 0 else len(data)
    return at


def _cuts(data: bytes, begin: int, end: int, boundary: str, most: int) -> list[tuple[int, int]]:
    """Where each part between the boundaries begins and ends; at most one more than `most`.

    A boundary that is not named or does not occur is taken from the first line that looks like one.
    """
    found = _between(data, begin, end, boundary.encode("utf-8", "ignore"), most) if boundary else []
    if found:
        return found
    guess = FIELD.search(data, begin, min(end, begin + GUESSED_WITHIN))
    return _between(data, begin, end, guess[1], most) if guess else []


def _between(data: bytes, begin: int, end: int, boundary: bytes, most: int) -> list[tuple[int, int]]:
    line = re.compile(rb"--" + re.escape(boundary[:LONGEST_BOUNDARY]) + rb"(--)?[ \t]*(?=[\r\n]|\Z)")
    found: list[tuple[int, int]] = []
    first = -1
    for sign in line.finditer(data, begin, end):
        at = sign.start()
        if at > begin and data[at - 1] not in b"\r\n":
            continue
        if first >= 0:
            found.append((first, max(first, _line_end(data, at))))
            if len(found) > most:
                return found
        first = -1
        if sign[1]:
            break
        first = sign.end() + (2 if data.startswith(b"\r\n", sign.end()) else 1)
    if 0 <= first <= end:
        found.append((first, end))
    return found


def _line_end(data: bytes, at: int) -> int:
    """Where the line before `at` ends: the newline in front of a boundary belongs to the boundary."""
    if data[at - 2 : at] == b"\r\n":
        return at - 2
    return at - 1


def _inner_charset(data: bytes, body: int) -> str:
    """The first charset any part names: what raw 8-bit header fields of the mail are most likely in."""
    found = CHARSET.search(data, body, body + 2 * GUESSED_WITHIN)
    return found[1].decode("ascii") if found else ""


def _mended(kind: str, usual: str) -> str:
    """A type that is none: `text`, `html`, `pdf`, empty."""
    return {"text": "text/plain", "plain": "text/plain", "html": "text/html", "": usual}.get(
        kind, "application/octet-stream"
    )
