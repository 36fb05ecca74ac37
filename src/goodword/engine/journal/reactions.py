"""The table of who reacts to what. The wiring fills it; `record` runs it in the transaction of the entry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .models import Entry

Reaction = Callable[[Any], object]
"""A function of one entry, or of several at once when it is marked `together`."""

EVERY = "*"
_table: dict[str, tuple[Reaction, ...]] = {}
_TAKES_MANY = "takes_many_entries"


def together(reaction: Callable[[Sequence[Entry]], object]) -> Callable[[Sequence[Entry]], object]:
    """Mark a reaction that takes all entries written together: what it looks up, it looks up once."""
    setattr(reaction, _TAKES_MANY, True)
    return reaction


def install(table: dict[str, tuple[Reaction, ...]]) -> None:
    """Replace the whole table: {kind: reactions in order}; the key EVERY is run for each entry, first."""
    _table.clear()
    _table.update(table)


def run(entries: Sequence[Entry]) -> None:
    """Run what reacts to entries just written, inside their transaction: a reaction that fails undoes the fact.

    What reacts to every entry comes first; then, kind by kind as they first appear, what reacts to that kind.
    """
    for reaction in _table.get(EVERY, ()):
        _react(reaction, entries)
    for kind in dict.fromkeys(entry.kind for entry in entries):
        reacting = _table.get(kind, ())
        concerned = [entry for entry in entries if entry.kind == kind] if reacting else []
        for reaction in reacting:
            _react(reaction, concerned)


def _react(reaction: Reaction, entries: Sequence[Entry]) -> None:
    if hasattr(reaction, _TAKES_MANY):
        reaction(entries)
        return
    for entry in entries:
        reaction(entry)
