"""An access token for a mailbox that logs in by OAuth2, from its refresh token; kept once for all processes."""

from __future__ import annotations

import hashlib
import imaplib
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlencode

from imap_tools import MailboxLoginError

from ..outside import call
from ..tokens import Lent, forget, token
from .models import Mailbox


class NoAccessError(Exception):
    """The provider gave no token, and why in its own word."""


LASTS = timedelta(minutes=50)
"""Where the answer does not say how long it holds."""


def access_token(box: Mailbox) -> str:
    """The token that logs in. Raises NoAccessError, and what `tokens.token` and `outside.call` raise."""
    return token(_name(box), lambda: _asked(box))


@contextmanager
def held_to_be_good(box: Mailbox) -> Iterator[str]:
    """The access token; where the server refuses it, the next log-in gets another."""
    lent = access_token(box)
    try:
        yield lent
    except (imaplib.IMAP4.error, smtplib.SMTPAuthenticationError, MailboxLoginError):
        forget(_name(box), lent)
        raise


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
    known = isinstance(lasts, int) and 0 < lasts < 10**7
    return Lent(said["access_token"], timedelta(seconds=lasts or 0) if known else LASTS)
