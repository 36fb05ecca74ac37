"""Colleagues are seated in the standing groups (WM-2.1a, SU-5, CS-2.1) and leave them."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.transactions import one_fact
from goodword.base.people.actions import groups
from goodword.base.people.actors import Actor
from goodword.base.people.models import Account, GroupSeat

from .facts import begin, journal
from .kinds import GROUP_SEATED, GROUP_UNSEATED


def seat(account: Account, group: str, *, place: str, by: Actor, at: datetime) -> GroupSeat:
    """Seat a colleague as leader, deputy or member. Journals `company.group_seated` unless nothing changes.

    Raises as `base.people.actions.groups.seat` does.
    """
    with one_fact():
        begin()
        before = GroupSeat.objects.filter(group=group, account=account).values_list("seat", flat=True).first()
        seated = groups.seat(account, group, place=place, by=by)
        if before != place:
            journal(GROUP_SEATED, by=by, at=at, group=group, account=account.pk, seat=place)
    return seated


def unseat(account: Account, group: str, *, by: Actor, at: datetime) -> bool:
    """Take a seat away; False when there was none. Journals `company.group_unseated` when there was."""
    with one_fact():
        begin()
        taken = groups.unseat(account, group, by=by)
        if taken:
            journal(GROUP_UNSEATED, by=by, at=at, group=group, account=account.pk)
    return taken
