"""Reading the journal."""

from __future__ import annotations

from django.db.models import QuerySet

from .models import Entry


def entries_of(subject_type: str, subject_id: object) -> QuerySet[Entry]:
    """All entries of one subject, oldest first."""
    return Entry.objects.filter(subject_type=subject_type, subject_id=str(subject_id)).order_by("number")
