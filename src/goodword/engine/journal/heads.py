"""The heads of the chains: found, locked, moved on.

By hand: every act does this two or three times, and building the queries costs twenty times running them.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from django.db import connection

Subject = tuple[str, str]
COLUMNS = "id, subject_type, subject_id, number, digest"
FIND_ONE = f"SELECT {COLUMNS} FROM journal_head WHERE subject_type = %s AND subject_id = %s"  # nosec B608 # noqa: S608 - a constant
FIND_MANY = f"SELECT {COLUMNS} FROM journal_head WHERE (subject_type, subject_id) IN (VALUES %s)"  # nosec B608 # noqa: S608 - a constant
MAKE = "INSERT INTO journal_head (subject_type, subject_id, number, digest, signature) VALUES "
LOCK_MADE = " ON CONFLICT (subject_type, subject_id) DO UPDATE SET number = journal_head.number RETURNING id, number, digest"
MOVE_ONE = "UPDATE journal_head SET number = %s, digest = %s, signature = %s WHERE id = %s"
MOVE_MANY = (
    "UPDATE journal_head SET number = moved.column1, digest = moved.column2, signature = moved.column3 "
    "FROM (VALUES %s) AS moved WHERE journal_head.id = moved.column4"
)
AT_ONCE = 180
"""Heads in one statement: an old SQLite takes no more than 999 values."""


@dataclass(slots=True)
class Head:
    """The last place of a subject's chain. pk: None while it has no row yet."""

    subject: Subject
    pk: int | None = None
    number: int = 0
    digest: str = ""


def locked(
    subjects: Sequence[Subject], *, new: Set[Subject] = frozenset(), waiting: bool = True
) -> dict[Subject, Head]:
    """The heads of the subjects, locked to the end of the transaction, in one order everywhere.

    On SQLite the write lock is already held. new: those made in this transaction, so nobody else can know them, and
    there is nothing to find or to lock. waiting False: those that somebody else holds are left out.
    """
    found = {subject: Head(subject) for subject in new}
    ordered = sorted(set(subjects) - new)
    with connection.cursor() as cursor:
        for first in range(0, len(ordered), AT_ONCE):
            some = ordered[first : first + AT_ONCE]
            if len(some) == 1:
                cursor.execute(FIND_ONE + _for_update(waiting=waiting), some[0])
            else:
                listed = FIND_MANY % ", ".join(["(%s, %s)"] * len(some))
                order = " ORDER BY subject_type, subject_id"
                cursor.execute(
                    listed + order + _for_update(waiting=waiting), [part for pair in some for part in pair]
                )
            found |= {(row[1], row[2]): Head((row[1], row[2]), row[0], row[3], row[4]) for row in cursor}
        for subject in ordered if waiting else ():
            if subject not in found:
                found[subject] = _made(subject)
    return found


def _for_update(*, waiting: bool) -> str:
    if not connection.features.has_select_for_update:
        return ""
    return " FOR UPDATE OF journal_head" + ("" if waiting else " SKIP LOCKED")


def _made(subject: Subject) -> Head:
    """A head nobody had made before; where others may make it too, made now and locked."""
    if not connection.features.has_select_for_update:
        return Head(subject)
    with connection.cursor() as cursor:
        cursor.execute(f"{MAKE}(%s, %s, 0, '', ''){LOCK_MADE}", subject)
        pk, number, digest = cursor.fetchone()
    return Head(subject, pk, number, digest)


def move_on(heads: Sequence[tuple[Head, str]]) -> None:
    """Write where the chains stand now: [(head, its signature)], each head once."""
    old = [(head.number, head.digest, signature, head.pk) for head, signature in heads if head.pk is not None]
    new = [
        (*head.subject, head.number, head.digest, signature) for head, signature in heads if head.pk is None
    ]
    with connection.cursor() as cursor:
        for first in range(0, len(new), AT_ONCE):
            some = new[first : first + AT_ONCE]
            rows = ", ".join(["(%s, %s, %s, %s, %s)"] * len(some))
            cursor.execute(MAKE + rows, [value for row in some for value in row])
        for first in range(0, len(old), AT_ONCE):
            moved = old[first : first + AT_ONCE]
            if len(moved) == 1:
                cursor.execute(MOVE_ONE, moved[0])
                continue
            rows = ", ".join(["(%s, %s, %s, %s)"] * len(moved))
            cursor.execute(MOVE_MANY % rows, [value for row in moved for value in row])
