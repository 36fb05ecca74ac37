"""Quiet hours: until when a message waits because its reader does not want to be told yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.utils import timezone

from goodword.base.people.models import Shift

from .models import OutboxMessage, QuietHours


def ends_at(starts: time, ends: time, *, now: datetime) -> datetime | None:
    """When the quiet hours that hold at `now` are over; None when none hold."""
    local = timezone.localtime(now)
    clock, over_midnight = local.time(), ends < starts
    is_quiet = (clock >= starts or clock < ends) if over_midnight else starts <= clock < ends
    if not is_quiet:
        return None
    day = local.date() + timedelta(days=1 if over_midnight and clock >= starts else 0)
    return timezone.make_aware(datetime.combine(day, ends))


def waiting_until(messages: Sequence[OutboxMessage], *, now: datetime) -> dict[int, datetime]:
    """{message: until when} for those that wait for the end of their reader's quiet hours.

    What is urgent never waits, nor does what a reader at work or on call is to be told: whoever is on the roster is
    there. One query, another where somebody's quiet hours hold.
    """
    patient = {m.pk: m.recipient_id for m in messages if m.recipient_id and m.payload.get("urgent") is False}
    if not patient:
        return {}
    rows = QuietHours.objects.filter(account__in=set(patient.values()))
    found = {row.account_id: ends_at(row.starts, row.ends, now=now) for row in rows}
    ends = {account: end for account, end in found.items() if end is not None}
    if ends:
        ends = _cut_by_shifts(ends, now=now)
    return {pk: ends[account] for pk, account in patient.items() if account in ends}


def _cut_by_shifts(ends: dict[int, datetime], *, now: datetime) -> dict[int, datetime]:
    """The same, over as soon as a shift of the reader begins, and left out where one is under way."""
    shifts = Shift.objects.filter(account__in=ends, ends_at__gt=now, starts_at__lt=max(ends.values()))
    for account, begins in shifts.order_by("-starts_at").values_list("account", "starts_at"):
        ends[account] = min(ends[account], begins)
    return {account: end for account, end in ends.items() if end > now}
