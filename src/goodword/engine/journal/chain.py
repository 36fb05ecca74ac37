"""The arithmetic of the chain: pure functions on plain values."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any


def entry_digest(
    *,
    subject: tuple[str, str],
    number: int,
    kind: str,
    at: datetime,
    recorded_at: datetime,
    by_id: int | None,
    facts: dict[str, Any],
    before: str,
) -> str:
    """SHA-256 of an entry's canonical form, chained to the digest `before`: 64 hexadecimal characters."""
    canonical = json.dumps(
        [*subject, number, kind, _stamp(at), _stamp(recorded_at), by_id, facts, before],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def sign(key: bytes, *parts: object) -> str:
    """HMAC-SHA-256 over the parts, for heads and seals: who can only write the database cannot make one."""
    return hmac.new(key, "|".join(str(part) for part in parts).encode(), hashlib.sha256).hexdigest()


def running_digest(before: str, digests: list[str]) -> str:
    """The digest over a run of entries that continues from `before`."""
    running = hashlib.sha256(before.encode())
    for digest in digests:
        running.update(digest.encode())
    return running.hexdigest()
