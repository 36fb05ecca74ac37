"""Reading the journal."""

from __future__ import annotations

from django.db import connection
from django.db.models import QuerySet

from .models import Entry


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
