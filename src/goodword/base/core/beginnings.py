"""Finding rows by how a text begins, by an index on either database."""

from __future__ import annotations

from django.db import connection
from django.db.models import Q

LAST_SIGN = "\U0010ffff"


def begins(column: str, text: str) -> Q:
    """`column` begins with `text`, case and all; an index on a unique or indexed text column answers it.

    PostgreSQL has an index of its own for that beside the column's (`varchar_pattern_ops`). SQLite does not use one
    for LIKE, but compares byte by byte, so that everything with the same beginning lies between two values.
    """
    if connection.vendor == "postgresql":
        return Q(**{f"{column}__startswith": text})
    return Q(**{f"{column}__gte": text, f"{column}__lt": f"{text}{LAST_SIGN}"})
