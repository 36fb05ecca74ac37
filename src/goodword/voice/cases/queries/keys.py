"""A case's id as the journal and the obligations write it, inside a query, and back."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Func, UUIDField
from django.db.models.sql.compiler import SQLCompiler


class SubjectId(Func):
    """The text of an id column, "0198…-…": the database's own text of it, with dashes where SQLite keeps none."""

    template = "CAST(%(expressions)s AS text)"
    arity = 1

    def __init__(self, expression: Any = "pk") -> None:
        super().__init__(expression, output_field=CharField())

    def as_sqlite(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,  # noqa: ARG002 - Django's signature
        **extra_context: Any,  # noqa: ARG002 - Django's signature
    ) -> tuple[str, tuple[str | int, ...]]:
        """Put the dashes where they belong: 8-4-4-4-12."""
        column, params = compiler.compile(self.source_expressions[0])
        parts = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
        sql = " || '-' || ".join(f"substr({column}, {start}, {length})" for start, length in parts)
        return f"({sql})", tuple(params) * len(parts)


class CaseId(Func):
    """The id that a column of such texts names, as the database keeps ids: SQLite without dashes."""

    template = "CAST(%(expressions)s AS uuid)"
    arity = 1

    def __init__(self, expression: Any = "subject_id") -> None:
        super().__init__(expression, output_field=UUIDField())

    def as_sqlite(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        **extra_context: Any,
    ) -> tuple[str, tuple[str | int, ...]]:
        """Take the dashes out."""
        return self.as_sql(
            compiler, connection, template="replace(%(expressions)s, '-', '')", **extra_context
        )
