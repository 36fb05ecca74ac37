"""A letter leaves, and what becomes of it: sent, or by another channel, or in sight of a person."""

from __future__ import annotations

from datetime import datetime

from ...models import OPEN, OutboxMessage
from ...ways import CannotSendError, Outcome
from ..arriving import id_of
from ..carrying import FILES_ALONE, where_to_find
from ..models import Arrival, Letter, LetterPart, Party
from ..ways import CHANNELS, LetterToSend, the_cases
from .writing import key_of, queue_letter

MOST_ANSWERED = 20
OTHERWISE = "它已改走其他渠道 / it went by another channel"


def send_letter(message: OutboxMessage, now: datetime) -> str:
    """The outbox's way of every customer channel: hands the letter to its channel."""
    letter = Letter.objects.select_related("party").get(pk=message.payload["letter"])
    if letter.state in ("sent", "delivered"):
        return letter.outside_id
    if _goes_otherwise(letter):
        raise CannotSendError(OTHERWISE)
    channel = CHANNELS[letter.channel]
    if why := _gone(letter.party) or channel.hindrance(letter.party, now):
        raise CannotSendError(why)
    return channel.send(ready(letter, at=now, attempt=message.attempts), now) or letter.outside_id


def settle_letter(message: OutboxMessage, outcome: Outcome) -> None:
    """What became of it, in the transaction that records it. A failed one goes by the next channel that is left.

    Effects: the letter's state; what was sealed is wiped when it was sent; the fallback's letter, or the cases hear of it.
    """
    rows = Letter.objects.select_for_update(of=("self",), no_key=True).select_related("party")
    letter = rows.get(pk=message.payload["letter"])
    state = {"sent": "sent", "dead": "failed", "unknown": "unknown"}[outcome.state]
    if letter.state == "delivered" and state == "sent":
        return
    if state == "sent" and _came_back(letter, since=outcome.at):
        return
    letter.state, letter.why, letter.settled_at = state, outcome.why[:400], outcome.at
    letter.outside_id = id_of(outcome.outside_id) or letter.outside_id
    if state == "sent":
        letter.sealed = ""
    letter.save(update_fields=["state", "why", "settled_at", "outside_id", "sealed"])
    if state == "sent":
        the_cases().sent(letter, outcome.at)
    elif state == "failed" and not _goes_otherwise(letter):
        go_on(letter, outcome.at)


def _came_back(letter: Letter, *, since: datetime) -> bool:
    """Whether the other side said that it did not arrive, before it could be written down here that it had left."""
    return letter.state == "failed" and letter.settled_at is not None and letter.settled_at > since


def _goes_otherwise(letter: Letter) -> bool:
    """Whether its message is on its way, or has gone, by another channel: sent again by hand it would be said twice.

    Where several that failed are sent again at once, the first of them goes.
    """
    others = list(Letter.objects.filter(message_id=letter.message_id).exclude(pk=letter.pk))
    if any(other.state != "failed" for other in others):
        return True
    before = [key_of(other) for other in others if other.pk < letter.pk]
    return bool(before) and OutboxMessage.objects.filter(dedupe_key__in=before, state__in=OPEN).exists()


def _gone(party: Party) -> str:
    return (party.gone_why or "no longer reached here") if party.gone_at is not None else ""


def ready(letter: Letter, *, at: datetime, attempt: int = 1) -> LetterToSend:
    """The letter as its channel gets it: without what an earlier letter of the same message has brought already."""
    words = the_cases().words(letter.message_id)
    brought = _brought(letter)
    wanted = [file for file in words.files if f"file:{file.pk}" not in brought]
    carried, left = CHANNELS[letter.channel].carries(letter.party, at).shared_out(wanted)
    said = letter.sealed.clear() if letter.sealed else FILES_ALONE if "text" in brought else words.text
    answers = Arrival.objects.filter(case_id=letter.case_id, party=letter.party, held="").order_by(
        "-at", "-pk"
    )
    return LetterToSend(
        letter=letter,
        party=letter.party,
        number=words.number,
        subject=words.subject,
        text="\n\n".join(filter(None, (said, where_to_find(left, link=words.link)))),
        purpose=letter.purpose,
        is_automatic=words.is_automatic,
        files=carried,
        attempt=attempt,
        link=words.link,
        answers=tuple(reversed(answers.values_list("outside_id", flat=True)[:MOST_ANSWERED])),
    )


def _brought(letter: Letter) -> set[str]:
    """The parts of the message other letters have brought: one broke off, and this one follows it."""
    others = LetterPart.objects.filter(letter__message_id=letter.message_id).exclude(letter=letter)
    return set(others.values_list("name", flat=True)) if letter.follows_id is not None else set()


def go_on(letter: Letter, at: datetime) -> None:
    """By the next channel on which the customer can be reached and which was not tried for this message."""
    tried = set(Letter.objects.filter(message_id=letter.message_id).values_list("channel", flat=True))
    for party in the_cases().other_parties(letter.case_id):
        channel = CHANNELS.get(party.channel)
        if channel is None or party.channel in tried or _gone(party) or channel.hindrance(party, at):
            continue
        sealed = letter.sealed.clear() if letter.sealed else the_cases().written_anew(letter, at)
        queue_letter(
            party,
            case_id=letter.case_id,
            message_id=letter.message_id,
            purpose=letter.purpose,
            at=at,
            sealed=sealed,
            follows=letter,
        )
        return
    the_cases().undelivered(letter, at)
