"""Reading working calendars from the database."""

from __future__ import annotations

from goodword.base.core.errors import NotFound
from goodword.base.worktime.calendar import Calendar, compiled
from goodword.base.worktime.models import CalendarVersion


def current(code: str) -> tuple[CalendarVersion, Calendar]:
    """The latest version of the calendar `code`, and it compiled; NotFound when there is none."""
    found = (
        CalendarVersion.objects.select_related("calendar")
        .filter(calendar__code=code)
        .order_by("-number")
        .first()
    )
    if found is None:
        raise NotFound(f"没有工作日历:{code}。", f"There is no working calendar {code}.")
    return found, compiled(found.document)


def version(version_id: int) -> Calendar:
    """The compiled calendar of one version, as running obligations keep it.

    One query a call; the compiling is done once per content. Code that asks in a loop holds on to it.
    """
    document = CalendarVersion.objects.filter(pk=version_id).values_list("document", flat=True).first()
    if document is None:
        raise NotFound("没有这个版本的工作日历。", "There is no such version of a working calendar.")
    return compiled(document)
