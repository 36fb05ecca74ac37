"""The signature both put on what they send: SHA-1 over the sorted, joined words, one of which is a shared secret.

The public protocol knows no stronger one; in safe mode the sealed words are among those that are signed.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime

_STAMP = re.compile(r"\d{9,11}", re.ASCII)
_NONCE = re.compile(r"[0-9A-Za-z_-]{1,64}", re.ASCII)


def signature(*words: str) -> str:
    """Hexadecimal, 40 letters."""
    joined = "".join(sorted(words)).encode(errors="replace")
    # nosemgrep: weak-or-own-comparison-of-secrets - the protocol of the other side, which knows no other
    return hashlib.sha1(joined, usedforsecurity=False).hexdigest()


def is_signed(given: str, *words: str) -> bool:
    """Whether `given` is the signature of `words`; takes the same time whichever letter differs."""
    return hmac.compare_digest(given.encode(errors="replace"), signature(*words).encode())


@dataclass(frozen=True, slots=True)
class Query:
    """What stands in the address of a post: two signatures, of which one at least is there, and what was signed."""

    signature: str
    sealed_signature: str
    stamp: str
    nonce: str
    is_sealed: bool

    @property
    def is_whole(self) -> bool:
        """Whether there is a time and a number used once, as both always send them."""
        return bool(_STAMP.fullmatch(self.stamp) and _NONCE.fullmatch(self.nonce))

    def is_timely(self, *, may_differ: int, at: datetime) -> bool:
        """Whether it was sent just now: not more than `may_differ` seconds from our clock."""
        return abs(int(self.stamp) - at.timestamp()) <= may_differ
