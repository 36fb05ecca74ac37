"""The guarded update without building the statement anew each time (see `inserting.py` for why)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Field, Model

from . import keeping


def update_where(model: type[Model], seen: Mapping[str, Any], values: Mapping[str, Any]) -> int:
    """UPDATE the rows whose columns are still as `seen`; returns how many there were. Both by field name.

    seen: values that are there (no None); values: a row of a foreign key stands for its key. A row that
    `written_together` keeps is changed where it is kept.
    """
    if keeping.change(model, seen, values):
        return 1
    statement, fields = _built(model, tuple(values), tuple(seen), connection.vendor)
    given = [*values.values(), *seen.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            statement, [_prepared(field, value) for field, value in zip(fields, given, strict=True)]
        )
        return int(cursor.rowcount)


def _prepared(field: Field[Any, Any], value: Any) -> Any:
    return field.get_db_prep_save(value.pk if isinstance(value, Model) else value, connection)


@lru_cache(maxsize=512)
def _built(
    model: type[Model], values: tuple[str, ...], seen: tuple[str, ...], _vendor: str
) -> tuple[str, tuple[Field[Any, Any], ...]]:
    quote, found = connection.ops.quote_name, []
    names = {field.name: field for field in model._meta.concrete_fields}
    names |= {field.attname: field for field in model._meta.concrete_fields} | {"pk": model._meta.pk}
    for name in (*values, *seen):
        found.append(names[name])
    columns = [f"{quote(str(field.column))} = %s" for field in found]
    set_to, where = ", ".join(columns[: len(values)]), " AND ".join(columns[len(values) :])
    return f"UPDATE {quote(model._meta.db_table)} SET {set_to} WHERE {where}", tuple(found)  # nosec B608 # noqa: S608 - a model's own names
