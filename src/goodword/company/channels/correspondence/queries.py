"""Reading what arrived and what left, for a case."""

from __future__ import annotations

from uuid import UUID

from .models import Arrival, Letter

MOST = 200


def letters_of(case_id: UUID) -> dict[int, list[Letter]]:
    """{message: its letters, the first try first} of a case. One query."""
    found: dict[int, list[Letter]] = {}
    for letter in Letter.objects.filter(case_id=case_id).order_by("written_at", "pk")[:MOST]:
        found.setdefault(letter.message_id, []).append(letter)
    return found


def held(*, limit: int = 50) -> list[Arrival]:
    """What waits for a person to let it in, the newest first."""
    rows = Arrival.objects.exclude(held="").select_related("party", "inbound").order_by("-at", "-pk")
    return list(rows[: min(limit, MOST)])


def held_for(case_id: UUID) -> list[Arrival]:
    """What is held apart beside a case."""
    rows = Arrival.objects.filter(case_id=case_id).exclude(held="").select_related("party", "inbound")
    return list(rows.order_by("at", "pk")[:MOST])
