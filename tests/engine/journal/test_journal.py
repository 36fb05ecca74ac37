"""The journal: append-only, chained, sealed; whatever is done to it is found."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import SYSTEM
from goodword.engine.journal.kinds import UnknownKind, declare, kind_named
from goodword.engine.journal.models import Entry, Head
from goodword.engine.journal.recording import Fact, gathering, record, record_many
from goodword.engine.journal.sealing import seal
from goodword.engine.journal.verifying import verify

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
LATER = datetime(2099, 1, 1, tzinfo=UTC)
NOTED = declare("test.noted", "测试", "Test", facts="number")


def write(count: int = 6) -> list[Entry]:
    entries = []
    for number in range(count):
        with one_fact():
            entries.append(
                record(
                    NOTED,
                    f"s{number % 2}",
                    by=SYSTEM,
                    at=NOW + timedelta(minutes=number),
                    facts={"number": number},
                )
            )
    return entries


def without_triggers(statement: str, parameters: list) -> None:
    """What somebody with the database's password can do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(statement, parameters)
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")
            return
        names = [
            r[0]
            for r in cursor.execute(
                "SELECT name FROM sqlite_master WHERE type='trigger' AND name LIKE 'journal_%'"
            )
        ]
        for name in names:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        cursor.execute(statement, parameters)


def test_entries_of_a_subject_are_numbered_and_chained() -> None:
    entries = write()
    assert [e.number for e in entries] == [1, 1, 2, 2, 3, 3]
    assert entries[2].before == entries[0].digest
    assert not list(verify())


def test_an_entry_outside_a_transaction_is_refused(transactional_db: None) -> None:
    with pytest.raises(RuntimeError, match="one_fact"):
        record(NOTED, "s", by=SYSTEM, at=NOW)


def test_facts_a_kind_does_not_declare_are_refused() -> None:
    with one_fact(), pytest.raises(ValueError, match="stray"):
        record(NOTED, "s", by=SYSTEM, at=NOW, facts={"stray": 1})


def test_a_kind_nobody_declared_is_unknown() -> None:
    with pytest.raises(UnknownKind):
        kind_named("test.never")


@pytest.mark.parametrize("statement", ["UPDATE journal_entry SET kind = 'x'", "DELETE FROM journal_entry"])
def test_the_database_refuses_to_change_or_delete_an_entry(statement: str) -> None:
    write()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_failed_reaction_undoes_the_whole_fact(monkeypatch: pytest.MonkeyPatch) -> None:
    from goodword.engine.journal import reactions

    def fail(_entry: Entry) -> None:
        raise RuntimeError("reaction failed")

    monkeypatch.setitem(reactions._table, NOTED.name, (fail,))
    with pytest.raises(RuntimeError, match="reaction failed"), one_fact():
        record(NOTED, "s", by=SYSTEM, at=NOW)
    assert not Entry.objects.filter(subject_id="s").exists()
    assert not Head.objects.filter(subject_id="s").exists()


def test_seals_cover_what_came_since_the_last() -> None:
    write()
    first = seal(now=LATER)
    assert first is not None
    assert first.count == 6
    assert seal(now=LATER) is None
    write(2)
    second = seal(now=LATER)
    assert second is not None
    assert (second.count, second.before) == (8, first.signature)
    assert not list(verify())


TAMPERINGS = {
    "a fact is edited": ("UPDATE journal_entry SET facts = '{\"number\": 99}' WHERE id = %s", "one"),
    "a moment is edited": ("UPDATE journal_entry SET at = recorded_at WHERE id = %s", "one"),
    "an author is planted": ("UPDATE journal_entry SET kind = 'test.forged' WHERE id = %s", "one"),
    "an entry is deleted": ("DELETE FROM journal_entry WHERE id = %s", "one"),
    "a chain is cut short": ("DELETE FROM journal_entry WHERE id >= %s AND subject_id = 's0'", "one"),
    "a subject is moved": ("UPDATE journal_entry SET subject_id = 's9' WHERE id = %s", "one"),
    "a seal is deleted": ("DELETE FROM journal_seal WHERE id > 0 AND %s > 0", "one"),
}


@pytest.mark.parametrize("tampering", [t for t in TAMPERINGS if t != "a seal is deleted"])
@pytest.mark.parametrize("seed", range(5))
def test_every_tampering_is_found(tampering: str, seed: int) -> None:
    entries = write(10)
    seal(now=LATER)
    victim = random.Random(seed).choice([e for e in entries if e.subject_id == "s0"])
    without_triggers(TAMPERINGS[tampering][0], [victim.pk])
    assert list(verify()), tampering


def test_an_edited_chain_rehashed_by_hand_is_still_found() -> None:
    """Somebody who knows the code recomputes every digest after an edit; heads and seals are signed."""
    from goodword.engine.journal.verifying import _digest

    entries = write(4)
    seal(now=LATER)
    last = entries[-1]
    last.facts = {"number": 77}
    digest = _digest(last)
    without_triggers(
        "UPDATE journal_entry SET facts = %s, digest = %s WHERE id = %s", ['{"number": 77}', digest, last.pk]
    )
    Head.objects.filter(subject_id=last.subject_id).update(digest=digest)
    findings = [f.what for f in verify()]
    assert any("not signed" in what for what in findings)
    assert any("seal" in what for what in findings)


def facts(count: int) -> list[Fact]:
    return [
        Fact(NOTED, f"s{number % 2}", SYSTEM, NOW + timedelta(minutes=number), {"number": number})
        for number in range(count)
    ]


def test_entries_written_together_are_chained_as_if_written_one_by_one():
    write(3)
    with one_fact():
        entries = record_many(facts(600))
    places = [(entry.subject_id, entry.number) for entry in entries]
    assert places[:4] == [("s0", 3), ("s1", 2), ("s0", 4), ("s1", 3)]
    assert [entry.pk for entry in entries] == sorted(entry.pk for entry in entries)
    assert Entry.objects.get(pk=entries[599].pk).facts == {"number": 599}
    assert not list(verify())
    assert {head.subject_id: head.number for head in Head.objects.all()} == {"s0": 302, "s1": 301}


def test_what_is_gathered_is_written_at_the_end_and_not_at_all_when_the_block_fails():
    with one_fact(), gathering():
        assert record(NOTED, "s0", by=SYSTEM, at=NOW, facts={"number": 1}) is None
        record(NOTED, "s0", by=SYSTEM, at=NOW, facts={"number": 2})
        assert not Entry.objects.exists()
    assert [entry.facts["number"] for entry in Entry.objects.order_by("number")] == [1, 2]

    def half() -> None:
        with one_fact(), gathering():
            record(NOTED, "s0", by=SYSTEM, at=NOW, facts={"number": 3})
            record(NOTED, "s0", by=SYSTEM, at=NOW, facts={"stray": 3})

    with pytest.raises(ValueError, match="declares no facts"):
        half()
    assert Entry.objects.count() == 2
    with one_fact():
        record(NOTED, "s0", by=SYSTEM, at=NOW, facts={"number": 4})
    assert not list(verify())


def test_a_subject_said_to_be_new_that_is_not_is_refused():
    write(1)
    with pytest.raises(IntegrityError), one_fact():
        record(NOTED, "s0", by=SYSTEM, at=NOW, facts={"number": 1}, new=True)
    assert not list(verify())
