"""Address fields as people and programs write them: names with commas, groups, no address at all."""

from __future__ import annotations

import re
from typing import NamedTuple

from goodword.base.documents.mail.headers import plain, words

MOST = 500
"""Addresses read from one field; more are not looked at."""
TOKEN = re.compile(
    r'=\?[^?\s]{1,60}\?[bBqQ]\?[^?]*\?=|"(?:[^"\\]|\\.)*+"?|<[^<>]*+>?|[,;:]|[^"<,;:()]+|[()>]'
)
ADDRESS = re.compile(r"[^\s<>()\[\]\"',;:@]{1,128}@[^\s<>()\"',;:@]{1,255}")
LOOSE = re.compile(r"[\w.+-]{1,60}(?: [\w.+-]{1,60}){1,5}@[\w.-]{1,255}")
AROUND = re.compile(r"\s*([@.])\s*")
ESCAPED = re.compile(r"\\(.)")
SPECIAL = re.compile(r'[()<>\[\]:;@\\,."|]')
EDGES = " \t'\"‘’“”<>[]"


class Address(NamedTuple):
    """A person in an address field; either may be empty."""

    name: str
    email: str

    def __str__(self) -> str:
        if not self.name or not self.email:
            return self.name or self.email
        name = f'"{self.name.replace(chr(34), "")}"' if SPECIAL.search(self.name) else self.name
        return f"{name} <{self.email}>"


def parse(written: str) -> list[Address]:
    """Everybody in a field (encoded words still in it). A group's name is left out, its members are not.

    `undisclosed-recipients:;` is nobody. What holds no address is kept as a name, so that it can be shown.
    """
    found: list[Address] = []
    for item in _items(written):
        if len(found) >= MOST:
            break
        address = _address(item)
        if address is not None:
            found.append(address)
    return _names_with_commas(found)


def _items(written: str) -> list[list[str]]:
    """The field cut at its commas and semicolons into tokens; names of groups are dropped."""
    items: list[list[str]] = [[]]
    depth = 0
    for piece in TOKEN.findall(written):
        if piece in ("(", ")"):
            depth = max(0, depth + (1 if piece == "(" else -1))
            items[-1].append(piece)
        elif depth == 0 and piece in (",", ";"):
            items.append([])
        elif depth == 0 and piece == ":" and not _is_scheme(items[-1]):
            items[-1] = []
        else:
            items[-1].append(piece)
    return items


def _is_scheme(tokens: list[str]) -> bool:
    """Whether the colon belongs to what stands before it: mailto:, or an address already read."""
    before = "".join(tokens).strip().lower()
    return before.endswith(("mailto", "smtp")) or "@" in before or "=?" in before


def _address(tokens: list[str]) -> Address | None:
    outside, inside, aside, depth = [], "", [], 0
    for piece in tokens:
        if piece in ("(", ")"):
            depth = max(0, depth + (1 if piece == "(" else -1))
        elif depth:
            aside.append(piece)
        elif piece.startswith("<") and (ADDRESS.search(piece) or not inside):
            if inside and not ADDRESS.search(inside):
                outside.append(inside)
            inside = piece.strip("<> ")
        elif piece.startswith('"'):
            outside.append(ESCAPED.sub(r"\1", piece.strip('"')))
        elif piece != ">":
            outside.append(piece)
    said = plain(words("".join(outside)))
    email = _mail_of(inside)
    if email is None:
        return _without_brackets(said, plain(words(inside)), plain(words("".join(aside))))
    name = said.strip(EDGES) or plain(words("".join(aside)))
    return Address("" if name.lower() == email.lower() else name, email)


def _without_brackets(said: str, inside: str, aside: str) -> Address | None:
    """An address that stands bare, with its name beside it, or none."""
    whole = f"{said} {inside}".strip()
    found = ADDRESS.search(whole)
    if not found:
        name = (whole or aside).strip(EDGES)
        return Address(name, "") if name else None
    name = (whole[: found.start()] + " " + whole[found.end() :]).replace("mailto:", "").strip(EDGES)
    email = found[0].strip(".")
    return Address(re.sub(r"[<>\s]+", " ", name).strip() or aside, email)


def _mail_of(inside: str) -> str | None:
    inside = inside.strip()
    if "=?" in inside:
        inside = plain(words(inside))
    inside = AROUND.sub(r"\1", inside.removeprefix("mailto:"))
    if LOOSE.fullmatch(inside):  # no address the standard knows, but what the sender claims to be
        return inside
    found = ADDRESS.search(inside)
    return found[0].strip(".") if found else None


def _names_with_commas(found: list[Address]) -> list[Address]:
    """`Wang, Xiao <…>` is one person: a name without an address belongs to the address behind it."""
    joined: list[Address] = []
    waiting = ""
    for name, email in found:
        if not email:
            waiting = f"{waiting}, {name}" if waiting else name
            continue
        joined.append(Address(f"{waiting}, {name}" if waiting and name else (waiting or name), email))
        waiting = ""
    return [*joined, Address(waiting, "")] if waiting else joined
