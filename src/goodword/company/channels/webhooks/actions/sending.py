"""One event to one address, signed; what fails is tried again, and who fails too long is switched off, and said so."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from goodword.base.core.masks import mask_text
from goodword.base.core.sealing import decrypt
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import SYSTEM
from goodword.engine.journal.recording import lock_subject, record

from ...models import OutboxMessage
from ...outside import NoAnswerError, call
from ...signing import sign
from ...ways import CannotSendError
from ..kinds import SWITCHED_OFF
from ..models import Endpoint

PURPOSE = "webhooks"
GONE = 410


class NotTakenError(Exception):
    """The other side did not take it; tried again, it knows the message by its id."""


def send(message: OutboxMessage, now: datetime) -> None:
    """The outbox's way. Taken is what is answered with 2xx; 410 says that nobody listens there any more."""
    endpoint = Endpoint.objects.filter(pk=message.payload["endpoint"]).first()
    if endpoint is None or not endpoint.is_on:
        raise CannotSendError("this endpoint is switched off")
    try:
        _post(endpoint, message, now)
    except Exception as problem:
        _failed(endpoint, problem, now)
        raise
    Endpoint.objects.filter(pk=endpoint.pk).update(good_at=now, failing_since=None)


def body_of(message: OutboxMessage) -> bytes:
    """What is sent, the same with every try."""
    told = {name: message.payload[name] for name in ("type", "timestamp", "data")}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _post(endpoint: Endpoint, message: OutboxMessage, now: datetime) -> None:
    body, stamp, name = body_of(message), str(int(now.timestamp())), f"evt_{message.payload['entry']}"
    headers = {
        "content-type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": stamp,
        "webhook-signature": sign(decrypt(endpoint.sealed_secret, purpose=PURPOSE), name, stamp, body),
    }
    address = decrypt(endpoint.sealed_address, purpose=PURPOSE)
    try:
        answer = call(address, body, headers=headers, private=endpoint.private)
    except NoAnswerError as silent:
        raise NotTakenError(str(silent)) from silent
    if answer.status == GONE:
        raise CannotSendError("410: nobody listens there any more")
    if not 200 <= answer.status < 300:
        raise NotTakenError(f"answered {answer.status}")


def _failed(endpoint: Endpoint, problem: Exception, now: datetime) -> None:
    """Effects: since when it fails; switched off after its hours of that, with `endpoint.switched_off`."""
    with one_fact():
        lock_subject("endpoint", endpoint.pk)
        row = Endpoint.objects.get(pk=endpoint.pk)
        row.failing_since = row.failing_since or now
        row.bad_why = mask_text(str(problem))[:200]
        is_over = now - row.failing_since >= timedelta(hours=row.gives_up_after)
        if row.is_on and (is_over or (isinstance(problem, CannotSendError) and str(GONE) in str(problem))):
            row.is_on = False
            record(SWITCHED_OFF, row.pk, by=SYSTEM, at=now, facts={"hours": row.gives_up_after})
        row.save(update_fields=["failing_since", "bad_why", "is_on"])
