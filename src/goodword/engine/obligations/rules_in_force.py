"""The rulebook in force, built from the policy's editions and the calendars, rebuilt when either has changed."""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from goodword.base.worktime.calendar import compiled
from goodword.base.worktime.models import CalendarVersion
from goodword.engine.policy import queries as policy

from .rulebook import Rulebook, rulebook
from .values import CalendarAt, Duty


def rules_in_force() -> Rulebook:
    """The current rulebook. Costs two look-ups of a maximum; building it happens only after a change."""
    return _build(policy.stamp(), _newest_calendar())


def _newest_calendar() -> int:
    with connection.cursor() as cursor:  # by hand, as in `policy.stamp`
        cursor.execute("SELECT COALESCE(MAX(id), 0) FROM worktime_calendarversion")
        return int(cursor.fetchone()[0])


@lru_cache(maxsize=4)
def _build(_policy_stamp: int, _calendar_stamp: int) -> Rulebook:
    versions = [
        (row.calendar.code, CalendarAt(row.pk, compiled(row.document)))
        for row in CalendarVersion.objects.select_related("calendar").order_by("number")
    ]
    return rulebook(
        (
            Duty(edition.clause_id, edition.number, edition.holds_from, clause.binding)
            for edition, clause in policy.bound_duties()
            if clause.binding is not None
        ),
        calendars=dict(versions),
        earlier=[on for _, on in versions],
        zone=ZoneInfo(settings.TIME_ZONE),
    )
