"""Where an account is logged in, and ending that: one place, or all but the one at hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.sessions.models import Session

from goodword.base.core.errors import Forbidden, NotFound
from goodword.base.core.ids import token_digest
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.base.people.models import Account

from .facts import begin, journal
from .kinds import LOGGED_OUT

NAMED_BY = 32
"""Letters of a session's digest that name it on a page: the key itself would open the account."""


@dataclass(frozen=True, slots=True)
class LogIn:
    """One place: its name on the page, the browser's own words, its address, since and until when seen; here or not."""

    name: str
    device: str
    address: str
    begun: datetime | None
    seen: datetime | None
    is_here: bool


def log_ins(account: Account, *, here: str | None, at: datetime) -> list[LogIn]:
    """Where the account is logged in at `at`, this place first, then the last seen. `here`: this session's key."""
    found = [_shown(session, kept, here) for session, kept in _of(account, at)]
    return sorted(found, key=lambda one: (not one.is_here, -(one.seen or at).timestamp()))


def end_others(account: Account, *, here: str | None, by: Actor, at: datetime) -> int:
    """End every log-in of one's account but this one; returns how many. Effects: `company.logged_out` for any."""
    return _end(account, [s for s, _ in _of(account, at) if s.session_key != here], by=by, at=at)


def end_one(account: Account, name: str, *, by: Actor, at: datetime) -> None:
    """End the log-in of that name. Effects: `company.logged_out`. Raises NotFound when it has ended."""
    named = [session for session, _ in _of(account, at) if _name(session) == name]
    if not _end(account, named, by=by, at=at):
        raise NotFound("这处登录已经结束。", "That log-in has ended already.")


def _end(account: Account, sessions: list[Session], *, by: Actor, at: datetime) -> int:
    if by.account_id != account.pk:
        raise Forbidden("只能退出自己的登录。", "Only one’s own log-ins can be ended.")
    with one_fact():
        begin()
        ended, _ = Session.objects.filter(pk__in=[session.pk for session in sessions]).delete()
        if ended:
            journal(LOGGED_OUT, by=by, at=at, account=account.pk, ended=ended)
    return ended


def _of(account: Account, at: datetime) -> Iterator[tuple[Session, dict[str, Any]]]:
    """The account's sessions with what they keep. Only colleagues have any: public pages begin none."""
    for session in Session.objects.filter(expire_date__gt=at).iterator():
        kept = session.get_decoded()
        if kept.get("_auth_user_id") == str(account.pk):
            yield session, kept


def _name(session: Session) -> str:
    return token_digest(session.session_key)[:NAMED_BY]


def _shown(session: Session, kept: dict[str, Any], here: str | None) -> LogIn:
    return LogIn(
        name=_name(session),
        device=str(kept.get("device", "")),
        address=str(kept.get("address", "")),
        begun=_moment(kept.get("begun")),
        seen=_moment(kept.get("seen")),
        is_here=session.session_key == here,
    )


def _moment(seconds: Any) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) else None
