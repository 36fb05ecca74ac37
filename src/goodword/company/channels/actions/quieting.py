"""A colleague's quiet hours are set or given up; what waited for their end is judged anew."""

from __future__ import annotations

from datetime import datetime, time

from goodword.base.core.errors import Invalid
from goodword.base.core.transactions import require_transaction

from ..models import OutboxMessage, QuietHours


def set_quiet_hours(account_id: int, hours: tuple[time, time] | None, *, at: datetime) -> bool:
    """Give the account these quiet hours (from, until), or none; False when they are so already.

    Effects: the row; messages that wait for the account are due at once and wait again where the new hours say so.
    Whoever calls has asked for the right and journals it. Raises Invalid where both times are the same.
    """
    require_transaction()
    if hours is not None and hours[0] == hours[1]:
        raise Invalid(
            "开始和结束不能是同一时刻。",
            "They cannot end at the minute they begin.",
            fields={"ends": "与开始相同 / the same as the beginning"},
        )
    rows = QuietHours.objects.filter(account=account_id)
    if rows.values_list("starts", "ends").first() == hours:
        return False
    if hours is None:
        rows.delete()
    else:
        starts, ends = hours
        QuietHours.objects.update_or_create(account_id=account_id, defaults={"starts": starts, "ends": ends})
    OutboxMessage.objects.filter(recipient=account_id, state="queued", next_at__gt=at).update(next_at=at)
    return True
