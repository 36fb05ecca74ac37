"""The plain text of a mail: its newlines, its flowed paragraphs."""

from __future__ import annotations

import re

NEWLINE = re.compile(r"\r\n|\r|\u2028|\u2029")
MOST_BLANK = 2
QUOTES = re.compile(r">*")


def tidy(text: str) -> str:
    """One kind of newline, no blank edges, at most two blank lines together."""
    said: list[str] = []
    blank = 0
    for line in NEWLINE.sub("\n", text).split("\n"):
        blank = 0 if line.strip() else blank + 1
        if blank <= MOST_BLANK and (said or not blank):
            said.append(line)
    return "\n".join(said).rstrip()


def unflowed(text: str, *, drop_space: bool) -> str:
    """The paragraphs of a flowed text (RFC 3676) on one line each; quoted ones by depth.

    drop_space: the space at a line's end was put there by the sender's program (DelSp=yes).
    """
    said: list[str] = []
    open_depth = -1
    for line in NEWLINE.sub("\n", text).split("\n"):
        sign = QUOTES.match(line)
        depth = sign.end() if sign else 0
        body = line[depth:].removeprefix(" ")
        goes_on = body.endswith(" ") and body != "-- "
        if goes_on and drop_space:
            body = body[:-1]
        if depth == open_depth and body.rstrip() != "--":
            said[-1] += body
        else:
            said.append((">" * depth + " " if depth else "") + body)
        open_depth = depth if goes_on else -1
    return "\n".join(said)
