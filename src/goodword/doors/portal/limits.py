"""How often one address may do something before it has to wait."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.core.cache import cache


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` times within `seconds` of the first, for each key."""

    name: str
    most: int
    seconds: int

    def is_reached(self, *key: object) -> bool:
        """Whether the next time has to wait."""
        return int(cache.get(self._key(key), 0)) >= self.most

    def count(self, *key: object) -> None:
        """One time more."""
        place = self._key(key)
        cache.add(place, 0, self.seconds)
        try:
            cache.incr(place)
        except ValueError:  # it ran out between the two lines
            cache.set(place, 1, self.seconds)

    def forget(self, *key: object) -> None:
        """Begin at nought again."""
        cache.delete(self._key(key))

    def _key(self, key: tuple[object, ...]) -> str:
        digest = hashlib.sha256("\x1f".join(map(str, key)).encode()).hexdigest()
        return f"portal:{self.name}:{digest}"


SENDING = Limit("sending", most=20, seconds=3600)
"""Forms from one address; a family, an office or a venue shares one."""

GUESSING = Limit("guessing", most=8, seconds=900)
"""Wrong codes for one number from one address."""

SEARCHING = Limit("searching", most=60, seconds=900)
"""Wrong codes for whatever number from one address."""

CHATTING = Limit("chatting", most=300, seconds=3600)
"""Words in chats from one address."""

ARRIVING = Limit("arriving", most=30, seconds=3600)
"""New chats from one address."""
