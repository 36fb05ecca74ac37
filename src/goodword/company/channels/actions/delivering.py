"""What is in the outbox leaves: claim (commit), send, record (commit). What fails waits, or lies in sight."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from goodword.base.core.masks import mask_text
from goodword.base.core.transactions import one_fact

from ..claiming import MOST_ATTEMPTS, claim, is_mine, settle, settle_together
from ..holding import is_held
from ..models import OutboxMessage
from ..quiet import waiting_until
from ..registry import WAYS
from ..ways import CannotSendError, NotYetError, Outcome, OutcomeUnknownError, Way

FIRST_WAIT_FOR = timedelta(seconds=15)
LONGEST_WAIT_FOR = timedelta(hours=1)


class OvertakenError(Exception):
    """Another worker has taken the message over; what was written for it is rolled back."""


def deliver(
    *,
    now: datetime,
    worker: str,
    jitter: Callable[[], float] = random.random,
    limit: int = 100,
    ways: Mapping[str, Way] = WAYS,
    which: Q | None = None,
) -> int:
    """Send what is due; returns how many messages were sent. Nothing while the installation is held.

    `jitter` gives a number from 0 to 1 that spreads the next tries. which: only these messages. Safe with any number
    of workers.
    """
    if is_held():
        return 0
    sent, limited = 0, which
    while limit > 0 and (mine := claim(now=now, worker=worker, limit=limit, ways=ways, which=limited)):
        sent += _send_all(mine, ways, now=now, jitter=jitter)
        # Of each series only the first was claimed: the next has its turn now.
        series = {message.series for message in mine if message.series}
        limit = limit - len(mine) if series else 0
        limited = Q(series__in=series)
    return sent


def _send_all(
    mine: Sequence[OutboxMessage], ways: Mapping[str, Way], *, now: datetime, jitter: Callable[[], float]
) -> int:
    """Send what was claimed; how many were sent."""
    claimed = _without_waiting(mine, ways, now)
    together = [message for message in claimed if ways[message.way].send_together is not None]
    sent = sum(_send_together(some, way, now=now, jitter=jitter) for way, some in _by_way(together, ways))
    rest = [message for message in claimed if ways[message.way].send_together is None]
    return sent + sum(_send(message, ways[message.way], now=now, jitter=jitter) for message in rest)


def _without_waiting(
    claimed: Sequence[OutboxMessage], ways: Mapping[str, Way], now: datetime
) -> list[OutboxMessage]:
    """Those to be sent now; what its reader's quiet hours hold back is due again at their end, and was no try."""
    waiting = waiting_until(claimed, now=now)
    for way, some in _by_way(claimed, ways):
        if way.waiting is not None:
            waiting |= way.waiting(some, now)
    for message in claimed:
        if message.pk in waiting:
            settle(message, "queued", next_at=waiting[message.pk], attempts=message.attempts - 1)
    return [message for message in claimed if message.pk not in waiting]


def _by_way(
    messages: Sequence[OutboxMessage], ways: Mapping[str, Way]
) -> Iterator[tuple[Way, list[OutboxMessage]]]:
    for code in dict.fromkeys(message.way for message in messages):
        yield ways[code], [message for message in messages if message.way == code]


def _send_together(
    messages: Sequence[OutboxMessage], way: Way, *, now: datetime, jitter: Callable[[], float]
) -> int:
    """Messages of a way that only writes to this database, in one transaction; where one of them fails, one by one."""
    assert way.send_together is not None
    try:
        with one_fact():
            mine = settle_together(messages, sent_at=now)
            way.send_together(mine, now)
    except Exception:
        return sum(_send(message, way, now=now, jitter=jitter) for message in messages)
    return len(mine)


def wait_before(attempt: int, *, jitter: float) -> timedelta:
    """The wait after try number `attempt` failed: from 15 s doubling to an hour, half of it by chance."""
    longest = min(FIRST_WAIT_FOR * (1 << attempt - 1), LONGEST_WAIT_FOR)
    return longest / 2 + longest / 2 * jitter


def _send(message: OutboxMessage, way: Way, *, now: datetime, jitter: Callable[[], float]) -> bool:
    try:
        return _send_inside(message, way, now) if way.inside else _send_outside(message, way, now)
    except OvertakenError:
        return False
    except NotYetError as full:
        settle(message, "queued", next_at=full.until, attempts=message.attempts - 1)
    except CannotSendError as problem:
        _end(message, way, Outcome("dead", now, why=mask_text(str(problem))[:400]))
    except OutcomeUnknownError as problem:
        _end(message, way, Outcome("unknown", now, why=mask_text(str(problem))[:400]))
    except Exception as problem:
        # Whatever a way raises, the message must not be lost with it, nor those after it.
        if message.attempts >= MOST_ATTEMPTS:
            _end(message, way, Outcome("dead", now, why=_said(problem)))
        else:
            again_at = now + wait_before(message.attempts, jitter=jitter())
            settle(message, "failed", last_error=_said(problem), next_at=again_at)
    return False


def _end(message: OutboxMessage, way: Way, outcome: Outcome) -> bool:
    """Record what became of it in the end, and let its way hear, in one transaction. False: it was taken over."""
    sent = {"sent_at": outcome.at} if outcome.state == "sent" else {}
    with one_fact():
        mine = settle(message, outcome.state, last_error=outcome.why, **sent)
        if mine and way.settled is not None:
            way.settled(message, outcome)
    return mine


def _send_inside(message: OutboxMessage, way: Way, now: datetime) -> bool:
    with one_fact():
        if not settle(message, "sent", sent_at=now, last_error=""):
            raise OvertakenError
        way.send(message, now)
    return True


def _send_outside(message: OutboxMessage, way: Way, now: datetime) -> bool:
    if not is_mine(message):
        return False
    outside_id = way.send(message, now)
    try:
        return _end(message, way, Outcome("sent", now, outside_id=outside_id or ""))
    except Exception as problem:
        # It has left: whatever failed since, trying again would send it twice.
        return settle(message, "unknown", last_error=_said(problem))


def _said(problem: Exception) -> str:
    return mask_text(f"{type(problem).__name__}: {problem}")[:400]
