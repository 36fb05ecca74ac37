"""Reading the journal."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from .models import Entry, Seal


def entries_of(subject_type: str, subject_id: object) -> QuerySet[Entry]:
    """All entries of one subject, oldest first."""
    return Entry.objects.filter(subject_type=subject_type, subject_id=str(subject_id)).order_by("number")


def is_newest(entry: Entry) -> bool:
    """Whether nothing has been written about its subject since."""
    with connection.cursor() as cursor:  # by hand: asked for every receipt
        cursor.execute(
            "SELECT number FROM journal_head WHERE subject_type = %s AND subject_id = %s",
            [entry.subject_type, entry.subject_id],
        )
        return bool(cursor.fetchone()[0] == entry.number)


def unsealed_since() -> datetime | None:
    """When the oldest entry that no seal covers yet was written; None when all are sealed. Two queries."""
    last = Seal.objects.order_by("-pk").values_list("last_id", flat=True).first() or 0
    fresh = Entry.objects.filter(pk__gt=last).order_by("pk")
    return fresh.values_list("recorded_at", flat=True).first()
