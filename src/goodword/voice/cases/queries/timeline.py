"""The story of a case: acts, messages and notes in order, personal data masked (FB-1.3a)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from goodword.base.core.asking import asked_often
from goodword.base.core.masks import mask_text
from goodword.engine.journal.kinds import declared
from goodword.engine.journal.models import Entry

from ..kinds import CUSTOMER_WROTE, NOTED, REPLIED
from ..models import Case, Help, Message, Note

SHOWN_AS_WORDS = {REPLIED.name, CUSTOMER_WROTE.name, NOTED.name}
"""Entries that only say that a message or a note was written: the words themselves stand in their place."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened.

    what: act, message or note. kind: the entry's kind, for a message in or out, for a note note. zh, en: its name.
    by: the colleague's name, empty for customer and software. text: masked words. facts: codes and numbers.
    entry: the number of the journal entry behind it in the case's chain; None for words alone. automatic: no
    person wrote it. on: the number of the merged case on which it happened; 0 for the case itself. case_id: a
    message's case.
    """

    at: datetime
    what: str
    kind: str
    zh: str
    en: str
    by: str = ""
    text: str = ""
    entry: int | None = None
    automatic: bool = False
    on: int = 0
    case_id: UUID | None = None
    facts: dict[str, Any] = field(default_factory=dict)


def of(case: Case, *, absorbed: Sequence[Case] = ()) -> list[Moment]:
    """Everything on the case and its help requests, the oldest first, and on those merged into it (`absorbed`).

    Four queries, however much there is.
    """
    cases = [case.pk, *(other.pk for other in absorbed)]
    on = {other.pk: other.number for other in absorbed}
    helps = dict(helps_of(cases))
    entries = entries_of([str(pk) for pk in cases], [str(pk) for pk in helps] or [""])
    messages, notes = _numbers(entries, "message"), _numbers(entries, "note")
    moments = [
        *(_act(entry, on=_number_of(entry, helps, on)) for entry in entries if not _is_words(entry)),
        *(_message(m, messages.get(m.pk), on=on.get(m.case_id, 0)) for m in messages_of(cases)),
        *(_note(n, notes.get(n.pk), on=on.get(n.case_id, 0)) for n in notes_of(cases)),
    ]
    return sorted(moments, key=lambda moment: (moment.at, moment.entry or 0))


def _number_of(entry: Entry, helps: Mapping[UUID, UUID], on: Mapping[UUID, int]) -> int:
    """The number of the merged case on which it happened, 0 for the case itself."""
    if not on:
        return 0
    subject = UUID(entry.subject_id)
    return on.get(helps.get(subject, subject), 0)


@asked_often
def helps_of(cases: list[UUID]) -> QuerySet[Help, tuple[UUID, UUID]]:
    """(help, case) of the help asked for these cases."""
    return Help.objects.filter(case__in=cases).values_list("pk", "case_id")


@asked_often
def entries_of(cases: list[str], helps: list[str]) -> QuerySet[Entry]:
    """Cases' entries and those of the help asked for them, the oldest first."""
    subject = Q(subject_type="case", subject_id__in=cases) | Q(subject_type="help", subject_id__in=helps)
    return Entry.objects.filter(subject).select_related("by__person").order_by("at", "pk")


@asked_often
def messages_of(cases: list[UUID]) -> QuerySet[Message]:
    """What was said to and fro, and who wrote it."""
    return Message.objects.filter(case__in=cases).select_related("by__person")


@asked_often
def notes_of(cases: list[UUID]) -> QuerySet[Note]:
    """What was noted, and by whom."""
    return Note.objects.filter(case__in=cases).select_related("by__person")


def _is_words(entry: Entry) -> bool:
    return entry.kind in SHOWN_AS_WORDS and bool({"message", "note"} & entry.facts.keys())


def _numbers(entries: list[Entry], name: str) -> dict[int, int]:
    """{row id: number of the entry that says it was written}."""

    def found() -> Iterator[tuple[int, int]]:
        for entry in entries:
            if _is_words(entry) and name in entry.facts:
                yield entry.facts[name], entry.number

    return dict(found())


def _act(entry: Entry, *, on: int) -> Moment:
    kind = declared().get(entry.kind)
    return Moment(
        at=entry.at,
        what="act",
        kind=entry.kind,
        zh=kind.zh if kind else entry.kind,
        en=kind.en if kind else entry.kind,
        by=entry.by.person.name if entry.by else "",
        entry=entry.number if entry.subject_type == "case" and not on else None,
        on=on,
        facts=entry.facts,
    )


def _message(message: Message, entry: int | None, *, on: int) -> Moment:
    came = message.direction == "in"
    return Moment(
        at=message.at,
        what="message",
        kind=message.direction,
        zh="客户来信" if came else message.get_purpose_display() or "回复客户",
        en="Customer wrote" if came else "Customer answered",
        by=message.by.person.name if message.by else "",
        text=mask_text(message.text),
        entry=None if on else entry,
        automatic=message.automatic,
        on=on,
        case_id=message.case_id,
        facts={"channel": message.channel, "purpose": message.purpose, "message": message.pk},
    )


def _note(note: Note, entry: int | None, *, on: int) -> Moment:
    return Moment(
        at=note.at,
        what="note",
        kind="note",
        zh="内部备注",
        en="Note",
        by=note.by.person.name if note.by else "",
        text=mask_text(note.text),
        entry=None if on else entry,
        on=on,
        facts={"note": note.pk},
    )
