"""A tenth of the cases made ten by the database itself: rows copied under new keys, texts made to differ.

The copies' journal has the originals' digests: its chain is not the one these entries would have, and the seal does
not reach over them. Whoever measures sealing or verifying loads fewer cases, all of them cast.
"""

from __future__ import annotations

from typing import Any

from cloning import PARTS, SQLITE
from django.db import connection, models

from goodword.engine.journal.models import Entry, Head
from goodword.engine.obligations.models import Obligation, SubjectState
from goodword.voice.cases.models import Case

NIBBLES = "1234568 9ab".replace(" ", "")
"""What stands in a copy's id in place of the version's 7: nine copies have ids of their own without a table of them."""
TABLES: tuple[type[models.Model], ...] = (Case, *PARTS, Entry, Head, Obligation, SubjectState)


def multiply(first_number: int, first_keys: dict[str, int], words: list[str]) -> dict[str, int]:
    """Nine copies of every case numbered from `first_number` on, and of the rows from `first_keys` (by table) on; the next keys."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(number) FROM cases_case")
        span = cursor.fetchone()[0] - first_number + 1
        ends = {table: _last(cursor, table) for table in first_keys}
        for model in TABLES:
            for nth, nibble in enumerate(NIBBLES[:9], start=1):
                cursor.execute(_copying(model, nth, nibble, span, first_number, first_keys, ends, words))
        return {table: _last(cursor, table) + 1 for table in first_keys}


def _last(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT COALESCE(MAX(id), 0) FROM {table}")
    found: int = cursor.fetchone()[0]
    return found


def _copying(
    model: type[models.Model],
    nth: int,
    nibble: str,
    span: int,
    first_number: int,
    first_keys: dict[str, int],
    ends: dict[str, int],
    words: list[str],
) -> str:
    """The statement that makes one copy of a table's rows."""
    table = model._meta.db_table

    def moved(name: str, of_table: str) -> str:
        return f"{name} + {nth * (ends[of_table] - first_keys[of_table] + 1)}"

    def value(column: Any) -> str:
        name = f't."{column.column}"'
        target = column.remote_field.model if column.remote_field else None
        if column.primary_key and not isinstance(column, models.UUIDField):
            return moved(name, table)
        if column.name == "subject_id":
            return f"substr({name}, 1, 14) || '{nibble}' || substr({name}, 16)"
        if (column.primary_key or target in {Case}) and column.name != "merged_into":
            return _renamed(name, nibble)
        if target is Entry:
            return moved(name, "journal_entry")
        if model is Case and column.name == "number":
            return f"{name} + {nth * span}"
        if model is Case and column.name == "text":
            pairs = " ".join(f"WHEN {place} THEN '{word}'" for place, word in enumerate(words))
            return f"{name} || '还有' || CASE (t.number * 7 + {nth} * 13) % {len(words)} {pairs} END"
        if model is Case and column.name == "outside_id":
            return "''"
        return name

    columns = list(model._meta.concrete_fields)
    into = ", ".join(f'"{column.column}"' for column in columns)
    made = ", ".join(value(column) for column in columns)
    return f"INSERT INTO {table} ({into}) SELECT {made} FROM {table} t WHERE {_originals(model, first_number, first_keys, ends)}"


def _renamed(name: str, nibble: str) -> str:
    if SQLITE:
        return f"substr({name}, 1, 12) || '{nibble}' || substr({name}, 14)"
    return f"(substr({name}::text, 1, 14) || '{nibble}' || substr({name}::text, 16))::uuid"


def _originals(
    model: type[models.Model], first_number: int, first_keys: dict[str, int], ends: dict[str, int]
) -> str:
    """Which rows are originals: copies have no 7 where the version stands."""
    table = model._meta.db_table
    if model is Case:
        seven = "substr(t.id, 13, 1) = '7'" if SQLITE else "substr(t.id::text, 15, 1) = '7'"
        return f"t.number >= {first_number} AND {seven}"
    if table in first_keys:
        return f"t.id >= {first_keys[table]} AND t.id <= {ends[table]}"
    seven = "substr(t.id, 13, 1) = '7'" if SQLITE else "substr(t.id::text, 15, 1) = '7'"
    if model is Obligation:
        return f"t.started_by_id >= {first_keys['journal_entry']} AND {seven}"
    return f"t.case_id IN (SELECT id FROM cases_case WHERE number >= {first_number}) AND {seven}"
