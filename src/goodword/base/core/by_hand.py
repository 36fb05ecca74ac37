"""For the few statements written by hand: how the two databases give and take moments and ids."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection


def moment_given(at: datetime) -> Any:
    """A moment as a parameter."""
    return connection.ops.adapt_datetimefield_value(at)


def moment_found(value: datetime | str) -> datetime:
    """A moment as a cursor gives it: SQLite has UTC without saying so, as text or, from a plain column, as a moment."""
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def uuid_given(value: UUID) -> Any:
    """An id as a parameter."""
    return value if connection.features.has_native_uuid_field else value.hex


def uuid_found(value: UUID | str) -> UUID:
    """An id as a cursor gives it."""
    return value if isinstance(value, UUID) else UUID(value)
