"""The table of who reacts to what. The wiring fills it; `record` runs it in the transaction of the entry."""

from __future__ import annotations

from collections.abc import Callable

from .models import Entry

Reaction = Callable[[Entry], object]

EVERY = "*"
_table: dict[str, tuple[Reaction, ...]] = {}


def install(table: dict[str, tuple[Reaction, ...]]) -> None:
    """Replace the whole table: {kind: reactions in order}; the key EVERY is run for each entry, first."""
    _table.clear()
    _table.update(table)


def run(entry: Entry) -> None:
    """Run what reacts to `entry`, in order, inside its transaction: a reaction that fails undoes the fact."""
    for reaction in (*_table.get(EVERY, ()), *_table.get(entry.kind, ())):
        reaction(entry)
