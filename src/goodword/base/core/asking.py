"""Asking the same question again and again without building its statement anew.

Most of what a page about one thing costs is not the database but Django's compiler, which writes the same twenty
statements for every visitor. A question is a function from values to a queryset:

    @asked_often
    def rounds_of(case: UUID) -> QuerySet[Round]:
        return Round.objects.filter(case=case).order_by("number")

    rows = rounds_of(case.pk)   # a list

It is compiled once a thread, with markers in the places of the values; afterwards only the values change. Rows come
out of Django's own iterables, so models, relations, `values_list` and sealed columns are what they always are.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import update_wrapper
from itertools import count
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection, connections
from django.db.models import QuerySet

from .by_hand import moment_given, uuid_given

Row = TypeVar("Row")
MOST_SHAPES = 64
"""Statements kept of one question in one thread: lists of another length make another one."""
MOST_BITS = 63
"""Bits of a number, its sign aside, that a database takes."""


class AskedOften(Generic[Row]):
    """A question kept compiled.

    Its values are given by place: UUID, int, str or aware datetime, or a list or tuple of one of these (for an IN).
    Never None and never a bool: those change the statement and not a place in it. A question must not look at its
    values, nor lock or prefetch. Raises TypeError for all of that.
    """

    def __init__(self, ask: Callable[..., QuerySet[Any, Row]]) -> None:
        self._ask = ask
        self._kept = threading.local()
        update_wrapper(self, ask)

    def __call__(self, *values: Any) -> list[Row]:
        """The rows; one statement, none where a list of values is empty or a number is beyond any column's."""
        values = tuple(list(dict.fromkeys(one)) if isinstance(one, list | tuple) else one for one in values)
        shape = tuple(map(_shape, values))
        if 0 in shape:
            return []
        statements: dict[Any, _Statement[Row]] = self._kept.__dict__.setdefault("statements", {})
        statement = statements.get(shape)
        if statement is None or statement.connection is not connections[connection.alias]:
            if len(statements) >= MOST_SHAPES:
                statements.clear()
            statement = statements[shape] = _Statement(self._ask, values)
        return statement.rows(_given(values))

    def first(self, *values: Any) -> Row | None:
        """The first of the rows, None without any; all are read, so let the question have a limit or ask by key."""
        rows = self(*values)
        return rows[0] if rows else None


def asked_often(ask: Callable[..., QuerySet[Any, Row]]) -> AskedOften[Row]:
    """Keep what `ask` asks compiled."""
    return AskedOften(ask)


class _Statement(Generic[Row]):
    """One compiled statement of one thread's connection."""

    def __init__(self, ask: Callable[..., QuerySet[Any, Row]], values: Sequence[Any]) -> None:
        self.connection = connections[connection.alias]
        queryset = ask(*_markers(values))
        query: Any = queryset.query
        if query.select_for_update or vars(queryset)["_prefetch_related_lookups"]:
            raise TypeError(f"{ask.__qualname__}: a question asked often neither locks nor prefetches")
        compiler = query.get_compiler(connection=self.connection)
        self._sql, parameters = compiler.as_sql()
        places = {marker: place for place, marker in enumerate(_given(_markers(values)))}
        self._places = [(places.get(one), one) for one in parameters]
        straight = ask(*values).query.get_compiler(connection=self.connection).as_sql()
        if straight != (self._sql, self._filled(_given(values))):
            raise TypeError(f"{ask.__qualname__}: its statement is not the same for every value")
        self._parameters: tuple[Any, ...] = ()
        # The iterable asks the query for a compiler, and that for the statement and how columns are turned: all are
        # there already.
        converters = compiler.get_converters([one for one, *_ in compiler.select[: compiler.col_count]])
        query.get_compiler = lambda *_, **__: compiler
        compiler.as_sql = lambda *_, **__: (self._sql, self._parameters)
        compiler.get_converters = lambda *_, **__: converters
        self._queryset = queryset

    def rows(self, given: Sequence[Any]) -> list[Row]:
        self._parameters = self._filled(given)
        iterable: Any = vars(self._queryset)["_iterable_class"]
        return list(iterable(self._queryset))

    def _filled(self, given: Sequence[Any]) -> tuple[Any, ...]:
        return tuple([constant if place is None else given[place] for place, constant in self._places])


def _shape(value: Any) -> Any:
    """What of a value the statement depends on: the length of a list, else the kind of value; 0: no row has it."""
    if isinstance(value, list | tuple):
        return len(value)
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        return 0
    if isinstance(value, bool) or not isinstance(value, UUID | int | str | datetime):
        raise TypeError(f"a question asked often takes no {type(value).__name__}")
    return type(value)


def _given(values: Sequence[Any]) -> list[Any]:
    """The values one after the other, as a statement takes them."""
    given = []
    for value in values:
        for one in value if isinstance(value, list | tuple) else (value,):
            if isinstance(one, UUID):
                given.append(uuid_given(one))
            elif isinstance(one, datetime):
                given.append(moment_given(one))
            else:
                given.append(one)
    return given


def _markers(values: Sequence[Any]) -> list[Any]:
    """Values of the same shape that nobody would ask for: each its own."""
    numbers = count(31_013)  # still a small integer for the columns that hold no more
    return [
        [_marker(one, next(numbers)) for one in value]
        if isinstance(value, list | tuple)
        else _marker(value, next(numbers))
        for value in values
    ]


def _marker(value: Any, number: int) -> Any:
    if isinstance(value, UUID):
        return UUID(int=number)
    if isinstance(value, datetime):
        return datetime(1904, 2, 29, tzinfo=UTC) + timedelta(seconds=number)
    return number if isinstance(value, int) else f"\ue000{number}"
