"""A message of a case gets its letter: queued in the transaction of its fact."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from goodword.base.core.transactions import require_transaction

from ...actions.notifying import queue_message
from ..arriving import id_of
from ..models import Letter, Party
from ..ways import CHANNELS


def queue_letter(
    party: Party,
    *,
    case_id: UUID,
    message_id: int,
    purpose: str,
    at: datetime,
    sealed: str = "",
    follows: Letter | None = None,
) -> Letter:
    """The letter of a message to a party, due at once; the one there is already for this message and channel.

    sealed: the whole text, where it says more than the message keeps. Effects: the letter; one outbox row that names it.
    """
    require_transaction()
    letter, is_new = Letter.objects.get_or_create(
        message_id=message_id,
        channel=party.channel,
        defaults={
            "case_id": case_id,
            "party": party,
            "purpose": purpose,
            "sealed": sealed,
            "follows": follows,
            "written_at": at,
        },
    )
    if is_new:
        name_before = CHANNELS[party.channel].name_before
        if name_before is not None:
            letter.outside_id = id_of(name_before(letter))
            letter.save(update_fields=["outside_id"])
        queue_message(
            party.channel,
            payload={"letter": letter.pk},
            at=at,
            dedupe_key=key_of(letter),
            series=series_of(party),
        )
    return letter


def key_of(letter: Letter) -> str:
    """The key of the letter's outbox row."""
    return f"{letter.channel}:letter:{letter.pk}"


def series_of(party: Party) -> str:
    """One of their own for the letters to each party: they read them in the order they were written."""
    return f"{party.channel}:party:{party.pk}"


def write_to_party(
    case_id: UUID, message_id: int, *, channel: str, purpose: str, at: datetime
) -> Letter | None:
    """The letter of a message a colleague wrote; None where nobody of the case is reached by `channel`."""
    if channel not in CHANNELS:
        return None
    party = correspondent(case_id, channel)
    if party is None:
        return None
    return queue_letter(party, case_id=case_id, message_id=message_id, purpose=purpose, at=at)


def correspondent(case_id: UUID, channel: str) -> Party | None:
    """Who last spoke about the case on the channel, else who was last written to."""
    wrote = Party.objects.filter(channel=channel, arrivals__case_id=case_id, arrivals__held="")
    told = Party.objects.filter(channel=channel, letters__case_id=case_id)
    return wrote.order_by("-arrivals__at").first() or told.order_by("-letters__written_at").first()
