"""A clause's figures one by one: the path of keys to each, and what two sets of them differ in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

PREFIX = "figure:"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: the path of keys to it, as it stands, and whether it is a list."""

    path: tuple[str, ...]
    value: Any

    @property
    def name(self) -> str:
        """The form field's name."""
        return PREFIX + ".".join(self.path)

    @property
    def is_table(self) -> bool:
        """Whether it has entries."""
        return isinstance(self.value, list)

    @property
    def shown(self) -> str:
        """The figure as text."""
        if self.is_table:
            return json.dumps(self.value, ensure_ascii=False, indent=1)
        return json.dumps(self.value) if isinstance(self.value, bool) else str(self.value)


def shaped(values: Mapping[str, Any], like: Mapping[str, Any]) -> dict[str, Any]:
    """The figures in the shape the pack gives them.

    Where the pack has one for each key (each severity, each role) and an older edition a single one for all of them,
    that one stands for each.
    """
    found: dict[str, Any] = {}
    for name, value in values.items():
        pattern = like.get(name)
        if isinstance(pattern, Mapping):
            inner = value if isinstance(value, Mapping) else dict.fromkeys(pattern, value)
            found[name] = shaped(inner, pattern)
        else:
            found[name] = value
    return found


def figures_in(values: Mapping[str, Any]) -> list[Figure]:
    """Every figure of a clause, in order."""
    return list(_walk(values, ()))


def _walk(values: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[Figure]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _walk(value, (*path, str(key)))
        else:
            yield Figure((*path, str(key)), value)


def changed_figures(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[tuple[Figure | None, Figure | None]]:
    """(as it stands, as proposed) for each figure that differs; None where there is none."""
    old = {figure.path: figure for figure in figures_in(before)}
    new = {figure.path: figure for figure in figures_in(after)}
    paths = dict.fromkeys((*old, *new))
    return [
        (old.get(path), new.get(path))
        for path in paths
        if path not in old or path not in new or old[path].value != new[path].value
    ]
