"""Access tokens of other systems (WeChat, WeCom, DingTalk, Feishu): one for all processes, renewed by one of them.

Those systems lend a token for about two hours, and a new one makes the old one worthless: two processes that renew at
once put each other out. So it is kept in one row, and whoever renews holds that row's turn meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from goodword.base.core.clock import database_now
from goodword.base.core.sealing import decrypt, encrypt
from goodword.base.core.transactions import one_fact

from .models import AccessToken

PURPOSE = "tokens"
RENEWED_BEFORE = timedelta(minutes=5)
"""So long before its end a token is renewed; until then the old one still does for everybody else."""
TURN_LASTS = timedelta(seconds=20)
"""Whoever renews and is not heard of for so long has died: the next one renews."""
WAITS_FOR = timedelta(seconds=15)
ASKS_EVERY = timedelta(seconds=0.2)


class NoTokenError(Exception):
    """Another process was to renew the token and has not: try again later."""


@dataclass(frozen=True, slots=True)
class Lent:
    """A token as the other side gave it, and for how long from now."""

    value: str
    lasts: timedelta


def token(
    name: str,
    fetch: Callable[[], Lent],
    *,
    now: Callable[[], datetime] = database_now,
    pause: Callable[[float], object] = time.sleep,
) -> str:
    """The token called `name` (say `wechat:<appid>`); `fetch` asks the other side for a new one.

    Effects: `fetch` is called by one process at a time, outside any transaction of ours, and only when the token is
    missing or within five minutes of its end. Raises what `fetch` raises; NoTokenError when another process
    should have renewed it and did not. Never call it inside a fact.
    """
    until = now() + WAITS_FOR
    while True:
        at = now()
        row = AccessToken.objects.filter(name=name).first()
        if row is not None and row.expires_at is not None and row.expires_at - RENEWED_BEFORE > at:
            return _opened(row)
        turn = _take_turn(name, at)
        if turn is not None:
            return _renew(name, fetch, turn, now)
        if row is not None and row.expires_at is not None and row.expires_at > at:
            return _opened(row)
        if at >= until:
            raise NoTokenError(name)
        pause(ASKS_EVERY.total_seconds())


def forget(name: str, refused: str) -> bool:
    """The other side says that `refused` holds no more: the next who asks renews it.

    False where another token is kept by now: a process that comes late with its bad news does no harm.
    """
    with one_fact():
        row = AccessToken.objects.select_for_update().filter(name=name).first()
        if row is None or _opened(row) != refused:
            return False
        row.expires_at = None
        row.save(update_fields=["expires_at"])
    return True


def _take_turn(name: str, at: datetime) -> datetime | None:
    """Until when it is ours to renew; None where it is somebody else's."""
    with one_fact():
        AccessToken.objects.get_or_create(name=name)
        due = Q(expires_at=None) | Q(expires_at__lte=at + RENEWED_BEFORE)
        free = Q(renewing_until=None) | Q(renewing_until__lte=at)
        until = at + TURN_LASTS
        taken = AccessToken.objects.filter(due, free, name=name).update(renewing_until=until)
    return until if taken else None


def _renew(name: str, fetch: Callable[[], Lent], turn: datetime, now: Callable[[], datetime]) -> str:
    mine = AccessToken.objects.filter(name=name, renewing_until=turn)
    asked_at = now()
    try:
        lent = fetch()
    except BaseException:
        mine.update(renewing_until=None)
        raise
    # Counted from before it was asked for: the other side's time began no earlier.
    mine.update(
        sealed=encrypt(lent.value, purpose=PURPOSE), expires_at=asked_at + lent.lasts, renewing_until=None
    )
    return lent.value


def _opened(row: AccessToken) -> str:
    return decrypt(row.sealed, purpose=PURPOSE)
