"""Plain tables for the terminal; a Chinese character takes two columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width


def width(text: str) -> int:
    """How many columns `text` takes."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows under their heads; numbers to the right, None as a dash."""
    body = [["–" if cell is None else str(cell) for cell in row] for row in rows]
    numeric = [all(_is_number(row[i]) for row in body) for i in range(len(head))]
    widths = [max(width(line[i]) for line in [list(head), *body]) for i in range(len(head))]
    lines = [
        "  ".join(_padded(cell, widths[i], right=numeric[i]) for i, cell in enumerate(line)).rstrip()
        for line in [list(head), *body]
    ]
    return "\n".join(lines)


def _is_number(cell: str) -> bool:
    return cell in {"", "–"} or cell.replace(".", "", 1).rstrip("%").strip().isdigit()


def _padded(cell: str, columns: int, *, right: bool) -> str:
    space = " " * (columns - width(cell))
    return space + cell if right else cell + space
