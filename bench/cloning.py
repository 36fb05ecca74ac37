"""A case as it was played through the product's own actions, as a mould from which any number are cast.

A mould holds every row of one case: the case, rounds, messages, handlers, evidence, solutions, obligations, what the
engine remembers, the journal entries. A cast has new ids, a new number, another customer and text, and all its
moments moved by the same length; the journal's chain is computed anew, so that it verifies.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from bulk import Bulk
from django.db import connection, models

from goodword.company.customers.models import Contact
from goodword.engine.journal.models import Entry, Head
from goodword.engine.obligations.models import Obligation, SubjectState
from goodword.voice.cases import models as cases

PARTS: tuple[type[models.Model], ...] = (
    cases.Round, cases.Message, cases.Note, cases.Handler, cases.Handover, cases.Evidence, cases.Solution, cases.Step,
    cases.Callback, cases.CallbackAttempt, cases.Help, cases.PhoneTask,
)  # fmt: skip
OF_SUBJECT: tuple[type[models.Model], ...] = (Obligation, SubjectState)
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:\+00:00|Z)")
MARK = re.compile(r'"\x01(\w)([^\x01]*)\x01"|\x01(\w)([^\x01]*)\x01')
SQLITE = connection.vendor == "sqlite"


@dataclass(slots=True)
class Owner:
    """A customer a cast may be of."""

    customer: str
    contact: int
    order: str


@dataclass(slots=True)
class Cast:
    """What is particular to one cast."""

    number: int
    text: str
    owner: Owner
    delta: timedelta
    ids: dict[str, str]
    keys: dict[tuple[str, int], int] = field(default_factory=dict)


Value = Callable[[Cast], Any]


@dataclass(slots=True)
class Shape:
    """One row: its constants, and what is filled in at which place."""

    table: str
    columns: list[str]
    constants: list[Any]
    filled: list[tuple[int, Value]]
    key: tuple[str, int] | None

    def row(self, cast: Cast) -> list[Any]:
        """The row of a cast."""
        row = self.constants.copy()
        for place, value in self.filled:
            row[place] = value(cast)
        return row


@dataclass(slots=True)
class EntryShape:
    """One journal entry: what its digest is made of."""

    pk: int
    subject: tuple[str, str]
    number: int
    kind: str
    at: datetime
    recorded_at: datetime
    by: int | None
    facts: Value


@dataclass(slots=True)
class Mould:
    """Everything of one case that was played."""

    case: Shape
    parts: list[Shape]
    entries: list[EntryShape]
    uuids: list[str]
    received_at: datetime
    is_open: bool


def moulds() -> list[Mould]:
    """A mould of each case in the database that stands for itself (merged ones do not)."""
    found = cases.Case.objects.exclude(state="merged").filter(absorbed=None).order_by("number")
    return [_mould(case) for case in found]


def _mould(case: cases.Case) -> Mould:
    helps = [str(pk) for pk in case.helps.values_list("pk", flat=True)]
    subject = models.Q(subject_type="case", subject_id=str(case.pk))
    subject |= models.Q(subject_type="help", subject_id__in=helps)
    rows = [row for part in PARTS for row in part._default_manager.filter(case=case)]
    rows += [row for part in OF_SUBJECT for row in part._default_manager.filter(subject)]
    uuids = [str(case.pk), *(str(row.pk) for row in rows if isinstance(row.pk, UUID))]
    moulding = _Moulding(case, frozenset(uuids))
    entries = [
        EntryShape(
            entry.pk,
            (entry.subject_type, entry.subject_id),
            entry.number,
            entry.kind,
            entry.at.astimezone(UTC).replace(tzinfo=None),
            entry.recorded_at.astimezone(UTC).replace(tzinfo=None),
            entry.by_id,
            moulding.json(entry.facts),
        )
        for entry in Entry.objects.filter(subject).order_by("pk")
    ]
    return Mould(
        case=moulding.shape(case),
        parts=[moulding.shape(row) for row in rows],
        entries=entries,
        uuids=uuids,
        received_at=case.received_at.astimezone(UTC).replace(tzinfo=None),
        is_open=case.closed_at is None and case.state != "withdrawn",
    )


class _Moulding:
    """Turns rows of one case into shapes."""

    def __init__(self, case: cases.Case, uuids: frozenset[str]) -> None:
        self.case = case
        self.uuids = uuids

    def shape(self, row: models.Model) -> Shape:
        constants: list[Any] = []
        filled: list[tuple[int, Value]] = []
        columns = [column.column for column in row._meta.concrete_fields]
        for place, column in enumerate(row._meta.concrete_fields):
            value = getattr(row, column.attname)
            filling = self._filling(row, column, value)
            if filling is not None:
                filled.append((place, filling))
            constants.append(None if filling is not None else _plain(column, value))
        key = None if isinstance(row.pk, UUID) else (row._meta.db_table, row.pk)
        return Shape(row._meta.db_table, columns, constants, filled, key)

    def _filling(self, row: models.Model, column: Any, value: Any) -> Value | None:
        table, name = row._meta.db_table, column.name
        if column.primary_key and not isinstance(value, UUID):
            return lambda cast: cast.keys[table, value]
        if value is None:
            return None
        if isinstance(column, models.JSONField):
            return self.json(value)
        if isinstance(value, datetime):
            plain = value.astimezone(UTC).replace(tzinfo=None)
            return lambda cast: str(plain + cast.delta)
        if isinstance(value, UUID) and str(value) in self.uuids:
            text = str(value)
            return (lambda cast: cast.ids[text].replace("-", "")) if SQLITE else (lambda cast: cast.ids[text])
        if name == "subject_id":
            return lambda cast: cast.ids[value]
        if isinstance(row, Obligation) and name in {"started_by", "ended_by"}:
            return lambda cast: cast.keys["journal_entry", value]
        if name == "text" and value == self.case.text:
            return lambda cast: cast.text
        return self._of_the_case(row, name)

    def _of_the_case(self, row: models.Model, name: str) -> Value | None:
        if not isinstance(row, cases.Case):
            return None
        dash = "" if SQLITE else "-"
        return {
            "number": lambda cast: cast.number,
            "customer": lambda cast: cast.owner.customer.replace("-", dash),
            "contact": lambda cast: cast.owner.contact,
            "order": lambda cast: cast.owner.order.replace("-", dash),
        }.get(name)

    def json(self, value: Any) -> Value:
        """A JSON text in the journal's canonical form, with what is particular filled in."""
        marked = json.dumps(self._marked(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        marked = marked.replace("\\u0001", "\x01")
        parts: list[str | Value] = []
        end = 0
        for found in MARK.finditer(marked):
            parts += [marked[end : found.start()], _reference(found[1] or found[3], found[2] or found[4])]
            end = found.end()
        parts.append(marked[end:])
        if len(parts) == 1:
            return lambda _cast: marked
        return lambda cast: "".join([part if isinstance(part, str) else part(cast) for part in parts])

    def _marked(self, value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: self._marked(one, key) for key, one in value.items()}
        if isinstance(value, list):
            return [self._marked(one) for one in value]
        if name in {"message", "note"} and isinstance(value, int):
            return f"\x01{name[0]}{value}\x01"
        if name == "number" and value == self.case.number:
            return "\x01#\x01".replace("#", "k")
        if isinstance(value, str) and value in self.uuids:
            return f"\x01u{value}\x01"
        if isinstance(value, str) and value == str(self.case.customer_id):
            return "\x01c\x01"
        if isinstance(value, str) and value == str(self.case.order_id):
            return "\x01o\x01"
        if isinstance(value, str) and MOMENT.fullmatch(value):
            return f"\x01t{value}\x01"
        return value


def _reference(what: str, which: str) -> Value:
    if what in {"m", "n"}:
        key = ("cases_message" if what == "m" else "cases_note", int(which))
        return lambda cast: str(cast.keys.get(key, key[1]))
    if what == "t":
        moment = datetime.fromisoformat(which)
        return lambda cast: f'"{(moment + cast.delta).isoformat()}"'
    return {
        "k": lambda cast: str(cast.number),
        "u": lambda cast: f'"{cast.ids[which]}"',
        "c": lambda cast: f'"{cast.owner.customer}"',
        "o": lambda cast: f'"{cast.owner.order}"',
    }[what]


def _plain(column: Any, value: Any) -> Any:
    made = column.get_db_prep_save(value, connection)
    return str(made) if isinstance(made, UUID) or hasattr(made, "as_tuple") else made


class Keys:
    """The next key of each table whose keys count up."""

    def __init__(self) -> None:
        self.next: dict[str, int] = {}
        for model in (*PARTS, *OF_SUBJECT, Entry, Head, Contact):
            if isinstance(model._meta.pk, models.AutoField):
                last = model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0
                self.next[model._meta.db_table] = last + 1

    def take(self, table: str) -> int:
        """The next key of a table."""
        key = self.next[table]
        self.next[table] = key + 1
        return key

    def settle(self) -> None:
        """Tell PostgreSQL's sequences how far they are (SQLite's know)."""
        if SQLITE:
            return
        with connection.cursor() as cursor:
            for table, key in self.next.items():
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, false)", [table, key])


COLUMNS = [
    "id",
    "subject_type",
    "subject_id",
    "number",
    "kind",
    "at",
    "recorded_at",
    "by_id",
    "facts",
    "before",
    "digest",
]
HEAD = ["id", "subject_type", "subject_id", "number", "digest", "signature"]


def cast_into(bulk: Bulk, mould: Mould, cast: Cast, keys: Keys, sign: Callable[..., str]) -> Iterator[str]:
    """Put every row of a cast into `bulk`; yields the digests of its journal entries in order."""
    for entry in mould.entries:
        cast.keys["journal_entry", entry.pk] = keys.take("journal_entry")
    for part in mould.parts:
        if part.key is not None:
            cast.keys[part.key] = keys.take(part.table)
    bulk.add(mould.case.table, mould.case.columns, mould.case.row(cast))
    for part in mould.parts:
        bulk.add(part.table, part.columns, part.row(cast))
    heads: dict[tuple[str, str], tuple[int, str]] = {}
    for entry in mould.entries:
        subject = (entry.subject[0], cast.ids[entry.subject[1]])
        before = heads.get(subject, (0, ""))[1]
        at, recorded_at, facts = entry.at + cast.delta, entry.recorded_at + cast.delta, entry.facts(cast)
        by = "null" if entry.by is None else entry.by
        stamps = f'"{at.isoformat(timespec="microseconds")}+00:00","{recorded_at.isoformat(timespec="microseconds")}+00:00"'
        canonical = (
            f'["{subject[0]}","{subject[1]}",{entry.number},"{entry.kind}",{stamps},{by},{facts},"{before}"]'
        )
        digest = sha256(canonical.encode()).hexdigest()
        key = cast.keys["journal_entry", entry.pk]
        bulk.add(
            "journal_entry",
            COLUMNS,
            [
                key,
                *subject,
                entry.number,
                entry.kind,
                str(at),
                str(recorded_at),
                entry.by,
                facts,
                before,
                digest,
            ],
        )
        heads[subject] = (entry.number, digest)
        yield digest
    for subject, (number, digest) in heads.items():
        bulk.add(
            "journal_head",
            HEAD,
            [keys.take("journal_head"), *subject, number, digest, sign(*subject, number, digest)],
        )
