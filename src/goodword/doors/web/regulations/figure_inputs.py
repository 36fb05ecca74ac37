"""A clause's figures as a form: each by its shape in the pack, with its range; and what was typed, read back strictly.

`inputs` gives the form, `read` the figures. The names are `figure:within`; a length of time has `figure:within:unit`
beside it, a list to tick `figure:told:sent`, a table `figure:routes:rows` and a field for each cell.
"""

from __future__ import annotations

import copy
import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

from django.http import QueryDict

from goodword.base.core.errors import Invalid
from goodword.base.people.roles import ROLES
from goodword.engine.obligations.explaining import UNITS
from goodword.engine.policy.schema import COMPANY_SETS, Clause

from ..templatetags.goodword_ui import t
from .plain import figure_words, value_words
from .values import Figure, figures_in, shaped

ALLOWANCE = re.compile(r"(\d{1,6}) (s|min|h|wmin|wh|wd)")
PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)%")
FREE_ROWS = 2
MOST_ROWS = 200
MOST_DIGITS = 15
UNIT, SENT, ROWS = ":unit", ":sent", ":rows"
WRONG = "格式不对 / not of the right form"


@dataclass(frozen=True, slots=True)
class Input:
    """One figure as the form shows it.

    kind: length, percent, number, choice, ticks, lines, table, json or text. rows: a table's, cell by cell as
    (field's name, text). error: in the page's language.
    """

    name: str
    kind: str
    label: str
    value: str = ""
    unit: str = ""
    options: Sequence[tuple[str, str]] = ()
    chosen: frozenset[str] = frozenset()
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[tuple[str, str]]] = ()
    least: str = ""
    most: str = ""
    error: str = ""


@dataclass(slots=True)
class Group:
    """The figures under one key of the clause: one, or one for each severity, role or the like."""

    label: str
    inputs: list[Input] = field(default_factory=list)


def inputs(
    clause: Clause, values: Mapping[str, Any], typed: QueryDict | None, wrong: Mapping[str, str]
) -> list[Group]:
    """The form: what stands, or what was typed, and what was wrong with it. wrong: {field or place: words}."""
    groups: dict[str, Group] = {}
    for figure in figures_in(shaped(values, clause.values)):
        if figure.value == COMPANY_SETS:
            continue
        key = figure.path[0]
        is_inner = len(figure.path) > 1
        group = groups.setdefault(key, Group(figure_words(Figure((key,), None)) if is_inner else ""))
        label = figure_words(Figure(figure.path[1:], None)) if is_inner else figure_words(figure)
        places = (figure.name, f"values.{'.'.join(figure.path)}", key)
        error = next((wrong[place] for place in places if place in wrong), "")
        group.inputs.append(_input(figure, clause, label, typed, error))
    return list(groups.values())


def kind_of(figure: Figure, clause: Clause) -> str:
    """How a figure is typed in, by its value and its range."""
    value, among = figure.value, _range(figure, clause).get("among")
    if isinstance(value, list):
        return _kind_of_list(value, has_choice=bool(among))
    if among or isinstance(value, bool) or (isinstance(value, str) and value in ROLES):
        return "choice"
    if isinstance(value, int | float):
        return "number"
    text = str(value)
    return "length" if ALLOWANCE.fullmatch(text) else "percent" if PERCENT.fullmatch(text) else "text"


def _kind_of_list(values: Sequence[Any], *, has_choice: bool) -> str:
    if has_choice or (_plain(values) and all(entry in ROLES for entry in values)):
        return "ticks"
    if _plain(values):
        return "lines"
    return "table" if _is_flat(values) else "json"


def _plain(values: Sequence[Any]) -> bool:
    return bool(values) and all(
        isinstance(entry, str | int) and not isinstance(entry, bool) for entry in values
    )


def _is_flat(rows: Sequence[Any]) -> bool:
    """Whether it is a table: rows with cells that are texts, numbers, yes or no, or lists of texts."""
    cells = [cell for row in rows if isinstance(row, Mapping) for cell in row.values()]
    return (
        bool(rows)
        and all(isinstance(row, Mapping) for row in rows)
        and all(
            isinstance(cell, str | int | float)
            or (isinstance(cell, list) and all(isinstance(one, str) for one in cell))
            for cell in cells
        )
    )


def _range(figure: Figure, clause: Clause) -> Mapping[str, Any]:
    """The range of the figure, given for itself or for the mapping it lies in."""
    for length in range(len(figure.path), 0, -1):
        if found := clause.ranges.get(".".join(figure.path[:length])):
            return found
    return {}


def _input(figure: Figure, clause: Clause, label: str, typed: QueryDict | None, error: str) -> Input:
    kind, limits, name = kind_of(figure, clause), _range(figure, clause), figure.name
    said = typed.get(name) if typed is not None else None
    value = figure.shown if said is None else said
    if kind == "length":
        found = ALLOWANCE.fullmatch(value)
        amount, unit = (found[1], found[2]) if found else (value, _unit(figure.value))
        unit = typed.get(name + UNIT, unit) if typed is not None else unit
        units = [(code, str(t(*names))) for code, names in UNITS.items()]
        return Input(name, kind, label, value=amount, unit=unit, options=units, error=error)
    if kind == "percent":
        return Input(name, kind, label, value=value.removesuffix("%"), least="0", most="100", error=error)
    if kind in {"choice", "ticks"}:
        ticked = figure.value if kind == "ticks" else ()
        if typed is not None and name + SENT in typed:
            ticked = typed.getlist(name)
        chosen = frozenset(str(entry) for entry in ticked)
        return Input(
            name, kind, label, value=value, options=_options(figure, limits), chosen=chosen, error=error
        )
    if kind == "lines":
        lines = "\n".join(str(entry) for entry in figure.value) if said is None else said
        return Input(name, kind, label, value=lines, error=error)
    if kind == "table":
        columns = _columns(figure.value)
        return Input(name, kind, label, columns=columns, rows=_cells(figure, columns, typed), error=error)
    least, most = (str(limits.get(end, "")) for end in ("least", "most"))
    return Input(name, kind, label, value=value, least=least, most=most, error=error)


def _unit(value: Any) -> str:
    found = ALLOWANCE.fullmatch(str(value))
    return found[2] if found else ""


def _options(figure: Figure, limits: Mapping[str, Any]) -> list[tuple[str, str]]:
    codes = limits.get("among") or ([True, False] if isinstance(figure.value, bool) else list(ROLES))
    entries = [Figure(figure.path, code) for code in codes]
    return [(entry.shown, value_words(entry)) for entry in entries]


def _columns(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(str(key) for row in rows for key in row))


def _cells(figure: Figure, columns: Sequence[str], typed: QueryDict | None) -> list[list[tuple[str, str]]]:
    """The table as fields, with some free rows under it; as typed, once it was."""
    count = _count(typed, figure) if typed is not None else None
    if typed is not None and count is not None:
        said = [[typed.get(f"{figure.name}:{row}:{key}", "") for key in columns] for row in range(count)]
    else:
        said = [[_cell(row.get(key, "")) for key in columns] for row in figure.value]
        said += [[""] * len(columns)] * FREE_ROWS
    return [
        [(f"{figure.name}:{place}:{key}", text) for key, text in zip(columns, row, strict=True)]
        for place, row in enumerate(said)
    ]


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(entry) for entry in value)
    return json.dumps(value) if isinstance(value, bool) else str(value)


def _count(typed: QueryDict, figure: Figure) -> int | None:
    text = typed.get(figure.name + ROWS, "")
    return min(int(text), MOST_ROWS) if re.fullmatch(r"[0-9]{1,4}", text) else None


def read(clause: Clause, values: Mapping[str, Any], typed: QueryDict) -> dict[str, Any]:
    """The figures with what was typed in their place; a field that was not sent keeps its figure.

    Raises Invalid, naming each field whose text is not of the figure's own kind.
    """
    stands = shaped(values, clause.values)
    changed: dict[str, Any] = copy.deepcopy(stands)
    wrong: dict[str, str] = {}
    for figure in figures_in(stands):
        try:
            found = _READ[kind_of(figure, clause)](figure, clause, typed)
        except ValueError:
            wrong[figure.name] = WRONG
        else:
            if found is not None:
                _put(changed, figure.path, found)
    if wrong:
        raise Invalid("有的数值格式不对。", "Some figures are not of the right form.", fields=wrong)
    return changed


def _text(figure: Figure, typed: QueryDict) -> str | None:
    said = typed.get(figure.name)
    if said is None:
        return None
    if "\x00" in said:
        raise ValueError(figure.name)
    return said.strip()


def _read_length(figure: Figure, _: Clause, typed: QueryDict) -> str | None:
    text, unit = _text(figure, typed), typed.get(figure.name + UNIT)
    if text is None:
        return None
    whole = f"{text} {unit}" if unit is not None and not ALLOWANCE.fullmatch(text) else text
    found = ALLOWANCE.fullmatch(whole)
    if not found or not found[1].isascii():
        raise ValueError(whole)
    return f"{int(found[1])} {found[2]}"


def _read_percent(figure: Figure, _: Clause, typed: QueryDict) -> str | None:
    text = _text(figure, typed)
    if text is None:
        return None
    found = PERCENT.fullmatch(f"{text.removesuffix('%')}%")
    if not found or not found[1].isascii() or float(found[1]) > 100:
        raise ValueError(text)
    return f"{found[1]}%"


def _read_number(figure: Figure, clause: Clause, typed: QueryDict) -> float | int | None:
    text = _text(figure, typed)
    if text is None:
        return None
    like: Any = clause.values  # by the pack: where it has 0.9, an edition's 1 is no whole number for ever
    for key in figure.path:
        like = like.get(key) if isinstance(like, Mapping) else None
    return _number(text, is_whole=isinstance(figure.value if like is None else like, int))


def _number(text: str, *, is_whole: bool) -> float | int:
    """A finite number; a whole one where only that will do, and wherever one was typed."""
    if not text.isascii() or len(text) > MOST_DIGITS:
        raise ValueError(text)
    if is_whole or text.lstrip("-").isdigit():
        return int(text)
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def _read_choice(figure: Figure, clause: Clause, typed: QueryDict) -> Any:
    text = _text(figure, typed)
    return None if text is None else _one_of(text, figure, clause)


def _one_of(text: str, figure: Figure, clause: Clause) -> Any:
    codes = _range(figure, clause).get("among") or (
        [True, False] if isinstance(figure.value, bool) else list(ROLES)
    )
    for code in codes:
        if Figure((), code).shown == text:
            return code
    raise ValueError(text)


def _read_ticks(figure: Figure, clause: Clause, typed: QueryDict) -> list[Any] | None:
    if figure.name + SENT not in typed:
        return None
    return [_one_of(text, Figure(figure.path, ""), clause) for text in typed.getlist(figure.name)]


def _read_lines(figure: Figure, _: Clause, typed: QueryDict) -> list[Any] | None:
    text = _text(figure, typed)
    if text is None:
        return None
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise ValueError(text)
    return [_number(line, is_whole=True) for line in lines] if isinstance(figure.value[0], int) else lines


def _read_table(figure: Figure, _: Clause, typed: QueryDict) -> list[dict[str, Any]] | None:
    count = _count(typed, figure)
    if count is None:
        return None
    kinds = {key: next(row[key] for row in figure.value if key in row) for key in _columns(figure.value)}
    lists = {key for row in figure.value for key, cell in row.items() if isinstance(cell, list)}
    found = []
    for place in range(count):
        said = {key: typed.get(f"{figure.name}:{place}:{key}", "").strip() for key in kinds}
        row = {key: _typed_cell(text, kinds[key], is_list=key in lists) for key, text in said.items() if text}
        if row:
            found.append(row)
    if not found:
        raise ValueError(figure.name)
    return found


def _typed_cell(text: str, like: Any, *, is_list: bool) -> Any:
    if "\x00" in text:
        raise ValueError(text)
    if is_list:
        entries = [entry for part in re.split(r"[,，、]", text) if (entry := part.strip())]
        return entries if isinstance(like, list) or len(entries) > 1 else entries[0]
    if isinstance(like, bool):
        if text not in {"true", "false"}:
            raise ValueError(text)
        return text == "true"
    return _number(text, is_whole=False) if isinstance(like, int | float) else text


def _read_json(figure: Figure, _: Clause, typed: QueryDict) -> list[Any] | None:
    text = _text(figure, typed)
    if text is None:
        return None
    try:
        value = json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise ValueError(figure.name) from None
    if not isinstance(value, list) or "\\u0000" in json.dumps(value):
        raise ValueError(text)
    return value


def _refuse(constant: str) -> NoReturn:
    """NaN and the infinities are no JSON, and no database keeps them."""
    raise ValueError(constant)


def _read_text(figure: Figure, _: Clause, typed: QueryDict) -> str | None:
    text = _text(figure, typed)
    if text == "":
        raise ValueError(figure.name)
    return text


_READ: dict[str, Callable[[Figure, Clause, QueryDict], Any]] = {
    "length": _read_length,
    "percent": _read_percent,
    "number": _read_number,
    "choice": _read_choice,
    "ticks": _read_ticks,
    "lines": _read_lines,
    "table": _read_table,
    "json": _read_json,
    "text": _read_text,
}


def _put(values: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for key in path[:-1]:
        values = values[key]
    values[path[-1]] = value
