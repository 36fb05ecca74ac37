"""Conditions on cases as pieces of SQL, and pieces put together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection
from django.db.models import Q

from ..models import Case

Sql = tuple[str, list[Any]]
"""A piece of SQL with its values."""
ALWAYS: Sql = ("TRUE", [])
NEVER: Sql = ("FALSE", [])


def where(q: Q) -> Sql:
    """The condition as Django writes it, of a row of `cases_case`; it has to ask by columns and subqueries alone."""
    query = Case.objects.filter(q).query
    try:
        sql, values = query.get_compiler(connection=connection).compile(query.where)
    except EmptyResultSet:
        return NEVER
    except FullResultSet:
        return ALWAYS
    return f"({sql})", list(values)


def all_of(conditions: Iterable[Sql]) -> Sql:
    found = [one for one in conditions if one != ALWAYS]
    if not found:
        return ALWAYS
    return " AND ".join(sql for sql, _ in found), [value for _, values in found for value in values]


def together(how: str, parts: list[Sql]) -> Sql:
    """Several statements as one; each has a limit of its own, so each stands in brackets with a name."""
    named = (f"SELECT * FROM ({sql}) part{place}" for place, (sql, _) in enumerate(parts))  # nosec B608 # noqa: S608 - Django's SQL
    return how.join(named), [value for _, values in parts for value in values]
