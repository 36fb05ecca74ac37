"""Counting up what has ended, by day: a job that may come late, be repeated or be killed, and is never wrong.

A duty that has ended never changes again, and the entry that ended it says where in the journal that was. The job
adds everything ended by the entries since its mark to the day tallies and moves the mark, in one transaction; whoever
reads adds what lies beyond the mark himself (`tallies.py`). So the figures are exact however far the job is behind.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import OperationalError, connection
from django.db.models import Count, Max, Q

from goodword.base.core.days import Day
from goodword.base.core.transactions import one_fact
from goodword.engine.journal.models import Entry

from .models import DayTally, Obligation, TallyMark
from .outcomes import ENDED, outcomes

AT_ONCE = 100_000
"""Entries counted in one transaction."""
KEYS = ("clause_id", "day", "history", "bearer_department", "bearer_account_id")


def count_up(now: datetime) -> int:
    """Bring the day tallies up to the journal's end; returns how many duties were counted."""
    counted, settled = 0, _settled()
    while settled is not None:
        with one_fact():
            mark = _mark()
            upto = min(settled, mark.last_entry + AT_ONCE)
            if upto <= mark.last_entry:
                break
            counted += _add(mark.last_entry, upto, now=now)
            TallyMark.objects.filter(pk=mark.pk).update(last_entry=upto)
    return counted


def _settled() -> int | None:
    """The last entry below which no other can still appear; None while somebody writes for long: it is tried again.

    On PostgreSQL a slower transaction may commit a smaller id later: so the writers of this moment are waited for.
    """
    try:
        with one_fact():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '200ms'")
                    cursor.execute("LOCK TABLE journal_entry IN SHARE MODE")
            return int(Entry.objects.aggregate(last=Max("pk"))["last"] or 0)
    except OperationalError:
        return None


def _mark() -> TallyMark:
    """The mark, locked. Where the company's zone has changed, days are other days: everything is counted anew."""
    zone = settings.TIME_ZONE
    if TallyMark.objects.exclude(zone=zone).exists():
        DayTally.objects.all().delete()
        TallyMark.objects.all().delete()
    TallyMark.objects.get_or_create(zone=zone)
    return TallyMark.objects.select_for_update().get(zone=zone)


def _add(after: int, upto: int, *, now: datetime) -> int:
    """Add the duties ended by the entries in (after, upto] to their days."""
    meant = outcomes(now)
    counts: dict[str, Any] = {name: Count("pk", filter=meant[name]) for name in ENDED}
    rows = Obligation.objects.filter(~Q(state="open"), ended_by__gt=after, ended_by__lte=upto)
    rows = rows.annotate(day=Day("started_at", tzinfo=ZoneInfo(settings.TIME_ZONE))).order_by()
    found = list(rows.values_list(*KEYS).annotate(all=Count("pk"), **counts))
    with connection.cursor() as cursor:
        cursor.executemany(_ADDING, [_values(row) for row in found])
    return sum(row[len(KEYS)] for row in found)


_COLUMNS = (*KEYS, *ENDED)
_ADDED = ", ".join(f"{name} = obligations_daytally.{name} + excluded.{name}" for name in ENDED)
_ADDING = (  # column names are ours, from the two tuples above
    f"INSERT INTO obligations_daytally ({', '.join(_COLUMNS)}) VALUES ({', '.join(['%s'] * len(_COLUMNS))}) "  # nosec B608 # noqa: S608
    f"ON CONFLICT ({', '.join(KEYS)}) DO UPDATE SET {_ADDED}"
)


def _values(row: Any) -> list[Any]:
    keys, figures = list(row[: len(KEYS)]), row[len(KEYS) + 1 :]
    keys[-1] = keys[-1] or 0
    return [*keys, *figures]
