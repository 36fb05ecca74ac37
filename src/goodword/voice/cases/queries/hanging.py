"""What hangs on a case, asked once: most cases have few of the things they may have, and each is a query of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection

from goodword.base.core.asking import AskedOften
from goodword.base.core.by_hand import uuid_given

from ..models import Case

KINDS = (
    *("rounds", "handovers", "evidence", "solutions", "steps", "callbacks", "callback_attempts", "helps"),
    *("phone_tasks", "duplicates", "links", "linked_from", "watchers", "handlers", "absorbed"),
)


class Hanging:
    """Which of KINDS a case has any of: one statement; `read` asks for those that are there, as `of_case` has it."""

    def __init__(self, case: Case) -> None:
        self._case = case
        with connection.cursor() as cursor:
            cursor.execute(_asking(), [uuid_given(case.pk)] * len(KINDS))
            answer = cursor.fetchone()
        self._there = {kind for kind, is_there in zip(KINDS, answer, strict=True) if is_there}

    def has(self, kind: str) -> bool:
        """Whether the case has any of this kind."""
        return kind in self._there

    def read(self, kind: str, question: AskedOften[Any], *more: Any) -> list[Any]:
        """The case's rows of this kind, knowing their case; an empty list, without a query, where there are none."""
        if kind not in self._there:
            return []
        rows = question(self._case.pk, *more)
        name = _column(kind).name
        for row in rows:
            setattr(row, name, self._case)
        return rows


def of_case(kind: str, narrow: Callable[..., Any]) -> AskedOften[Any]:
    """The question for what `narrow(rows, *more)` makes of a case's rows of this kind; asked by the case's id."""

    def ask(case: UUID, *more: Any) -> Any:
        column = _column(kind)
        return narrow(column.model._default_manager.filter(**{column.name: case}), *more)

    return AskedOften(ask)


def _column(kind: str) -> Any:
    """The column of the other table that names the case."""
    field: Any = Case._meta.get_field(kind)
    return field.remote_field


@cache
def _asking() -> str:
    asked = []
    for kind in KINDS:
        column = _column(kind)
        table, name = column.model._meta.db_table, column.column
        asked.append(f"EXISTS(SELECT 1 FROM {table} WHERE {name} = %s)")  # nosec B608 # noqa: S608 - our own tables' names
    return f"SELECT {', '.join(asked)}"
