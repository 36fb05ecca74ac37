"""When a colleague wants to be told only what is urgent: everybody's own choice."""

from __future__ import annotations

from datetime import datetime, time

from goodword.base.core.errors import Forbidden
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.base.people.models import Account
from goodword.company.channels.actions import quieting

from .facts import begin, journal
from .kinds import QUIET_HOURS_SET


def set_quiet_hours(
    account: Account, *, hours: tuple[time, time] | None, by: Actor, at: datetime
) -> tuple[time, time] | None:
    """Keep what is not urgent from the account between these times of day (from, until); None: never.

    Effects: `channels.actions.quieting.set_quiet_hours`; `company.quiet_hours_set` when they differ. Raises
    Forbidden for anybody else's account, Invalid where both times are the same.
    """
    if by.account_id != account.pk:
        raise Forbidden("免打扰时段只能由本人设定。", "Quiet hours are one’s own to set.")
    with one_fact():
        begin()
        if quieting.set_quiet_hours(account.pk, hours, at=at):
            starts, ends = (f"{moment:%H:%M}" for moment in hours) if hours else ("", "")
            journal(QUIET_HOURS_SET, by=by, at=at, account=account.pk, starts=starts, ends=ends)
    return hours
