"""New rows kept in memory until the end of a batch; `inserting.written_together` begins it and writes them.

Until then nobody finds them in the database, and keys it gives are not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Model

_kept: ContextVar[Mapping[type[Model], list[Model]]] = ContextVar("kept", default={})  # noqa: B039 - never changed


@contextmanager
def keeping(*models: type[Model]) -> Iterator[Mapping[type[Model], list[Model]]]:
    """Keep the new rows of these models within the block: {model: its rows in their order}."""
    kept: dict[type[Model], list[Model]] = {model: [] for model in models}
    token = _kept.set(kept)
    try:
        yield kept
    finally:
        _kept.reset(token)


def keep(row: Model) -> bool:
    """Keep a new row, where those of its model are kept; says whether it was."""
    kept = _kept.get().get(type(row))
    if kept is not None:
        kept.append(row)
    return kept is not None


def change(model: type[Model], seen: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Change the newest kept row whose columns are as `seen`; says whether there was one. Both by field name."""
    for row in reversed(_kept.get().get(model, ())):
        if all(getattr(row, name) == value for name, value in seen.items()):
            for name, value in values.items():
                setattr(row, name, value)
            return True
    return False
