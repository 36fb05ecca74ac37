"""Column maps saved by name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from goodword.base.core.errors import NotFound
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import record

from ..models import LedgerMap
from .kinds import MAP_SAVED
from .mapping import ColumnMap, checked


def save_map(
    name: str, columns: Mapping[str, str], defaults: Mapping[str, str], *, by: Actor, at: datetime
) -> LedgerMap:
    """Save a map under its name; the one of that name before gives way.

    Effects: the map; `ledger.map_saved`. Raises Forbidden, Invalid.
    """
    by.require("ledger.import")
    found = checked(name, columns, defaults, on=at.date())
    values = {"columns": dict(found.columns), "defaults": dict(found.defaults)}
    with one_fact():
        row, _ = LedgerMap.objects.update_or_create(
            name=found.name, defaults={**values, "by_id": by.account_id, "saved_at": at}
        )
        record(MAP_SAVED, f"map-{row.pk}", by=by, at=at, facts={"fields": sorted(found.columns)})
    return row


def saved_maps() -> list[LedgerMap]:
    """Every saved map, by name."""
    return list(LedgerMap.objects.order_by("name")[:200])


def saved_map(name: str) -> ColumnMap:
    """The saved map of this name. Raises NotFound."""
    row = LedgerMap.objects.filter(name=name).first()
    if row is None:
        raise NotFound(f"没有名为“{name}”的列对应。", f"No map of columns is called “{name}”.")
    return ColumnMap(row.name, row.columns, row.defaults)
