"""Somebody wrote on a channel: the message finds its case, or becomes one; the automatic receipt is on its way."""

from __future__ import annotations

from uuid import UUID

from goodword.base.core.sealing import blind_index
from goodword.base.core.transactions import one_fact

from ...turns import judge_anew
from ..arriving import Arrived, Taken, tidied
from ..models import Arrival, Letter, Party
from ..ways import CHANNELS, the_cases
from .writing import queue_letter, series_of


def arrive(arrived: Arrived) -> Taken:
    """Take the message in, once; a second delivery gets the first one's answer.

    Effects in one transaction: the party; a new case, or the words on the case it belongs to; the arrival; the receipt's
    letter where a case is new and the channel can carry one. What a person must look at first is held apart.
    Raises Invalid for what holds neither words nor files.
    """
    arrived = tidied(arrived)
    with one_fact():
        party = the_sender(arrived)
        known = Arrival.objects.filter(channel=arrived.channel, outside_id=arrived.outside_id).first()
        if known is not None:
            return Taken(known.case_id, known.message_id, is_new=False, held=known.held)
        thread, is_stranger = _thread(arrived, party)
        if held := _held(arrived, thread, is_stranger=is_stranger):
            _arrival(arrived, party, thread, None, held=held)
            return Taken(thread, None, is_new=True, held=held)
        return _take(arrived, party, thread)


def party_of(channel: str, address: str) -> Party | None:
    """The party with this address on this channel."""
    return Party.objects.filter(channel=channel, key=blind_index(address, kind=f"party:{channel}")).first()


def the_sender(arrived: Arrived) -> Party:
    """The sender, whose place in line is taken: two messages of one person are taken in one after the other.

    Whoever holds the case and writes to them meanwhile is not held up: else each would wait for the other.
    """
    key = blind_index(arrived.address, kind=f"party:{arrived.channel}")
    Party.objects.get_or_create(
        channel=arrived.channel, key=key, defaults={"address": arrived.address, "name": arrived.name[:120]}
    )
    party = Party.objects.select_for_update(no_key=True).get(channel=arrived.channel, key=key)
    if not arrived.is_automatic and not arrived.is_forged:
        party.last_in_at = max(arrived.at, party.last_in_at or arrived.at)
        party.gone_at, party.gone_why = None, ""
        if arrived.name:
            party.name = arrived.name[:120]
        party.save(update_fields=["last_in_at", "gone_at", "gone_why", "name"])
        # They are awake: what was kept for them until the morning goes before what answers these words.
        judge_anew(series_of(party), at=arrived.at)
    return party


def _thread(arrived: Arrived, party: Party) -> tuple[UUID | None, bool]:
    """(the case it answers to, whether its sender is nobody of that conversation)."""
    for outside_id in arrived.answers:
        case_id = _case_of(arrived.channel, outside_id)
        if case_id is not None:
            return case_id, not _speaks_there(party, case_id)
    return None, False


def _case_of(channel: str, outside_id: str) -> UUID | None:
    mine = Letter.objects.filter(channel=channel, outside_id=outside_id).values_list("case_id", flat=True)
    theirs = Arrival.objects.filter(channel=channel, outside_id=outside_id, held="")
    return mine.first() or theirs.values_list("case_id", flat=True).first()


def _speaks_there(party: Party, case_id: UUID) -> bool:
    wrote = Arrival.objects.filter(case_id=case_id, party=party, held="").exists()
    return wrote or Letter.objects.filter(case_id=case_id, party=party).exists()


def _held(arrived: Arrived, thread: UUID | None, *, is_stranger: bool) -> str:
    if arrived.is_forged:
        return "forged"
    if arrived.is_automatic:
        return "automatic"
    return "stranger" if thread is not None and is_stranger else ""


def _take(arrived: Arrived, party: Party, thread: UUID | None) -> Taken:
    taken = join(arrived, party, thread)
    _arrival(arrived, party, taken.case_id, taken.message_id)
    return taken


def join(arrived: Arrived, party: Party, thread: UUID | None) -> Taken:
    """Make the words part of a case, in the caller's fact; the arrival is the caller's to write.

    Effects: what the cases make of it; the party speaks about that case; the receipt's letter where the case is new.
    """
    became = the_cases().take(arrived, party, thread)
    party.case_id, party.contact_id = became.case_id, became.contact_id or party.contact_id
    party.save(update_fields=["case_id", "contact_id"])
    letter = None
    if became.receipt is not None and arrived.channel in CHANNELS:
        message_id, text = became.receipt
        letter = queue_letter(
            party,
            case_id=became.case_id,
            message_id=message_id,
            purpose="receipt",
            sealed=text,
            at=arrived.at,
        )
    return Taken(
        became.case_id,
        became.message_id,
        is_new=True,
        is_new_case=became.is_new_case,
        letter_id=letter.pk if letter else None,
    )


def _arrival(
    arrived: Arrived, party: Party, case_id: UUID | None, message_id: int | None, *, held: str = ""
) -> Arrival:
    return Arrival.objects.create(
        channel=arrived.channel,
        outside_id=arrived.outside_id,
        party=party,
        case_id=case_id,
        message_id=message_id,
        inbound=arrived.inbound,
        held=held,
        at=arrived.at,
    )
