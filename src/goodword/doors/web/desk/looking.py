"""When somebody looked at the desk before: what began since is marked as new.

A look lasts as long as the page is open and asks; who comes back after AWAY_FOR begins another, and what is new is new
since the last one ended. The browser keeps both moments in a cookie, so that looking writes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

COOKIE = "desk_look"
AWAY_FOR = timedelta(minutes=10)
"""Who has not asked for so long has looked away."""
KEPT_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Look:
    """This look: what began after `since` is new in it; `account` is whose look it is."""

    account: int
    since: datetime

    def note(self, response: HttpResponseBase, *, at: datetime) -> None:
        """Let the browser keep that somebody looked at `at`."""
        response.set_cookie(
            COOKIE,
            f"{self.account}.{int(self.since.timestamp())}.{int(at.timestamp())}",
            max_age=KEPT_FOR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def look_of(request: HttpRequest, account: int, *, at: datetime) -> Look:
    """The look this request belongs to. Without a trustworthy cookie, or with somebody else's, nothing is new."""
    kept = request.COOKIES.get(COOKIE, "").split(".")
    if len(kept) != 3 or not all(part.isascii() and part.isdigit() and len(part) <= 12 for part in kept):
        return Look(account, at)
    whose, since, last = (int(part) for part in kept)
    try:
        begun, seen = datetime.fromtimestamp(since, UTC), datetime.fromtimestamp(last, UTC)
    except (ValueError, OverflowError, OSError):
        return Look(account, at)
    if whose != account or seen > at:
        return Look(account, at)
    return Look(account, seen if at - seen > AWAY_FOR else begun)
