"""Inserting rows without building the statement anew each time.

Every act writes half a dozen new rows, and Django's compiler costs ten times what the database does with them. The
statement for a model is built once; values go through the model's own fields, so that both databases, sealed columns
and JSON are written exactly as `save()` would. No signal is sent: nothing here listens to any.

Where many rows of a model come one after the other, `written_together` keeps them until its block ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from types import NoneType
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import (
    AutoField,
    BigAutoField,
    BigIntegerField,
    BooleanField,
    CharField,
    DateTimeField,
    Field,
    FloatField,
    ForeignKey,
    IntegerField,
    Model,
    PositiveBigIntegerField,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    SmallIntegerField,
    TextField,
    UUIDField,
)

from .keeping import keep, keeping

MOST_VALUES = 900
"""Values in one statement: an old SQLite takes no more than 999."""


def insert(row: Model) -> None:
    """Write one new row; its key is set when the database gives it. Raises IntegrityError as `save()` does.

    Within `written_together` a row of its models is kept until the end of the block.
    """
    if not keep(row):
        insert_all([row])


@contextmanager
def written_together(*models: type[Model]) -> Iterator[None]:
    """Keep the new rows of `models` and write them at the end of the block, model by model; none when it fails.

    For what takes in many of a kind. `update_where` changes them where they are kept. Foreign keys are looked at
    when the transaction ends.
    """
    with keeping(*models) as kept:
        yield
    for rows in kept.values():
        insert_all(rows)


def insert_unless_there(row: Model) -> bool:
    """Write one new row unless a unique constraint has its like; says whether it was written.

    On PostgreSQL it waits for a transaction that is just writing its like.
    """
    columns = _columns(type(row))
    with connection.cursor() as cursor:
        statement = _statement(type(row), 1, connection.vendor)
        before, _, returning = statement.partition(" RETURNING ")
        statement = f"{before} ON CONFLICT DO NOTHING" + (f" RETURNING {returning}" if returning else "")
        cursor.execute(statement, _values(columns, [row]))
        if not returning:
            return bool(cursor.rowcount > 0)
        key = cursor.fetchone()
    if key is not None:
        _written([row], [key])
    return key is not None


def insert_all(rows: Sequence[Model], *, unless_there: bool = False) -> None:
    """Write new rows of one model in their order, in as few statements as there may be; their keys are set.

    unless_there: leave out those whose like a unique constraint has already; then no keys are set.
    """
    if not rows:
        return
    model = type(rows[0])
    columns = _columns(model)
    at_once = max(1, MOST_VALUES // len(columns))
    for first in range(0, len(rows), at_once):
        some = rows[first : first + at_once]
        statement = _statement(model, len(some), connection.vendor)
        if unless_there:
            statement = f"{statement.partition(' RETURNING ')[0]} ON CONFLICT DO NOTHING"
        with connection.cursor() as cursor:
            cursor.execute(statement, _values(columns, some))
            keys = cursor.fetchall() if _given_by_database(model) and not unless_there else ()
        _written(some, keys)


def _values(columns: tuple[Field[Any, Any], ...], rows: Sequence[Model]) -> list[Any]:
    ways = _ways(columns, connection.vendor)
    values = []
    for row in rows:
        held = vars(row)
        for column, name, turned in ways:
            value = held.get(name, _UNSET)
            turn = turned.get(type(value))
            if turn is not None:
                values.append(turn(value))
            else:
                values.append(column.get_db_prep_save(column.pre_save(row, add=True), connection))
    return values


_UNSET = object()
_AS_IT_IS: dict[type[Any], type[Any]] = {
    CharField: str,
    TextField: str,
    BooleanField: bool,
    FloatField: float,
    IntegerField: int,
    BigIntegerField: int,
    SmallIntegerField: int,
    PositiveIntegerField: int,
    PositiveBigIntegerField: int,
    PositiveSmallIntegerField: int,
    BigAutoField: int,
}
"""The fields that hand such a value to the database unchanged: asking them costs more than the database does."""


@lru_cache(maxsize=128)
def _ways(
    columns: tuple[Field[Any, Any], ...], vendor: str
) -> list[tuple[Field[Any, Any], str, dict[type[Any], Callable[[Any], Any]]]]:
    """[(column, where its row keeps the value, by type what is done with it where its field need not be asked)]."""
    has_own_types = vendor == "postgresql"
    found = []
    for column in columns:
        at_the_end = column
        while isinstance(at_the_end, ForeignKey):
            at_the_end = at_the_end.target_field
        kind, turned = type(at_the_end), dict[type[Any], Callable[[Any], Any]]()
        if kind in _AS_IT_IS:
            turned = {_AS_IT_IS[kind]: _same, NoneType: _same}
        elif kind is UUIDField:
            turned = {UUID: _same if has_own_types else _hex, NoneType: _same}
        elif isinstance(at_the_end, DateTimeField) and not (at_the_end.auto_now or at_the_end.auto_now_add):
            turned = {datetime: _same if has_own_types else _in_utc, NoneType: _same}
        found.append((column, column.attname, turned))
    return found


def _same(value: Any) -> Any:
    return value


def _hex(value: UUID) -> str:
    return value.hex


def _in_utc(value: datetime) -> str:
    return str(value.astimezone(UTC).replace(tzinfo=None))


def _written(rows: Sequence[Model], keys: Sequence[tuple[Any, ...]]) -> None:
    for row, key in zip(rows, keys, strict=False):
        row.pk = key[0]
    for row in rows:
        row._state.adding = False
        row._state.db = connection.alias


def _given_by_database(model: type[Model]) -> bool:
    return isinstance(model._meta.pk, AutoField)


@lru_cache(maxsize=128)
def _columns(model: type[Model]) -> tuple[Field[Any, Any], ...]:
    return tuple(
        field
        for field in model._meta.concrete_fields
        if not (field.primary_key and _given_by_database(model))
    )


@lru_cache(maxsize=512)
def _statement(model: type[Model], rows: int, _vendor: str) -> str:
    quote = connection.ops.quote_name
    columns = _columns(model)
    names = ", ".join(quote(str(column.column)) for column in columns)
    places = f"({', '.join(['%s'] * len(columns))})"
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES {', '.join([places] * rows)}"  # nosec B608 # noqa: S608 - a model's own names
    key = model._meta.pk
    if _given_by_database(model) and key is not None:
        statement += f" RETURNING {quote(str(key.column))}"
    return statement
