"""An access token for a mailbox that logs in by OAuth2, from its refresh token; kept once for all processes."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from urllib.parse import urlencode

from ..outside import call
from ..tokens import Lent, forget, token
from .models import Mailbox

LASTS = timedelta(minutes=50)
"""Where the answer does not say how long it holds."""


class NoAccessError(Exception):
    """The provider gave no token, and why in its own word."""


def access_token(box: Mailbox) -> str:
    """The token that logs in. Raises NoAccessError, and what `tokens.token` and `outside.call` raise."""
    return token(_name(box), lambda: _asked(box))


def give_up(box: Mailbox, refused: str) -> None:
    """The server does not take this token: the next who asks gets another."""
    forget(_name(box), refused)


def _name(box: Mailbox) -> str:
    return f"mailbox:{box.pk}:{hashlib.sha256(box.sealed.encode()).hexdigest()[:12]}"  # other secrets, another token


def _asked(box: Mailbox) -> Lent:
    asked = {
        "grant_type": "refresh_token",
        "refresh_token": box.secret("refresh_token"),
        "client_id": box.client_id,
        "client_secret": box.secret("client_secret"),
        "scope": box.scope,
    }
    body = urlencode({name: value for name, value in asked.items() if value}).encode()
    answer = call(box.token_url, body, headers={"content-type": "application/x-www-form-urlencoded"})
    said = answer.json()
    if answer.status != 200 or not isinstance(said.get("access_token"), str):
        raise NoAccessError(str(said.get("error") or answer.status)[:100])
    lasts = said.get("expires_in")
    if isinstance(lasts, int | float) and 0 < lasts < 10**7:
        return Lent(said["access_token"], timedelta(seconds=lasts))
    return Lent(said["access_token"], LASTS)
