"""A letter longer than one message may be goes in several, and none of them twice."""

from __future__ import annotations

from collections.abc import Callable

from goodword.base.core.transactions import one_fact

from ..correspondence.models import Letter
from .models import Progress

MOST_BYTES = 2048


def split(text: str, *, most: int = MOST_BYTES) -> list[str]:
    """`text` in parts of at most `most` bytes of UTF-8: between lines where one ends in the latter half, else anywhere."""
    parts, rest = [], text.strip()
    while len(rest.encode()) > most:
        head = rest.encode()[:most].decode(errors="ignore")
        cut = head.rfind("\n")
        if cut < 0 or len(head[:cut].encode()) < most // 2:
            cut = len(head)
        parts.append(rest[:cut].rstrip("\n"))
        rest = rest[cut:].lstrip("\n")
    return [*parts, rest] if rest else parts


def in_parts(letter: Letter, text: str, send: Callable[[str, int], str]) -> str:
    """Hand each part with its number to `send`, from the first that was not yet taken; the last answer.

    Effects: how far it got, in a commit of its own after each part; nothing is kept of what goes in one.
    """
    parts, answer = split(text), ""
    done = Progress.objects.filter(letter_id=letter.pk).values_list("parts", flat=True).first() or 0
    for number, part in enumerate(parts[done:], start=done):
        answer = send(part, number)
        if len(parts) > 1:
            with one_fact():
                Progress.objects.update_or_create(letter_id=letter.pk, defaults={"parts": number + 1})
    return answer


def has_begun(letter: Letter) -> bool:
    """Whether a part of it was taken already."""
    return Progress.objects.filter(letter_id=letter.pk, parts__gt=0).exists()
