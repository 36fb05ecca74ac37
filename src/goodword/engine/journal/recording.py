"""The one door into the journal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings

from goodword.base.core import clock, secrets
from goodword.base.core.inserting import insert_all
from goodword.base.core.transactions import require_transaction

from . import chain, heads, reactions
from .kinds import Kind
from .models import Entry

if TYPE_CHECKING:
    from goodword.base.people.actors import Actor


class Fact(NamedTuple):
    """Something that happened, as it is told to the journal; see `record`.

    new: its subject was made in this very transaction, so there is no head to look for.
    """

    kind: Kind
    subject_id: object
    by: Actor
    at: datetime
    facts: dict[str, Any] | None = None
    subject_type: str | None = None
    new: bool = False

    @property
    def subject(self) -> tuple[str, str]:
        """In whose chain it stands."""
        return self.subject_type or self.kind.subject, str(self.subject_id)


_gathered: ContextVar[list[Fact] | None] = ContextVar("gathered", default=None)


def record(
    kind: Kind,
    subject_id: object,
    *,
    by: Actor,
    at: datetime,
    facts: dict[str, Any] | None = None,
    subject_type: str | None = None,
    new: bool = False,
) -> Entry | None:
    """Write what happened and let everything react to it, in the caller's transaction.

    Effects, in order: the subject's head is locked and moved on; the entry is written, chained to the one before;
    the reactions run (obligations start and are met, notices go to the outbox).
    `subject_type` is for kinds that are written in the chain of another subject (an obligation's alarms).
    `facts` holds plain JSON values under keys its kind declares; raises ValueError for any other key.
    new: the subject was made in this very transaction, so there is no head to look for.
    Returns the entry; None while a `gathering` keeps it.
    """
    written = record_many([Fact(kind, subject_id, by, at, facts, subject_type, new)])
    return written[0] if written else None


def record_many(happened: Sequence[Fact]) -> list[Entry]:
    """Write several entries as `record` does, in their order; what reacts to them runs when all are written.

    Their subjects' heads are locked in one order and moved on once each. Returns the entries; none while a
    `gathering` keeps them.
    """
    require_transaction()
    for fact in happened:
        if stray := (fact.facts or {}).keys() - fact.kind.facts:
            raise ValueError(f"{fact.kind.name} declares no facts {sorted(stray)}")
    if (waiting := _gathered.get()) is not None:
        waiting.extend(happened)
        return []
    new = {fact.subject for fact in happened if fact.new}
    ends = heads.locked([fact.subject for fact in happened], new=new)
    entries = _chained(happened, ends)
    insert_all(entries)
    key = signing_key()
    heads.move_on(
        [(head, chain.sign(key, *head.subject, head.number, head.digest)) for head in ends.values()]
    )
    reactions.run(entries)
    return entries


@contextmanager
def gathering() -> Iterator[None]:
    """Keep what is recorded meanwhile and write it together at the end of the block; nothing when the block fails.

    For what is over when it is written down, such as a ledger's row: nothing reads in between what it has caused.
    """
    kept: list[Fact] = []
    token = _gathered.set(kept)
    try:
        yield
    finally:
        _gathered.reset(token)
    record_many(kept)


def lock_subject(subject_type: str, subject_id: object) -> None:
    """Take the subject's place in line before reading what is about to be changed with its journal.

    Every writer takes this lock first, so that no two wait for each other.
    """
    require_transaction()
    heads.locked([(subject_type, str(subject_id))])


def lock_free(subjects: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """Take those subjects' places in line that nobody holds just now; returns which."""
    require_transaction()
    return set(heads.locked(subjects, waiting=False))


def _chained(happened: Sequence[Fact], ends: dict[tuple[str, str], heads.Head]) -> list[Entry]:
    """The entries, each chained to the one before of its subject; the heads in `ends` move with them."""
    recorded_at = clock.now()
    entries = []
    for fact in happened:
        head = ends[fact.subject]
        entry = Entry(
            subject_type=head.subject[0],
            subject_id=head.subject[1],
            number=head.number + 1,
            kind=fact.kind.name,
            at=fact.at,
            recorded_at=recorded_at,
            by_id=fact.by.account_id,
            facts=fact.facts or {},
            before=head.digest,
        )
        entry.digest = chain.entry_digest(
            subject=head.subject,
            number=entry.number,
            kind=entry.kind,
            at=entry.at,
            recorded_at=recorded_at,
            by_id=entry.by_id,
            facts=entry.facts,
            before=entry.before,
        )
        head.number, head.digest = entry.number, entry.digest
        entries.append(entry)
    return entries


def signing_key() -> bytes:
    """The installation's key for heads and seals."""
    return secrets.derive(settings.GOODWORD_KEY_FILE, "journal", "k1")
