"""Words as a mail carries them: plain text that flows, and the same as a plain page."""

from __future__ import annotations

import html
import re

LINE = 76


def flowed(text: str) -> str:
    """Text as RFC 3676 has it: long paragraphs broken softly (a space at the end), lines that look like more stuffed."""
    lines: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if line == "-- ":
            lines.append(line)
        else:
            lines += _soft(line.rstrip())
    return "\n".join(lines) + "\n"


def _soft(line: str) -> list[str]:
    pieces: list[str] = []
    while len(line) > LINE:
        cut = line.rfind(" ", 0, LINE)
        if cut <= 0:  # Chinese is written without spaces, and a soft break would put one in
            break
        pieces.append(line[: cut + 1])
        line = line[cut + 1 :]
    return [(" " if piece.startswith((" ", ">", "From ")) else "") + piece for piece in (*pieces, line)]


def as_page(text: str, signature: str) -> str:
    """The same words as a plain page: no picture, no style from elsewhere, nothing that was typed is markup."""

    def lines(words: str) -> str:
        return html.escape(words).replace("\r\n", "\n").replace("\n", "<br>\n")

    paragraphs = "\n".join(f"<p>{lines(part)}</p>" for part in re.split(r"\n{2,}", text.strip()))
    end = f'<p style="color:#666">-- <br>\n{lines(signature.strip())}</p>' if signature.strip() else ""
    return f'<!doctype html><html><head><meta charset="utf-8"></head><body>{paragraphs}\n{end}</body></html>'
