"""Verification: finds any edit, deletion, swap, insertion or truncation of the journal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from goodword.base.core.transactions import one_reading

from . import chain
from .models import Entry, Head, Seal
from .recording import signing_key

HEADS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not fit: where, and what."""

    where: str
    what: str


def verify() -> Iterator[Finding]:
    """Everything wrong with the journal, nothing when it is whole. Reads all of it once, in order of subjects, as it is
    at one moment: what is written meanwhile is nobody's fault.
    """
    with one_reading():
        yield from _broken_chains()
        yield from _broken_seals()


def _broken_chains() -> Iterator[Finding]:
    ends = _Ends()
    subject, number, digest = ("", ""), 0, ""
    for entry in Entry.objects.order_by("subject_type", "subject_id", "number").iterator():
        place = (entry.subject_type, entry.subject_id)
        if place != subject:
            yield from ends.add(subject, number, digest)
            subject, number, digest = place, 0, ""
        number += 1
        if entry.number != number:
            yield Finding(str(entry), f"entry {number} is missing before it")
            number = entry.number
        if entry.before != digest:
            yield Finding(str(entry), "does not continue from the entry before it")
        digest = entry.digest
        if _digest(entry) != digest:
            yield Finding(str(entry), "was changed after it was written")
    yield from ends.add(subject, number, digest)
    yield from ends.compare()
    there = Entry.objects.filter(subject_type=OuterRef("subject_type"), subject_id=OuterRef("subject_id"))
    for head in Head.objects.filter(~Exists(there), number__gt=0).iterator():
        yield Finding(f"{head.subject_type}:{head.subject_id}", "all its entries are gone")


class _Ends:
    """The ends of chains as found, compared with their heads some hundreds at a time: memory stays small."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str], tuple[int, str]] = {}

    def add(self, subject: tuple[str, str], number: int, digest: str) -> Iterator[Finding]:
        """One more chain has been read to its end."""
        if number:
            self.found[subject] = (number, digest)
        if len(self.found) >= HEADS_AT_ONCE:
            yield from self.compare()

    def compare(self) -> Iterator[Finding]:
        """What does not fit between those found and their heads."""
        heads = {}
        for subject_type in {kind for kind, _ in self.found}:
            ids = [id_ for kind, id_ in self.found if kind == subject_type]
            for head in Head.objects.filter(subject_type=subject_type, subject_id__in=ids):
                heads[head.subject_type, head.subject_id] = head
        for subject, (number, digest) in self.found.items():
            yield from _compare_head(subject, number, digest, heads.get(subject))
        self.found.clear()


def _compare_head(subject: tuple[str, str], number: int, digest: str, head: Head | None) -> Iterator[Finding]:
    where = f"{subject[0]}:{subject[1]}"
    if head is None:
        yield Finding(where, "has entries but no head")
    elif (head.number, head.digest) != (number, digest):
        yield Finding(
            where, f"its head says {head.number} entries, there are {number}, or the last one differs"
        )
    elif head.signature != chain.sign(signing_key(), *subject, number, digest):
        yield Finding(where, "its head is not signed by this installation")


def _digest(entry: Entry) -> str:
    return chain.entry_digest(
        subject=(entry.subject_type, entry.subject_id),
        number=entry.number,
        kind=entry.kind,
        at=entry.at,
        recorded_at=entry.recorded_at,
        by_id=entry.by_id,
        facts=entry.facts,
        before=entry.before,
    )


def _broken_seals() -> Iterator[Finding]:
    since, count, running, before = 0, 0, "", ""
    for seal in Seal.objects.order_by("pk").iterator():
        digests = list(
            Entry.objects.filter(pk__gt=since, pk__lte=seal.last_id)
            .order_by("pk")
            .values_list("digest", flat=True)
        )
        count, running = count + len(digests), chain.running_digest(running, digests)
        if (seal.count, seal.digest) != (count, running):
            yield Finding(f"{seal}", "entries under this seal were removed, added or changed")
            count, running = seal.count, seal.digest
        signed = chain.sign(
            signing_key(), seal.last_id, seal.count, seal.digest, seal.sealed_at.isoformat(), before
        )
        if seal.before != before or seal.signature != signed:
            yield Finding(f"{seal}", "the seal itself is not genuine, or one before it is gone")
        since, before = seal.last_id, seal.signature
