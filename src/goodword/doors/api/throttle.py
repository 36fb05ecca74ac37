"""A modest limit per token (GOODWORD_API_PER_MINUTE), so that one program's loop does not slow the others down.

Counted in this process's cache: with several web processes the limit is per process.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.cache import cache

from goodword.base.core.errors import DomainError


class TooMany(DomainError):
    """More requests in this minute than one token may make: 429."""

    code = "too_many"

    def __init__(self, *, again_in: int) -> None:
        super().__init__(
            "请求过于频繁,请稍后再试。",
            "Too many requests; slow down.",
            cure_zh=f"{again_in} 秒后再试。",
            cure_en=f"Try again in {again_in} s.",
        )
        self.again_in = again_in


def count(token: str, *, at: datetime) -> None:
    """Count one request of `token`. Raises TooMany past the limit, with the seconds to wait."""
    minute, second = divmod(int(at.timestamp()), 60)
    key = f"api:{token}:{minute}"
    cache.add(key, 0, timeout=120)
    try:
        made = cache.incr(key)
    except ValueError:
        return  # the cache dropped the counter between the two calls: nothing to hold against anybody
    if made > settings.GOODWORD_API_PER_MINUTE:
        raise TooMany(again_in=60 - second)
