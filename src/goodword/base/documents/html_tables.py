"""Rows of the largest table of an HTML page: what many systems export under the name .xls. In the child."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from goodword.base.documents.failures import ParseFailed
from goodword.base.documents.text import tidy

SPAN_AT_MOST = 100


def read(text: str) -> Iterator[tuple[int, list[str | None]]]:
    """Rows as (number from 1, cells); a cell over several columns leaves the others empty."""
    page = _Page()
    page.feed(text)
    page.close()
    rows = max(page.tables, key=len, default=[])
    if not rows:
        raise ParseFailed("网页文件里没有表格。", "The page holds no table.", kind="empty")
    yield from enumerate(rows, start=1)


class _Page(HTMLParser):
    """Collects cells; a table inside a cell is text of that cell, so that depth costs nothing."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str | None]]] = []
        self._depth = 0
        self._cell: list[str] | None = None
        self._span = 1
        self._silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append([])
        elif tag == "tr" and self._depth == 1:
            self._end_cell()
            self.tables[-1].append([])
        elif tag in ("td", "th") and self._depth == 1:
            self._end_cell()
            self._cell, self._span = [], _span(dict(attrs).get("colspan"))
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")
        elif tag in ("script", "style"):
            self._silent = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._depth:
            if self._depth == 1:
                self._end_cell()
            self._depth -= 1
        elif tag in ("td", "th", "tr") and self._depth == 1:
            self._end_cell()
        elif tag in ("script", "style"):
            self._silent = False

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._silent:
            self._cell.append(data)

    def close(self) -> None:
        super().close()
        self._end_cell()

    def _end_cell(self) -> None:
        if self._cell is None or not self.tables:
            return
        rows = self.tables[-1]
        if not rows:
            rows.append([])
        rows[-1].append(tidy("".join(self._cell)))
        rows[-1].extend([None] * (self._span - 1))
        self._cell = None


def _span(value: str | None) -> int:
    if not value or not (value.isascii() and value.isdigit()):
        return 1
    return max(1, min(int(value[:3]), SPAN_AT_MOST))
