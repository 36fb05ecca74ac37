"""The one door into the journal."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.db.models import F

from goodword.base.core import clock, secrets
from goodword.base.core.transactions import require_transaction

from . import chain, reactions
from .kinds import Kind
from .models import Entry, Head

if TYPE_CHECKING:
    from goodword.base.people.actors import Actor


def record(
    kind: Kind,
    subject_id: object,
    *,
    by: Actor,
    at: datetime,
    facts: dict[str, Any] | None = None,
    subject_type: str | None = None,
) -> Entry:
    """Write what happened and let everything react to it, in the caller's transaction.

    Effects, in order: the subject's head is locked and moved on; the entry is written, chained to the one before;
    the reactions run (obligations start and are met, notices go to the outbox).
    `subject_type` is for kinds that are written in the chain of another subject (an obligation's alarms).
    `facts` holds plain JSON values under keys its kind declares; raises ValueError for any other key.
    """
    require_transaction()
    facts = facts or {}
    if stray := facts.keys() - kind.facts:
        raise ValueError(f"{kind.name} declares no facts {sorted(stray)}")
    subject = (subject_type or kind.subject, str(subject_id))
    head = _locked_head(subject)
    number, recorded_at = head.number + 1, clock.now()
    digest = chain.entry_digest(
        subject=subject,
        number=number,
        kind=kind.name,
        at=at,
        recorded_at=recorded_at,
        by_id=by.account_id,
        facts=facts,
        before=head.digest,
    )
    entry = Entry.objects.create(
        subject_type=subject[0],
        subject_id=subject[1],
        number=number,
        kind=kind.name,
        at=at,
        recorded_at=recorded_at,
        by_id=by.account_id,
        facts=facts,
        before=head.digest,
        digest=digest,
    )
    signature = chain.sign(signing_key(), *subject, number, digest)
    Head.objects.filter(pk=head.pk).update(number=F("number") + 1, digest=digest, signature=signature)
    reactions.run(entry)
    return entry


def lock_subject(subject_type: str, subject_id: object) -> None:
    """Take the subject's place in line before reading what is about to be changed with its journal.

    Every writer takes this lock first, so that no two wait for each other.
    """
    require_transaction()
    _locked_head((subject_type, str(subject_id)))


def _locked_head(subject: tuple[str, str]) -> Head:
    """The subject's head, locked to the end of the transaction (SQLite's write lock is already held)."""
    rows = Head.objects.filter(subject_type=subject[0], subject_id=subject[1])
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    head = rows.first()
    if head is not None:
        return head
    Head.objects.bulk_create([Head(subject_type=subject[0], subject_id=subject[1])], ignore_conflicts=True)
    return rows.get()


def signing_key() -> bytes:
    """The installation's key for heads and seals."""
    return secrets.derive(settings.GOODWORD_KEY_FILE, "journal", "k1")
