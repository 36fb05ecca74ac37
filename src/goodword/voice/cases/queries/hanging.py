"""What hangs on a case, asked once: most cases have few of the things they may have, and each is a query of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.db import connection

from goodword.base.core.by_hand import uuid_given

from ..models import Case

KINDS = (
    *("rounds", "handovers", "evidence", "solutions", "steps", "callbacks", "callback_attempts", "helps"),
    *("phone_tasks", "duplicates", "links", "linked_from", "watchers", "handlers"),
)


class Hanging:
    """Which of KINDS a case has any of: one statement; `read` asks for those that are there."""

    def __init__(self, case: Case) -> None:
        self._case = case
        with connection.cursor() as cursor:
            cursor.execute(_asking(), [uuid_given(case.pk)] * len(KINDS))
            answer = cursor.fetchone()
        self._there = {kind for kind, is_there in zip(KINDS, answer, strict=True) if is_there}

    def read(self, kind: str, rows: Callable[[Any], Any]) -> list[Any]:
        """What `rows` makes of the case's rows of this kind; an empty list, without a query, where there are none."""
        return list(rows(getattr(self._case, kind))) if kind in self._there else []


@cache
def _asking() -> str:
    asked = []
    for kind in KINDS:
        column: Any = Case._meta.get_field(kind).remote_field
        table, name = column.model._meta.db_table, column.column
        asked.append(f"EXISTS(SELECT 1 FROM {table} WHERE {name} = %s)")  # nosec B608 # noqa: S608 - our own tables' names
    return f"SELECT {', '.join(asked)}"
