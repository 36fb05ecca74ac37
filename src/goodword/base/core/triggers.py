"""Database triggers for migrations, in the two dialects we speak."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import migrations


def append_only(table: str, *, operations: Sequence[str] = ("UPDATE", "DELETE")) -> migrations.RunPython:
    """A migration step after which `table` refuses the given operations."""
    return refusing(
        table,
        operations=operations,
        name=f"{table}_append_only",
        condition="",
        message=f"{table} is append-only",
    )


def refusing(
    table: str, *, operations: Sequence[str], name: str, condition: str, message: str
) -> migrations.RunPython:
    """A migration step: `operations` on `table` fail with `message` when `condition` (SQL on NEW/OLD; empty: always)."""

    def create(_apps: Any, schema_editor: Any) -> None:
        statements = _postgres if schema_editor.connection.vendor == "postgresql" else _sqlite
        for statement in statements(table, operations, name, condition, message):
            schema_editor.execute(statement, params=None)

    def drop(_apps: Any, schema_editor: Any) -> None:
        on_table = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        for operation in operations:
            # nosemgrep: sql-from-pieces - names written in a migration; a trigger's name cannot be a parameter
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}_{operation.lower()}{on_table}")

    return migrations.RunPython(create, drop)


def _sqlite(table: str, operations: Sequence[str], name: str, condition: str, message: str) -> list[str]:
    return [
        f"CREATE TRIGGER {name}_{operation.lower()} BEFORE {operation} ON {table} FOR EACH ROW "
        f"{f'WHEN {condition} ' if condition else ''}BEGIN SELECT RAISE(ABORT, '{message}'); END"
        for operation in operations
    ]


def _postgres(table: str, operations: Sequence[str], name: str, condition: str, message: str) -> list[str]:
    test = f"IF {condition} THEN RAISE EXCEPTION '{message}' USING ERRCODE = '23514'; END IF;"
    body = test if condition else f"RAISE EXCEPTION '{message}' USING ERRCODE = '23514';"
    give_back = "RETURN OLD;" if list(operations) == ["DELETE"] else "RETURN NEW;"
    function = f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN {body} {give_back} END $$ LANGUAGE plpgsql"
    return [function] + [
        f"CREATE TRIGGER {name}_{operation.lower()} BEFORE {operation} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        for operation in operations
    ]
