"""The index of words over cases that came in by bulk: as the migration takes over the cases that are there."""

from __future__ import annotations

from itertools import islice

from django.db import connection, transaction

from goodword.voice.cases.actions._words import statement
from goodword.voice.cases.models import Case, CaseWords

AT_ONCE = 2000


def index_everything() -> None:
    """Index the words of every case that is in no index yet."""
    last = CaseWords.objects.order_by("-number").values_list("number", flat=True).first() or 0
    rows = Case.objects.filter(number__gt=last).order_by("number").values_list("number", "subject", "text")
    with transaction.atomic(), connection.cursor() as cursor:
        found = rows.iterator(chunk_size=AT_ONCE)
        while some := [statement(*row) for row in islice(found, AT_ONCE)]:
            cursor.executemany(some[0][0], [parameters for _, parameters in some])
