"""Who is on duty and who stands in, as decided for colleagues."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.transactions import one_fact
from goodword.base.people.actions import rosters
from goodword.base.people.actors import Actor
from goodword.base.people.models import Absence, Account, Shift

from .facts import begin, journal
from .kinds import ABSENCE_ADDED, ABSENCE_ENDED, SHIFT_ADDED, SHIFT_SWITCHED


def add_shift(
    account: Account, *, kind: str, starts_at: datetime, ends_at: datetime, by: Actor, at: datetime
) -> Shift:
    """Put a colleague on duty. Journals `company.shift_added`. Raises as `rosters.add_shift` does."""
    with one_fact():
        begin()
        known = set(account.shifts.values_list("pk", flat=True).filter(starts_at=starts_at))
        shift = rosters.add_shift(account, starts_at=starts_at, ends_at=ends_at, kind=kind, by=by)
        if shift.pk not in known:
            journal(
                SHIFT_ADDED, by=by, at=at, account=account.pk, shift=shift.pk, **_span(starts_at, ends_at)
            )
    return shift


def send_away(
    account: Account,
    *,
    stand_in: Account,
    starts_at: datetime,
    ends_at: datetime,
    reason: str,
    by: Actor,
    at: datetime,
) -> Absence:
    """A colleague is away, and another stands in. Journals `company.absence_added`. Raises as `rosters.go_away`."""
    with one_fact():
        begin()
        known = set(account.absences.values_list("pk", flat=True).filter(starts_at=starts_at))
        absence = rosters.go_away(
            account, stand_in=stand_in, starts_at=starts_at, ends_at=ends_at, reason=reason, by=by
        )
        if absence.pk not in known:
            span = _span(starts_at, ends_at)
            journal(ABSENCE_ADDED, by=by, at=at, account=account.pk, stand_in=stand_in.pk, **span)
    return absence


def call_back(absence: Absence, *, by: Actor, at: datetime) -> bool:
    """The absence ends now, or does not begin. Journals `company.absence_ended` unless it was over."""
    account_id, stand_in_id = absence.account_id, absence.stand_in_id
    with one_fact():
        begin()
        ended = rosters.come_back(absence, by=by, at=at)
        if ended:
            journal(ABSENCE_ENDED, by=by, at=at, account=account_id, stand_in=stand_in_id)
    return ended


def set_on_shift(account: Account, on_shift: bool, *, by: Actor, at: datetime) -> Account:
    """Turn the on-shift switch. Journals `company.shift_switched` when it was the other way. Raises Forbidden."""
    with one_fact():
        begin()
        before = Account.objects.values_list("on_shift", flat=True).get(pk=account.pk)
        switched = rosters.set_on_shift(account, on_shift, by=by)
        if before != on_shift:
            journal(SHIFT_SWITCHED, by=by, at=at, account=account.pk, on_shift=on_shift)
    return switched


def _span(starts_at: datetime, ends_at: datetime) -> dict[str, str]:
    return {"starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat()}
