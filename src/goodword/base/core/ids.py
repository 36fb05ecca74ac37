"""Identifiers: sortable for rows, unguessable for the public."""

from __future__ import annotations

import hashlib
import os
import secrets
import time
import uuid

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def uuid7() -> uuid.UUID:
    """A time-ordered UUID (RFC 9562 version 7): 48 bits of milliseconds, 74 random bits."""
    # nosemgrep: clock-below-the-doors - gives ids their order; nobody is told a moment by it
    value = int(time.time() * 1000) << 80 | int.from_bytes(os.urandom(10))
    value = value & ~(0xF000 << 64) | 0x7000 << 64
    value = value & ~(0xC000 << 48) | 0x8000 << 48
    return uuid.UUID(int=value)


def public_token() -> str:
    """A token for a link or an API client: 256 random bits, URL-safe text."""
    return secrets.token_urlsafe(32)


def tracking_code() -> str:
    """A code a customer can read out on the telephone: 10 characters, about 49 bits, none alike.

    It only ever opens a case together with the case's number, behind a rate limit.
    """
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(10))


def token_digest(token: str) -> str:
    """What is stored of a token: SHA-256, 64 hexadecimal characters."""
    return hashlib.sha256(token.encode()).hexdigest()
