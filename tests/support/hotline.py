"""A call centre: it signs what it says as docs/packages/hotline.md tells it to."""

from __future__ import annotations

import json
from datetime import datetime
from itertools import count
from typing import Any

from django.http import HttpResponse
from django.test import Client

from goodword.base.core import clock
from goodword.base.core.transactions import one_fact
from goodword.company.channels.hotline.settings import Hotline, keep
from goodword.company.channels.signing import sign

SECRET = "a-secret-of-the-tests-only"
CALLER = "13800005678"
_ids = count(1)


def connected(**choices: Any) -> Hotline:
    """The hotline is set up, with the secret of the tests."""
    chosen = Hotline(secret=SECRET, **choices)
    with one_fact():
        keep(chosen)
    return chosen


def said(
    body: dict[str, Any] | bytes, *, sent_at: datetime, message_id: str = "", secret: str = SECRET
) -> HttpResponse:
    """What the product answers to a signed message."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    stamp, name = str(int(sent_at.timestamp())), message_id or f"msg-{next(_ids)}"
    return Client(HTTP_HOST="localhost", raise_request_exception=False).post(
        "/api/v1/hooks/hotline",
        raw,
        content_type="application/json",
        headers={
            "webhook-id": name,
            "webhook-timestamp": stamp,
            "webhook-signature": sign(secret, name, stamp, raw),
        },
    )  # type: ignore[return-value]  # the test client's own class


def rings(call: str, at: datetime, **more: Any) -> HttpResponse:
    """The telephone rings."""
    return said(
        {"event": "ringing", "call": call, "at": at.isoformat(), "from": CALLER, **more}, sent_at=clock.now()
    )


def tells(event: str, call: str, at: datetime, **more: Any) -> HttpResponse:
    """Another event of a call."""
    return said({"event": event, "call": call, "at": at.isoformat(), **more}, sent_at=clock.now())
