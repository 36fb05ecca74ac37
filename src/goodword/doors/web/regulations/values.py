"""A clause's figures as form fields and back: plain figures one by one, lists and tables as JSON."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from goodword.base.core.errors import Invalid

PREFIX = "figure:"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: the path of keys to it, as it stands, and whether it is a list or table."""

    path: tuple[str, ...]
    value: Any

    @property
    def name(self) -> str:
        """The form field's name."""
        return PREFIX + ".".join(self.path)

    @property
    def label(self) -> str:
        """What the field is called on the page."""
        return " · ".join(self.path)

    @property
    def is_table(self) -> bool:
        """Whether it is edited as JSON."""
        return isinstance(self.value, list)

    @property
    def rows(self) -> int:
        """How many lines its field has; none for one line."""
        return min(12, 2 + self.shown.count("\n")) if self.is_table else 0

    @property
    def shown(self) -> str:
        """The figure as text in its field."""
        if self.is_table:
            return json.dumps(self.value, ensure_ascii=False, indent=1)
        return json.dumps(self.value) if isinstance(self.value, bool) else str(self.value)


def figures_in(values: Mapping[str, Any]) -> list[Figure]:
    """Every figure of a clause, in order."""
    return list(_walk(values, ()))


def _walk(values: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[Figure]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _walk(value, (*path, str(key)))
        else:
            yield Figure((*path, str(key)), value)


def changed_figures(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(figure, as it stands, as proposed) for each figure that differs."""
    old = {figure.label: figure.shown for figure in figures_in(before)}
    new = {figure.label: figure.shown for figure in figures_in(after)}
    names = dict.fromkeys((*old, *new))
    return [(n, old.get(n, "—"), new.get(n, "—")) for n in names if old.get(n) != new.get(n)]


def values_from(typed: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The figures with what was typed in their place; a field that was not sent keeps its figure.

    Raises Invalid, naming each field whose text is not of the figure's own kind.
    """
    changed: dict[str, Any] = copy.deepcopy(dict(values))
    wrong: dict[str, str] = {}
    for figure in figures_in(values):
        text = typed.get(figure.name)
        if text is None:
            continue
        try:
            _put(changed, figure.path, _read(str(text).strip(), figure.value))
        except ValueError:
            wrong[figure.name] = "格式不对 / not of the right form"
    if wrong:
        raise Invalid("有的数值格式不对。", "Some figures are not of the right form.", fields=wrong)
    return changed


def _read(text: str, like: Any) -> Any:
    if isinstance(like, bool | list):
        value = json.loads(text)
        if not isinstance(value, type(like)):
            raise ValueError(text)
        return value
    if isinstance(like, int):
        return int(text)
    if isinstance(like, float):
        return float(text)
    if not text:
        raise ValueError(text)
    return text


def _put(values: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for key in path[:-1]:
        values = values[key]
    values[path[-1]] = value
