"""A file is added to something: measured, judged, on the disk, then written down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from goodword.base.core.masks import mask_text
from goodword.base.core.transactions import if_undone, one_fact
from goodword.base.documents.sniff import safe_name
from goodword.base.people.actors import Actor
from goodword.engine.journal.kinds import Kind
from goodword.engine.journal.recording import lock_subject, record

from ..files import Facts, Measured, measured, put, random_name
from ..kinds import ADDED, REFUSED
from ..laying import Laid, Token
from ..models import Attachment
from ..rules import FileRefused, check_number, check_size, check_type


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file's circumstances: its safe name, what it belongs to, who brought it and when."""

    name: str
    subject: tuple[str, object]
    by: Actor
    at: datetime
    origin: str

    def others(self) -> QuerySet[Attachment]:
        """What the subject has already, refused files included."""
        return Attachment.objects.filter(subject_type=self.subject[0], subject_id=str(self.subject[1]))

    def row(self, file: Facts) -> Attachment:
        """The row for `file`, not yet written."""
        return Attachment(
            subject_type=self.subject[0],
            subject_id=str(self.subject[1]),
            name=self.name,
            content_type=file.content_type,
            size=file.size,
            sha256=file.sha256,
            origin=self.origin or ("customer" if self.by.kind == "customer" else "staff"),
            uploaded_by_id=self.by.account_id,
            at=self.at,
        )

    def journal(self, kind: Kind, row: Attachment, **facts: str) -> None:
        """Journal `kind` in the subject's chain."""
        facts_of_row = {"attachment": str(row.pk), "content_type": row.content_type, "size": row.size}
        type_, id_ = self.subject
        record(kind, id_, subject_type=type_, by=self.by, at=self.at, facts={**facts_of_row, **facts})


def store(
    content: bytes | BinaryIO | Laid,
    *,
    name: str,
    subject: tuple[str, object],
    by: Actor,
    at: datetime,
    origin: str = "",
    token: Token = random_name,
) -> Attachment:
    """Add a file to `subject` (type, id), within a fact one that was laid down before (`laying`).

    origin: staff or customer; by default what `by` is.

    Effects: the file in the storage under a random name, on the disk; its row; `attachment.added` in the subject's
    chain. The same bytes again for the same subject: the attachment that is there, and nothing else.
    Raises Forbidden without attachments.add (customers at the portal may), FileRefused (an Invalid): above 25 MB,
    more than 20 files, empty, able to act in a browser or as a program, of no known kind.
    """
    _may_add(by)
    with _read(content) as file:
        return _store(file, Arrival(mask_text(safe_name(name)), subject, by, at, origin), token)


def take(
    content: bytes | BinaryIO | Laid,
    *,
    name: str,
    subject: tuple[str, object],
    by: Actor,
    at: datetime,
    origin: str = "",
    token: Token = random_name,
) -> Attachment:
    """Like `store`, where nobody can be asked for another file (mail, imports): what is refused leaves a row.

    Effects of a refusal: a row in state refused, without content; `attachment.refused` with the reason.
    """
    _may_add(by)
    arrival = Arrival(mask_text(safe_name(name)), subject, by, at, origin)
    with _read(content) as file:
        try:
            return _store(file, arrival, token)
        except FileRefused as refusal:
            return _keep_refusal(file, arrival, refusal.reason)


def _may_add(by: Actor) -> None:
    if by.kind != "customer":
        by.require("attachments.add")


@contextmanager
def _read(content: bytes | BinaryIO | Laid) -> Iterator[Measured | Laid]:
    """The file as it is now: laid down already, or read and measured."""
    if isinstance(content, Laid):
        yield content
    else:
        with measured(content) as file:
            yield file


def _store(file: Measured | Laid, arrival: Arrival, token: Token) -> Attachment:
    check_size(file.size)
    check_type(file.content_type, arrival.name)
    if known := _admitted(file, arrival):
        return known
    if isinstance(file, Laid):
        row = _write(file, arrival, file.stored)
        file.is_taken = file.is_taken or row.storage_name == file.stored
        return row
    random = token()
    stored = put(file.copy, f"{random[:2]}/{random}")
    row = _write(file, arrival, stored)
    if row.storage_name != stored:
        default_storage.delete(stored)
    return row


def _write(file: Facts, arrival: Arrival, stored: str) -> Attachment:
    """The row and its entry, or the row somebody wrote meanwhile."""
    with one_fact():
        if_undone(default_storage.delete, stored)
        lock_subject(*arrival.subject)
        if known := _admitted(file, arrival):
            return known
        row = arrival.row(file)
        row.storage_name = stored
        row.save(force_insert=True)
        arrival.journal(ADDED, row, origin=row.origin)
    return row


def _admitted(file: Facts, arrival: Arrival) -> Attachment | None:
    """The subject's attachment with these bytes. Raises FileRefused when there is none and no room for one."""
    kept = arrival.others().filter(state="ok")
    known = kept.filter(sha256=file.sha256).first()
    if known is None:
        check_number(kept.count())
    return known


def _keep_refusal(file: Facts, arrival: Arrival, reason: str) -> Attachment:
    with one_fact():
        lock_subject(*arrival.subject)
        told = arrival.others().filter(state="refused", sha256=file.sha256, name=arrival.name).first()
        if told is not None:
            return told
        row = arrival.row(file)
        row.state, row.refusal = "refused", reason
        row.save(force_insert=True)
        arrival.journal(REFUSED, row, reason=reason)
    return row
