"""The rows of the list, drawn without templates: fifty of them with their cells are most of the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from goodword.base.people.actors import Actor

from ...templatetags.goodword_ui import drawn, t
from ..bulk.bar import acceptable
from ..lists.columns import MATTER, NUMBER, Column, Row

Edges = tuple[SafeString, SafeString]
NOTHING = format_html("{}", "")


def rows_drawn(
    rows: Iterable[Row], columns: Sequence[Column], *, actor: Actor, tickable: bool
) -> list[SafeString]:
    """Each row as its `<tr>`; what the reader proposes stands under the matter's words, so only beside them."""
    edges = [_edges(column) for column in columns]
    told = any(column.code == MATTER for column in columns)
    return [_row(row, columns, edges, actor if told else None, tickable=tickable) for row in rows]


def _row(
    row: Row, columns: Sequence[Column], edges: Sequence[Edges], actor: Actor | None, *, tickable: bool
) -> SafeString:
    number = row.case.number
    proposed = acceptable(actor, row.case, row.names) if actor else None
    below = _proposed(proposed["words"]) if proposed else NOTHING
    cells = format_html_join(
        "",
        "{0}{2}{3}{1}",
        (
            (*edge, column.cell(row), below if column.code == MATTER else NOTHING)
            for column, edge in zip(columns, edges, strict=True)
        ),
    )
    accepted = format_html(' data-accept="{}"', proposed["url"]) if proposed else NOTHING
    tick = _tick(number) if tickable else NOTHING
    return format_html('<tr id="case-{}"{}>{}{}</tr>', number, accepted, tick, cells)


def _edges(column: Column) -> Edges:
    """What its cells begin and end with in every row; `data-label` is its heading where a phone shows cards."""
    if column.code == NUMBER:
        return format_html('<th scope="row" class="{}">', column.style), format_html("</{}>", "th")
    label = (
        NOTHING
        if column.code == MATTER
        else format_html(' class="{}" data-label="{}"', column.style, column.label)
    )
    return format_html("<td{}>", label), format_html("</{}>", "td")


def _tick(number: int) -> SafeString:
    return format_html(
        '<td class="fit"><input type="checkbox" name="case" value="{}" form="bulk" data-tick aria-label="{}"></td>',
        number,
        t("勾选 #{n}", "Tick #{n}", n=number),
    )


def _proposed(words: Sequence[str]) -> SafeString:
    """What "y" accepts."""
    said = t("建议：", "Proposed: ")
    icon = drawn("icon", name="language", size="sm")
    return format_html('<span class="proposed small">{} {}{}</span>', icon, said, " · ".join(words))
