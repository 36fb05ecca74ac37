"""Reading working calendars from the database."""

from __future__ import annotations

from goodword.base.core.errors import NotFound
from goodword.base.worktime.calendar import Calendar, compiled
from goodword.base.worktime.models import CalendarVersion

_KEPT = 64
_by_digest: dict[str, Calendar] = {}


def current(code: str) -> tuple[CalendarVersion, Calendar]:
    """The latest version of the calendar `code`, and it compiled; NotFound when there is none.

    The version comes without its document, which is read only when asked for.
    """
    found = (
        CalendarVersion.objects.select_related("calendar")
        .defer("document")
        .filter(calendar__code=code)
        .order_by("-number")
        .first()
    )
    if found is None:
        raise NotFound(f"没有工作日历:{code}。", f"There is no working calendar {code}.")
    return found, _compiled(found)


def version(version_id: int) -> Calendar:
    """The compiled calendar of one version, as running obligations keep it; NotFound when there is none.

    One small query a call; the document is read and compiled once per content and process.
    """
    found = CalendarVersion.objects.defer("document").filter(pk=version_id).first()
    if found is None:
        raise NotFound("没有这个版本的工作日历。", "There is no such version of a working calendar.")
    return _compiled(found)


def _compiled(found: CalendarVersion) -> Calendar:
    """By content, not by id: an id may name another document after a restored backup."""
    calendar = _by_digest.get(found.digest)
    if calendar is None:
        if len(_by_digest) >= _KEPT:
            _by_digest.clear()
        calendar = _by_digest[found.digest] = compiled(found.document)
    return calendar
