"""The story of a case: acts, messages and notes in order, personal data masked (FB-1.3a)."""

from __future__ import annotations

from collections.abc import Iterator
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
from ..models import Case, Message, Note
from .obligations import subjects_of_help

SHOWN_AS_WORDS = {REPLIED.name, CUSTOMER_WROTE.name, NOTED.name}
"""Entries that only say that a message or a note was written: the words themselves stand in their place."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened.

    what: act, message or note. kind: the entry's kind, for a message in or out, for a note note. zh, en: its name.
    by: the colleague's name, empty for customer and software. text: masked words. facts: codes and numbers.
    entry: the number of the journal entry behind it in the case's chain; None for words alone. automatic: no
    person wrote it.
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
    facts: dict[str, Any] = field(default_factory=dict)


def of(case: Case) -> list[Moment]:
    """Everything on the case and its help requests, the oldest first. Four queries, however much there is."""
    entries = entries_of(str(case.pk), subjects_of_help(case))
    messages, notes = _numbers(entries, "message"), _numbers(entries, "note")
    moments = [
        *(_act(entry) for entry in entries if not _is_words(entry)),
        *(_message(m, messages.get(m.pk)) for m in messages_of(case.pk)),
        *(_note(n, notes.get(n.pk)) for n in notes_of(case.pk)),
    ]
    return sorted(moments, key=lambda moment: (moment.at, moment.entry or 0))


@asked_often
def entries_of(case: str, helps: list[str]) -> QuerySet[Entry]:
    """A case's entries and those of the help asked for it, the oldest first."""
    subject = Q(subject_type="case", subject_id=case) | Q(subject_type="help", subject_id__in=helps)
    return Entry.objects.filter(subject).select_related("by__person").order_by("at", "pk")


@asked_often
def messages_of(case: UUID) -> QuerySet[Message]:
    """What was said to and fro, and who wrote it."""
    return Message.objects.filter(case=case).select_related("by__person")


@asked_often
def notes_of(case: UUID) -> QuerySet[Note]:
    """What was noted, and by whom."""
    return Note.objects.filter(case=case).select_related("by__person")


def _is_words(entry: Entry) -> bool:
    return entry.kind in SHOWN_AS_WORDS and bool({"message", "note"} & entry.facts.keys())


def _numbers(entries: list[Entry], name: str) -> dict[int, int]:
    """{row id: number of the entry that says it was written}."""

    def found() -> Iterator[tuple[int, int]]:
        for entry in entries:
            if _is_words(entry) and name in entry.facts:
                yield entry.facts[name], entry.number

    return dict(found())


def _act(entry: Entry) -> Moment:
    kind = declared().get(entry.kind)
    return Moment(
        at=entry.at,
        what="act",
        kind=entry.kind,
        zh=kind.zh if kind else entry.kind,
        en=kind.en if kind else entry.kind,
        by=entry.by.person.name if entry.by else "",
        entry=entry.number if entry.subject_type == "case" else None,
        facts=entry.facts,
    )


def _message(message: Message, entry: int | None) -> Moment:
    came = message.direction == "in"
    return Moment(
        at=message.at,
        what="message",
        kind=message.direction,
        zh="客户来信" if came else message.get_purpose_display() or "回复客户",
        en="Customer wrote" if came else "Customer answered",
        by=message.by.person.name if message.by else "",
        text=mask_text(message.text),
        entry=entry,
        automatic=message.automatic,
        facts={"channel": message.channel, "purpose": message.purpose, "message": message.pk},
    )


def _note(note: Note, entry: int | None) -> Moment:
    return Moment(
        at=note.at,
        what="note",
        kind="note",
        zh="内部备注",
        en="Note",
        by=note.by.person.name if note.by else "",
        text=mask_text(note.text),
        entry=entry,
        facts={"note": note.pk},
    )
