"""A write that is sent twice is done once: the record of (scope, key) and its first answer."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from .errors import DomainError
from .inserting import insert_unless_there
from .models import IdempotencyRecord
from .transactions import require_transaction

KEPT_FOR = timedelta(days=30)
SETTLE = "UPDATE core_idempotencyrecord SET status = %s, answer = %s WHERE id = %s"


class KeyReused(DomainError):
    """The same key came with another body: 422."""

    code = "key_reused"


class InFlight(DomainError):
    """The first request with this key has not finished: 409, try again."""

    code = "in_flight"


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """What the first request with this key was answered."""

    status: int
    body: Any


def digest_of(body: object) -> str:
    """A digest of any JSON-like value; key order does not matter."""
    return hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()


def recall(scope: str, key: str, *, digest: str) -> FirstAnswer | None:
    """The first answer for this key, or None when it is new. Raises KeyReused for another body."""
    record = IdempotencyRecord.objects.filter(scope=scope, key=key).first()
    if record is None:
        return None
    if record.digest != digest:
        raise KeyReused(
            "这个幂等键已用于另一份内容,请换一个键。",
            "This idempotency key was used for another body; use a new key.",
        )
    return FirstAnswer(record.status, record.answer)


def claim(scope: str, key: str, *, digest: str, at: datetime) -> IdempotencyRecord:
    """Reserve (scope, key) inside the caller's transaction. A rival that holds it: InFlight.

    Effects: one row, written with the fact itself: either both are there or neither.
    """
    require_transaction()
    record = IdempotencyRecord(scope=scope, key=key, digest=digest, created_at=at)
    if not insert_unless_there(record):
        raise InFlight(
            "同一请求正在处理,请稍后再试。", "The same request is being handled; try again shortly."
        )
    return record


def settle(record: IdempotencyRecord, *, status: int, answer: Any) -> None:
    """Keep the first answer with the key, in the same transaction as the fact."""
    record.status = status
    record.answer = answer
    with connection.cursor() as cursor:  # by hand: every write of the API passes here
        cursor.execute(SETTLE, [status, json.dumps(answer), record.pk])


def forget(*, now: datetime) -> int:
    """Delete records older than 30 days; returns how many."""
    return IdempotencyRecord.objects.filter(created_at__lt=now - KEPT_FOR).delete()[0]
