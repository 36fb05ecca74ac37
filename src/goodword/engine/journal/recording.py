"""The one door into the journal."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.db import connection

from goodword.base.core import clock, secrets
from goodword.base.core.transactions import require_transaction

from . import chain, reactions
from .kinds import Kind
from .models import Entry

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
    with connection.cursor() as cursor:
        cursor.execute(MOVE_HEAD, [number, digest, signature, head.pk])
    reactions.run(entry)
    return entry


def lock_subject(subject_type: str, subject_id: object) -> None:
    """Take the subject's place in line before reading what is about to be changed with its journal.

    Every writer takes this lock first, so that no two wait for each other.
    """
    require_transaction()
    _locked_head((subject_type, str(subject_id)))


# By hand: every act takes this lock two or three times, and building the queries costs twenty times running them.
FIND_HEAD = "SELECT id, number, digest FROM journal_head WHERE subject_type = %s AND subject_id = %s"
MAKE_HEAD = (
    "INSERT INTO journal_head (subject_type, subject_id, number, digest, signature) VALUES (%s, %s, 0, '', '') "
    "ON CONFLICT (subject_type, subject_id) DO NOTHING"
)
MOVE_HEAD = "UPDATE journal_head SET number = %s, digest = %s, signature = %s WHERE id = %s"


class _Head(NamedTuple):
    pk: int
    number: int
    digest: str


def _locked_head(subject: tuple[str, str]) -> _Head:
    """The subject's head, locked to the end of the transaction (SQLite's write lock is already held)."""
    find = FIND_HEAD + (" FOR UPDATE" if connection.features.has_select_for_update else "")
    with connection.cursor() as cursor:
        cursor.execute(find, subject)
        row = cursor.fetchone()
        if row is None:
            cursor.execute(MAKE_HEAD, subject)
            cursor.execute(find, subject)
            row = cursor.fetchone()
    return _Head(*row)


def signing_key() -> bytes:
    """The installation's key for heads and seals."""
    return secrets.derive(settings.GOODWORD_KEY_FILE, "journal", "k1")
