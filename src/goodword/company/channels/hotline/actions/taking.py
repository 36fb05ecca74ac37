"""Taking what the call centre says: kept first, then read, then the call is as all its events together make it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import F

from goodword.base.core.errors import Invalid
from goodword.base.core.inserting import insert_unless_there
from goodword.base.core.sealing import phone_index
from goodword.base.core.transactions import one_fact
from goodword.base.people.models import Account

from ...actions.receiving import keep, mark_failed, mark_parsed
from ...models import InboundMessage
from ...signing import Signed
from ..folding import Said, fold
from ..models import Call, CallEvent, Line
from ..reading import Told, read
from ..settings import Hotline
from .settling import Before, settle

CHANNEL = "hotline"
MOST_EVENTS = 200
USUAL_DELAY = 10.0
"""Seconds a message may be under way without the clocks being thought to differ."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The call; is_new: this message changed it, False when it had come before."""

    call: Call
    is_new: bool


def take(signed: Signed, raw: bytes, *, chosen: Hotline, at: datetime) -> Taken:
    """Take a message whose signature was found good.

    Effects, each a fact of its own: the bytes, sealed; then the event, the call as it is now with its journal
    entries (settling.py), and the message as read. Raises Invalid for what cannot be read; the bytes stay.
    """
    message, _ = keep(CHANNEL, signed.id, raw, received_at=at, sealed=True)
    if message.state == "parsed":
        found = Call.objects.filter(events__message=message).first()
        if found is not None:
            return Taken(found, is_new=False)
    sent_at = datetime.fromtimestamp(int(signed.stamp), UTC)
    ahead = signed.ahead(at=at)
    try:
        told = read(raw, sent_at=sent_at)
        with one_fact():
            taken = tell(told, message, ahead=ahead, chosen=chosen, at=at)
            mark_parsed(message, at=at)
            _line(last_event_at=at, ahead=ahead)
    except Invalid as refused:
        with one_fact():
            if mark_failed(message, error="; ".join(f"{k}: {v}" for k, v in refused.fields.items()), at=at):
                _line(unread=F("unread") + 1, unread_at=at)
        raise
    return taken


def refuse(why: str, signed: Signed, *, at: datetime) -> None:
    """Write down that a message was turned away, and why: the health light shows it."""
    with one_fact():
        changes = {"refused": F("refused") + 1, "refused_at": at, "refused_for": why}
        _line(**changes, **({"ahead": signed.ahead(at=at)} if why == "time" else {}))


def _line(**changes: object) -> None:
    if not Line.objects.filter(pk=1).update(**changes):
        Line.objects.get_or_create(pk=1)
        Line.objects.filter(pk=1).update(**changes)


def tell(told: Told, message: InboundMessage, *, ahead: float, chosen: Hotline, at: datetime) -> Taken:
    """What an event that was read makes of its call, inside the caller's transaction. Raises Invalid."""
    if (told.at - at).total_seconds() - ahead > chosen.may_differ:
        raise Invalid(
            "事件发生在将来。", "The event lies in the future.", fields={"at": "将来 / in the future"}
        )
    call, before = _call(told, ahead=ahead)
    if call.events.count() >= MOST_EVENTS:
        raise Invalid(
            "这通电话的事件太多。", "Too many events for one call.", fields={"call": f"≤ {MOST_EVENTS}"}
        )
    event = CallEvent(call=call, kind=told.kind, at=told.at, rang_for=told.rang_for, message=message)
    if not insert_unless_there(event):
        return Taken(call, is_new=False)
    events = [Said(*row) for row in call.events.values_list("kind", "at", "rang_for")]
    _fill(call, told, has_answer=any(said.kind == "answered" for said in events))
    settle(call, fold(events), before=before, chosen=chosen, at=at)
    return Taken(call, is_new=True)


def _call(told: Told, *, ahead: float) -> tuple[Call, Before]:
    """The row of the call, locked, made by its first event; and how it stood."""
    off_by = ahead if abs(ahead) > USUAL_DELAY else 0.0
    _, is_new = Call.objects.get_or_create(
        outside_id=told.call,
        defaults={
            "direction": told.direction,
            "ahead": off_by,
            "began_at": told.at - timedelta(seconds=off_by),
        },
    )
    call = Call.objects.select_for_update(of=("self",)).get(outside_id=told.call)
    return call, Before() if is_new else Before(call.state, call.answered_at is not None)


def _fill(call: Call, told: Told, *, has_answer: bool) -> None:
    """What an event adds: numbers as the first says them, who has the call as whoever answered it."""
    if told.number and not call.number_index:
        call.number, call.number_index = told.number, phone_index(told.number)
    call.line = call.line or told.line
    if told.recording:
        call.recording = told.recording
    if told.extension and (told.kind == "answered" or not has_answer):
        call.extension = told.extension
        call.account = at_extension(told.extension)


def at_extension(extension: str) -> Account | None:
    """The one colleague with this extension; None where there is none, or several share it."""
    owners = list(Account.objects.filter(phone_extension=extension, is_active=True)[:2])
    return owners[0] if len(owners) == 1 else None
