"""A new version of a working calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Max

from goodword.base.core.errors import NotFound
from goodword.base.worktime.calendar import compiled
from goodword.base.worktime.document import canonical
from goodword.base.worktime.models import CalendarVersion, WorkCalendar


@transaction.atomic
def publish(code: str, *, document: Mapping[str, Any], note: str = "", at: datetime) -> CalendarVersion:
    """Check the document (CalendarError), write it as the next version of `code`, return the version.

    The calendar's row is locked meanwhile; where a database has no row locks, a second writer of the same
    number is stopped by the unique constraint.
    """
    compiled(document)
    calendar = WorkCalendar.objects.select_for_update().filter(code=code).first()
    if calendar is None:
        raise NotFound(f"没有工作日历:{code}。", f"There is no working calendar {code}.")
    last = calendar.versions.aggregate(last=Max("number"))["last"] or 0
    return CalendarVersion.objects.create(
        calendar=calendar,
        number=last + 1,
        document=dict(document),
        digest=sha256(canonical(document).encode()).hexdigest(),
        note=note,
        created_at=at,
    )
