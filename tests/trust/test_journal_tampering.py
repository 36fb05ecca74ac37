"""Somebody with the database's password tampers with the journal, in every way we could think of: all of it is found.

Each tampering happens to the same whole journal, in a savepoint that is rolled back; the triggers step aside first,
as they would for such a person. The installation's key file is not theirs: who has that too can forge.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F

from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import SYSTEM
from goodword.base.people.models import Account, Person
from goodword.engine.journal import chain
from goodword.engine.journal.kinds import declare
from goodword.engine.journal.models import Entry, Head, Seal
from goodword.engine.journal.recording import record
from goodword.engine.journal.sealing import seal
from goodword.engine.journal.verifying import _digest, verify

pytestmark = pytest.mark.django_db
TRIES = {"quick": 100, "slow": 300, "full": 1_000}
SUBJECTS = 6
SEALED = (50, 90, 120)
WRITTEN = 140
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
NOTED = declare("tampered.noted", "测试", "Test", facts="number")

Tampering = Callable[[random.Random], None]
TAMPERINGS: dict[str, Tampering] = {}


def tampering(act: Tampering) -> Tampering:
    """One way to do it, chosen as often as the others."""
    TAMPERINGS[act.__name__] = act
    return act


def any_entry(chance: random.Random) -> Entry:
    return chance.choice(list(Entry.objects.filter(kind=NOTED.name).order_by("pk")))


def change(entry: Entry, **values: object) -> None:
    Entry.objects.filter(pk=entry.pk).update(**values)


@tampering
def a_fact_is_edited(chance: random.Random) -> None:
    change(any_entry(chance), facts={"number": chance.randrange(10**6, 10**9)})


@tampering
def a_moment_is_edited(chance: random.Random) -> None:
    change(any_entry(chance), at=F("at") + timedelta(microseconds=chance.randrange(1, 10**12)))


@tampering
def the_time_of_writing_is_edited(chance: random.Random) -> None:
    change(any_entry(chance), recorded_at=F("recorded_at") - timedelta(seconds=chance.randrange(1, 10**6)))


@tampering
def an_author_is_planted(chance: random.Random) -> None:
    change(any_entry(chance), by=Account.objects.get(username="planted"))


@tampering
def a_kind_is_changed(chance: random.Random) -> None:
    change(any_entry(chance), kind="tampered.forged")


@tampering
def an_entry_is_moved_to_another_subject(chance: random.Random) -> None:
    change(any_entry(chance), subject_id=f"s{chance.randrange(100, 200)}")


@tampering
def an_entry_is_renumbered(chance: random.Random) -> None:
    change(any_entry(chance), number=chance.randrange(1_000, 2_000))


@tampering
def a_digest_is_changed(chance: random.Random) -> None:
    change(any_entry(chance), **{chance.choice(["digest", "before"]): f"{chance.getrandbits(256):064x}"})


@tampering
def an_entry_is_deleted(chance: random.Random) -> None:
    Entry.objects.filter(pk=any_entry(chance).pk).delete()


@tampering
def a_chain_is_cut_short(chance: random.Random) -> None:
    first = any_entry(chance)
    Entry.objects.filter(subject_id=first.subject_id, number__gte=first.number).delete()


@tampering
def a_subject_is_deleted_with_its_head(chance: random.Random) -> None:
    gone = any_entry(chance).subject_id
    Entry.objects.filter(subject_id=gone).delete()
    Head.objects.filter(subject_id=gone).delete()


@tampering
def all_entries_from_some_moment_are_deleted(chance: random.Random) -> None:
    Entry.objects.filter(pk__gte=any_entry(chance).pk).delete()


@tampering
def two_entries_change_places(chance: random.Random) -> None:
    one = any_entry(chance)
    other = chance.choice(list(Entry.objects.filter(subject_id=one.subject_id).exclude(pk=one.pk)))
    change(one, number=10_000)
    change(other, number=one.number)
    change(one, number=other.number)


@tampering
def two_entries_exchange_their_facts(chance: random.Random) -> None:
    one, other = any_entry(chance), any_entry(chance)
    while other.facts == one.facts:
        other = any_entry(chance)
    change(one, facts=other.facts)
    change(other, facts=one.facts)


@tampering
def an_entry_is_invented(chance: random.Random) -> None:
    subject = any_entry(chance).subject_id
    last = Entry.objects.filter(subject_id=subject).latest("number")
    invented = Entry(
        subject_type=last.subject_type,
        subject_id=subject,
        number=last.number + 1,
        kind=last.kind,
        at=last.at,
        recorded_at=last.recorded_at,
        facts={"number": 1},
        before=last.digest,
    )
    invented.digest = _digest(invented)
    invented.save()
    if chance.random() < 0.5:
        Head.objects.filter(subject_id=subject).update(number=invented.number, digest=invented.digest)


@tampering
def a_chain_is_edited_and_hashed_anew(chance: random.Random) -> None:
    """By somebody who knows the arithmetic: every digest from there on, and the head, fit together again."""
    first = any_entry(chance)
    first.facts, before = {"number": 99_999_999}, first.before
    for entry in Entry.objects.filter(subject_id=first.subject_id, number__gte=first.number).order_by(
        "number"
    ):
        entry.facts = first.facts if entry.pk == first.pk else entry.facts
        entry.before = before
        before = _digest(entry)
        change(entry, facts=entry.facts, before=entry.before, digest=before)
    signature = chain.sign(b"a guess", first.subject_type, first.subject_id, 1, before)
    Head.objects.filter(subject_id=first.subject_id).update(digest=before, signature=signature)


@tampering
def a_head_is_edited(chance: random.Random) -> None:
    name, value = chance.choice([("number", F("number") + 1), ("digest", "0" * 64), ("signature", "f" * 64)])
    Head.objects.filter(subject_id=any_entry(chance).subject_id).update(**{name: value})


@tampering
def a_head_takes_the_place_of_another(chance: random.Random) -> None:
    one, other = chance.sample(list(Head.objects.filter(subject_type="tampered")), 2)
    stolen = {"number": other.number, "digest": other.digest, "signature": other.signature}
    Head.objects.filter(pk=one.pk).update(**stolen)


@tampering
def a_seal_before_the_last_is_deleted(chance: random.Random) -> None:
    chance.choice(list(Seal.objects.order_by("-pk")[1:])).delete()


@tampering
def a_seal_is_edited(chance: random.Random) -> None:
    victim = chance.choice(list(Seal.objects.all()))
    name, value = chance.choice(
        [
            ("count", F("count") + 1),
            ("last_id", F("last_id") - 1),
            ("digest", "0" * 64),
            ("sealed_at", F("sealed_at") + timedelta(seconds=1)),
            ("signature", "0" * 64),
            ("before", "0" * 64),
        ]
    )
    Seal.objects.filter(pk=victim.pk).update(**{name: value})


@tampering
def a_subject_goes_back_to_an_earlier_head(chance: random.Random) -> None:
    """The cleverest without the key: an earlier head, truly signed then, is put back with its entries cut off."""
    kept = chance.choice(OLD_HEADS)
    Entry.objects.filter(subject_id=kept["subject_id"], number__gt=kept["number"]).delete()
    Head.objects.filter(subject_id=kept["subject_id"]).update(**kept)


@tampering
def an_entry_is_slipped_in_between(chance: random.Random) -> None:
    """The later ones move up by one; half of the time every digest and the head are made to fit."""
    first = any_entry(chance)
    later = Entry.objects.filter(subject_id=first.subject_id, number__gt=first.number).order_by("-number")
    for entry in later:
        change(entry, number=entry.number + 1)
    slipped = Entry(
        subject_type=first.subject_type,
        subject_id=first.subject_id,
        number=first.number + 1,
        kind=first.kind,
        at=first.at,
        recorded_at=first.recorded_at,
        facts={"number": 7},
        before=first.digest,
    )
    slipped.digest = _digest(slipped)
    slipped.save()
    if chance.random() < 0.5:
        hash_anew(first.subject_id)


@tampering
def two_subjects_exchange_their_chains(chance: random.Random) -> None:
    """With their heads half of the time: the names are under the digests and the signature."""
    one, other = chance.sample(sorted(Entry.objects.filter(kind=NOTED.name).values_list("subject_id", flat=True).distinct()), 2)  # fmt: skip
    models = [Entry, Head] if chance.random() < 0.5 else [Entry]
    for model in models:
        for taken, given in ((one, "between"), (other, one), ("between", other)):
            model.objects.filter(subject_id=taken).update(subject_id=given)


@tampering
def a_chain_is_copied_to_another_subject(chance: random.Random) -> None:
    victim = any_entry(chance).subject_id
    for entry in Entry.objects.filter(subject_id=victim).order_by("number"):
        entry.pk, entry.subject_id = None, "copied"
        entry.save()
    head = Head.objects.get(subject_id=victim)
    head.pk, head.subject_id = None, "copied"
    head.save()
    if chance.random() < 0.5:
        hash_anew("copied")


@tampering
def a_fact_is_added_or_taken_away(chance: random.Random) -> None:
    entry = any_entry(chance)
    change(entry, facts={} if chance.random() < 0.5 else {**entry.facts, "severity": "general"})


@tampering
def a_fact_changes_its_type(chance: random.Random) -> None:
    entry = any_entry(chance)
    change(entry, facts={"number": chance.choice([str, float, lambda n: [n]])(entry.facts["number"])})


@tampering
def all_moments_of_a_subject_are_moved(chance: random.Random) -> None:
    moved = timedelta(minutes=chance.randrange(1, 10**5))
    rows = Entry.objects.filter(subject_id=any_entry(chance).subject_id)
    rows.update(at=F("at") - moved, recorded_at=F("recorded_at") - moved)


@tampering
def a_sealed_entry_gets_another_id(chance: random.Random) -> None:
    """Its place among all entries is what the seals know; a gap in the ids is left behind."""
    sealed = Entry.objects.filter(pk__lte=Seal.objects.latest("pk").last_id)
    last = Entry.objects.latest("pk").pk
    change(chance.choice(list(sealed)), id=last + chance.randrange(1, 1000))


@tampering
def two_sealed_entries_exchange_their_ids(chance: random.Random) -> None:
    one, other = chance.sample(list(Entry.objects.filter(pk__lte=Seal.objects.latest("pk").last_id)), 2)
    away = Entry.objects.latest("pk").pk + 1
    for taken, given in ((one.pk, away), (other.pk, one.pk), (away, other.pk)):
        Entry.objects.filter(pk=taken).update(id=given)


@tampering
def a_seal_is_deleted_and_made_again(chance: random.Random) -> None:
    """After an entry was taken out: count and digest are right again, the signature cannot be."""
    seal_made = chance.choice(list(Seal.objects.all()))
    before = Seal.objects.filter(pk__lt=seal_made.pk).last()
    since, counted, running = (before.last_id, before.count, before.digest) if before else (0, 0, "")
    inside = Entry.objects.filter(pk__gt=since, pk__lte=seal_made.last_id).order_by("pk")
    digests = list(inside.values_list("digest", flat=True))
    digests.pop(chance.randrange(len(digests)))
    count, digest = counted + len(digests), chain.running_digest(running, digests)
    parts = (seal_made.last_id, count, digest, seal_made.sealed_at.isoformat(), seal_made.before)
    seal_made.delete()
    Seal.objects.create(
        pk=seal_made.pk,
        last_id=parts[0],
        count=count,
        digest=digest,
        sealed_at=seal_made.sealed_at,
        before=seal_made.before,
        signature=chain.sign(b"a guess", *parts),
    )


@tampering
def two_seals_change_places(chance: random.Random) -> None:
    one, other = chance.sample(list(Seal.objects.all()), 2)
    names = ("last_id", "count", "digest", "sealed_at", "before", "signature")
    for taken, given in ((one, other), (other, one)):
        Seal.objects.filter(pk=taken.pk).update(**{name: getattr(given, name) for name in names})


@tampering
def a_head_is_deleted_or_invented(chance: random.Random) -> None:
    if chance.random() < 0.5:
        Head.objects.filter(subject_id=any_entry(chance).subject_id).delete()
    else:
        Head.objects.create(subject_type="tampered", subject_id="nobody", number=3, digest="0" * 64)


def hash_anew(subject_id: str) -> None:
    """Every digest of a chain, and its head, made to fit by somebody who knows the arithmetic and not the key."""
    before, entry = "", None
    for entry in Entry.objects.filter(subject_id=subject_id).order_by("number"):
        entry.before = before
        before = _digest(entry)
        change(entry, before=entry.before, digest=before)
    assert entry is not None
    signature = chain.sign(b"a guess", entry.subject_type, subject_id, entry.number, before)
    Head.objects.filter(subject_id=subject_id).update(number=entry.number, digest=before, signature=signature)


OLD_HEADS: list[dict[str, object]] = []


def write_journal(chance: random.Random) -> None:
    """A journal of several subjects, sealed three times; the heads of the first half are remembered by the thief."""
    OLD_HEADS.clear()
    Account.objects.create(username="planted", person=Person.objects.create(name="张测试"))
    for number in range(1, WRITTEN + 1):
        with one_fact():
            record(
                NOTED,
                f"s{chance.randrange(SUBJECTS)}",
                by=SYSTEM,
                at=NOW + timedelta(minutes=number),
                facts={"number": number},
            )
        if number in SEALED:
            seal(now=datetime(2099, 1, 1, number % 24, tzinfo=UTC))
        if number == SEALED[0]:
            OLD_HEADS.extend(Head.objects.filter(subject_type="tampered").values("subject_id", "number", "digest", "signature"))  # fmt: skip


def lift_triggers() -> None:
    """What somebody with the database's password can do; the test's own transaction brings them back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal_%%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


def test_every_tampering_is_found(chance: random.Random, size: str) -> None:
    write_journal(chance)
    assert list(verify()) == []
    lift_triggers()
    tried = Counter[str]()
    order = list(TAMPERINGS)
    for number in range(TRIES[size]):
        name = order[number % len(order)]
        point = transaction.savepoint()
        TAMPERINGS[name](chance)
        assert list(verify()), name
        transaction.savepoint_rollback(point)
        tried[name] += 1
    assert list(verify()) == [], "each was undone"
    print(f"{tried.total()} tamperings in {len(tried)} ways, {tried.total()} found")
