"""Verification: finds any edit, deletion, swap, insertion or truncation of the journal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from . import chain
from .models import Entry, Head, Seal
from .recording import signing_key


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not fit: where, and what."""

    where: str
    what: str


def verify() -> Iterator[Finding]:
    """Everything wrong with the journal, nothing when it is whole. Reads all of it once, in order of subjects."""
    yield from _broken_chains()
    yield from _broken_seals()


def _broken_chains() -> Iterator[Finding]:
    heads = {(head.subject_type, head.subject_id): head for head in Head.objects.iterator()}
    subject, number, digest = ("", ""), 0, ""
    for entry in Entry.objects.order_by("subject_type", "subject_id", "number").iterator():
        place = (entry.subject_type, entry.subject_id)
        if place != subject:
            yield from _compare_head(subject, number, digest, heads)
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
    yield from _compare_head(subject, number, digest, heads)
    for place, head in heads.items():
        if head.number:
            yield Finding(f"{place[0]}:{place[1]}", "all its entries are gone")


def _compare_head(
    subject: tuple[str, str], number: int, digest: str, heads: dict[tuple[str, str], Head]
) -> Iterator[Finding]:
    if not number:
        return
    where = f"{subject[0]}:{subject[1]}"
    head = heads.pop(subject, None)
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
