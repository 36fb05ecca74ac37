"""The company's own app and a visitor's chat: what they send, signed as docs/packages/app.md tells."""

from __future__ import annotations

import json
from datetime import datetime
from itertools import count
from typing import Any

from django.http import HttpResponse
from django.test import Client

from goodword.base.core import clock
from goodword.base.core.transactions import one_fact
from goodword.company.channels.app.settings import Box, keep
from goodword.company.channels.correspondence.actions.arriving import arrive
from goodword.company.channels.correspondence.arriving import Arrived, Taken
from goodword.company.channels.signing import sign

SECRET = "a-secret-of-the-tests-only"
ORIGIN = "https://shop.invented.example"
_ids = count(1)


def opened(**choices: Any) -> Box:
    """The chat is open, with the secret of the tests."""
    chosen = Box(**{"is_open": True, "secret": SECRET, "origins": (ORIGIN,), **choices})
    with one_fact():
        keep(chosen)
    return chosen


def wrote(
    text: str = "直播间没有声音",
    *,
    at: datetime,
    user: str = "user:invented",
    channel: str = "app",
    **more: Any,
) -> Taken:
    """Somebody wrote in a chat, past the doors."""
    return arrive(Arrived(channel, f"t-{next(_ids)}", user, text, at, **more))


def _headers(name: str, stamp: str, signature: str) -> dict[str, str]:
    return {"webhook-id": name, "webhook-timestamp": stamp, "webhook-signature": signature}


def tells(
    body: dict[str, Any] | bytes,
    *,
    sent_at: datetime | None = None,
    message_id: str = "",
    secret: str = SECRET,
) -> HttpResponse:
    """What the product answers to a signed message of the app."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    stamp, name = str(int((sent_at or clock.now()).timestamp())), message_id or f"app-{next(_ids)}"
    return Client(HTTP_HOST="localhost", raise_request_exception=False).post(
        "/api/v1/hooks/app",
        raw,
        content_type="application/json",
        headers=_headers(name, stamp, sign(secret, name, stamp, raw)),
    )  # type: ignore[return-value]  # the test client's own class


def looks(path: str, *, signed_for: str = "", tag: str = "") -> HttpResponse:
    """What the app sees at a signed address."""
    stamp, name = str(int(clock.now().timestamp())), f"look-{next(_ids)}"
    headers = _headers(name, stamp, sign(SECRET, name, stamp, (signed_for or path).encode()))
    if tag:
        headers["If-None-Match"] = tag
    return Client(HTTP_HOST="localhost", raise_request_exception=False).get(path, headers=headers)  # type: ignore[return-value]  # as above
