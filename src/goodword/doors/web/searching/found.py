"""What a search found, as the page and the list under the search field draw it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. title, note: masked already. badge: a word of its state with its tone."""

    url: str
    title: str
    note: str = ""
    badge: str = ""
    tone: str = "neutral"


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind. more: the address of all of them; empty where these are all, or no such page is."""

    name: str
    title: str
    icon: str
    hits: list[Hit] = field(default_factory=list)
    more: str = ""
