"""Whether a message really comes from who shares a secret with us, just now: HMAC-SHA256 over id, time and bytes.

The scheme is that of the public Standard Webhooks text: headers `webhook-id`, `webhook-timestamp` (seconds since
1970) and `webhook-signature`, one or several `v1,<base64>` separated by spaces, over `<id>.<timestamp>.<body>`. Here
the secret's text itself is the key.
"""

from __future__ import annotations

import hmac
import re
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Protocol

_ID = re.compile(r"[\x21-\x7e]{1,120}")
_STAMP = re.compile(r"\d{9,11}", re.ASCII)


class Believing(Protocol):
    """Who judges: the secrets that sign now, and by how many seconds the sender's clock may differ from ours."""

    @property
    def secrets(self) -> tuple[str, ...]: ...
    @property
    def may_differ(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Signed:
    """What the headers say: the message's id, when it was sent by the sender's clock, its signatures."""

    id: str
    stamp: str
    signatures: tuple[str, ...]

    @classmethod
    def of(cls, message_id: str, stamp: str, signatures: str) -> Signed:
        """From the three headers as they came."""
        return cls(message_id, stamp, tuple(signatures.split()[:5]))

    def ahead(self, *, at: datetime) -> float:
        """Seconds by which the sender's clock is ahead of ours; 0 where the stamp is none."""
        return int(self.stamp) - at.timestamp() if _STAMP.fullmatch(self.stamp) else 0.0

    def refusal(self, body: bytes, *, by: Believing, at: datetime) -> str:
        """Why it is not taken: `unset`, `headers`, `signature`, `time`; empty when it is good."""
        if not by.secrets:
            return "unset"
        if not (_ID.fullmatch(self.id) and _STAMP.fullmatch(self.stamp) and self.signatures):
            return "headers"
        good = [sign(secret, self.id, self.stamp, body).encode() for secret in by.secrets]
        given = [one.encode(errors="replace") for one in self.signatures]
        if not any(hmac.compare_digest(one, other) for one in good for other in given):
            return "signature"
        return "time" if abs(self.ahead(at=at)) > by.may_differ else ""


def sign(secret: str, message_id: str, stamp: str, body: bytes) -> str:
    """The signature a sender puts on a message."""
    content = f"{message_id}.{stamp}.".encode() + body
    return f"v1,{b64encode(hmac.new(secret.encode(), content, sha256).digest()).decode()}"
