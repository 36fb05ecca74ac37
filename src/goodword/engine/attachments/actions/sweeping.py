"""Files without a row: what a crash or an undone fact left in the storage is removed after a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.files.storage import default_storage

from ..models import Attachment

LEFT_FOR = timedelta(days=1)


def sweep(*, now: datetime) -> int:
    """Delete stored files that no attachment names and that are older than a day; returns how many."""
    gone = 0
    for folder in _folders():
        names = [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
        named = set(Attachment.objects.filter(storage_name__in=names).values_list("storage_name", flat=True))
        for name in names:
            if name not in named and default_storage.get_modified_time(name) < now - LEFT_FOR:
                default_storage.delete(name)
                gone += 1
    return gone


def _folders() -> list[str]:
    try:
        return [name for name in default_storage.listdir("")[0] if len(name) == 2]
    except FileNotFoundError:
        return []
