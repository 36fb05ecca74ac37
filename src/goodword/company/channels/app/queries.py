"""Reading chats: who waits for a person, who was answered lately, what stands on a customer's screen."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from ..correspondence.models import Arrival, Party
from .models import ChatLine, ChatTurn, Link

MOST = 100


def waiting(*, limit: int = MOST) -> list[ChatTurn]:
    """Who waits for a person now, the longest first. One query on an index."""
    return list(ChatTurn.objects.filter(ended_at=None).order_by("asked_at")[: min(limit, MOST)])


def answered_since(since: datetime, *, limit: int = MOST) -> list[ChatTurn]:
    """Conversations a person has answered since, the newest first."""
    rows = ChatTurn.objects.filter(answered_at__gte=since).order_by("-answered_at")
    return list(rows[: min(limit, MOST)])


def newest_turn(case_id: UUID) -> ChatTurn | None:
    """The last time they began to wait."""
    return ChatTurn.objects.filter(case_id=case_id).order_by("-asked_at").first()


def waiting_among(case_ids: Collection[UUID]) -> set[UUID]:
    """Those of these cases at which somebody waits for a person. One query."""
    return set(ChatTurn.objects.filter(case_id__in=case_ids, ended_at=None).values_list("case_id", flat=True))


def cases_of_chats(keys: Iterable[UUID | str]) -> dict[UUID, UUID]:
    """{turn: its case} of these turns; no query for none."""
    wanted = list(keys)
    return dict(ChatTurn.objects.filter(pk__in=wanted).values_list("pk", "case_id")) if wanted else {}


def lines_to(party: Party, *, limit: int = MOST) -> list[ChatLine]:
    """What the company said to the party here, the oldest of the newest first."""
    rows = ChatLine.objects.filter(party_id=party.pk).order_by("-at", "-pk")
    return list(reversed(rows[: min(limit, MOST)]))


def arrivals_of(party: Party, *, limit: int = MOST) -> list[Arrival]:
    """What the party said here, the oldest of the newest first."""
    rows = Arrival.objects.filter(party=party, held="").exclude(message_id=None).order_by("-at", "-pk")
    return list(reversed(rows[: min(limit, MOST)]))


def link() -> Link:
    """How the connection to the company's own systems is; empty before the first message."""
    return Link.objects.filter(pk=1).first() or Link()
