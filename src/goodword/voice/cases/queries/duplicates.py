"""The same matter coming twice: who else wrote near enough the same, by the figures of FB-3.2a.

Every intake looks, so the statements are written by hand, and each way of being like another is read from an index,
the newest first, no further than is compared.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from goodword.base.core.by_hand import moment_given, uuid_found, uuid_given
from goodword.base.language.nearness import bigrams, letters, shared

from .. import states
from ..figures.duplicates import NO_SKETCH, Rule, rule_of
from ..models import Case

_WANTED = """
    SELECT one.id, one.subject, one.text, one.customer_id, one.contact_id, whose.email_index, one.order_id,
    one.sketch_a, one.sketch_b, one.sketch_c
    FROM cases_case AS one LEFT JOIN customers_contact AS whose ON whose.id = one.contact_id"""
_OPEN = ", ".join(f"'{state}'" for state in sorted(states.OPEN))
_NOT_DECIDED = """
    AND id NOT IN (SELECT other_id FROM cases_duplicateproposal WHERE case_id = %s
    UNION ALL SELECT case_id FROM cases_duplicateproposal WHERE other_id = %s) AND id <> %s"""
_SAME = {
    "customer_id": "customer_id = %s",
    "contact_id": "contact_id = %s",
    "order_id": "order_id = %s",
    "email_index": "contact_id IN (SELECT id FROM customers_contact WHERE email_index = %s)",
    "sketch_a": "sketch_a = %s",
    "sketch_b": "sketch_b = %s",
    "sketch_c": "sketch_c = %s",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: the words and what is known of who says them; None for what is not known.

    case_id: the case that says it, if it is one already.
    """

    text: str
    case_id: UUID | None = None
    customer_id: UUID | None = None
    contact_id: int | None = None
    email_index: str = ""
    order_id: UUID | None = None
    sketch: tuple[int | None, int | None, int | None] = NO_SKETCH


@dataclass(frozen=True, slots=True)
class Like:
    """The id of a case that may be the same matter, how near its words are (0 to 1), and what else is the same.

    by: order, customer, contact, mail or text, the strongest first.
    """

    case_id: UUID
    nearness: float
    by: str


@dataclass(frozen=True, slots=True)
class Near:
    """The same with the case itself."""

    case: Case
    nearness: float
    by: str


def wanted(case: Case) -> Wanted:
    """What to look for to find `case` again."""
    return Wanted(
        text=f"{case.subject} {case.text}",
        case_id=case.pk,
        customer_id=case.customer_id,
        contact_id=case.contact_id,
        email_index=case.contact.email_index if case.contact else "",
        order_id=case.order_id,
        sketch=(case.sketch_a, case.sketch_b, case.sketch_c),
    )


def wanted_by(case_ids: Sequence[UUID]) -> list[Wanted]:
    """The same of the cases with those ids, in their order. One statement. Raises LookupError where one is missing."""
    places = ", ".join(["%s"] * len(case_ids))
    with connection.cursor() as cursor:
        # nosemgrep: sql-from-pieces - a constant of this file and places
        cursor.execute(f"{_WANTED} WHERE one.id IN ({places})", [uuid_given(key) for key in case_ids])
        rows = {uuid_found(row[0]): row for row in cursor.fetchall()}
    return [replace(_found(rows[case_id]), case_id=case_id) for case_id in case_ids]


def nearest(what: Wanted, *, at: datetime) -> list[Near]:
    """The cases nearest to it, the nearest first. Two queries at most, of a bounded number of rows."""
    found = likest(what, at=at)
    cases = Case.objects.defer("proposal").in_bulk([like.case_id for like in found]) if found else {}
    return [Near(cases[like.case_id], like.nearness, like.by) for like in found if like.case_id in cases]


def likest(what: Wanted, *, at: datetime, but: Collection[UUID] = ()) -> list[Like]:
    """The ids of the cases nearest to it, the nearest first, but those already compared with it by a person or waiting
    to be. One statement at most. but: cases that are left out.

    Compared are the newest open cases of the same customer, contact, mail address or order, and those whose long
    text is all but the same, whoever sent it; ledger history is left alone.
    """
    keys = _keys(what)
    if not keys:
        return []
    rule = rule_of(at=at)
    pairs, is_long = bigrams(what.text), letters(what.text) >= rule.letters_from
    found = []
    for case_id, other in _candidates(what, keys, rule, at=at, but=but):
        by = tie(what, other)
        if by == "text" and not is_long:
            continue
        least = {"order": rule.same_order_from, "text": rule.alike_from}.get(by, rule.near_from)
        likeness = shared(pairs, bigrams(other.text))
        if likeness >= least:
            found.append((likeness, case_id, by))
    found.sort(key=lambda like: -like[0])
    return [Like(uuid_found(case_id), likeness, by) for likeness, case_id, by in found[: rule.most_proposed]]


def _candidates(
    what: Wanted, keys: dict[str, Any], rule: Rule, *, at: datetime, but: Collection[UUID]
) -> list[tuple[Any, Wanted]]:
    """[(id as the database gives it, the rest)], the newest first."""
    most = rule.most_compared + len(but)
    recent = f"AND received_at > %s AND NOT history AND state IN ({_OPEN})"
    decided = _NOT_DECIDED if what.case_id is not None else ""
    own = [uuid_given(what.case_id)] * 3 if what.case_id is not None else []
    each = f"{recent} {decided} ORDER BY received_at DESC LIMIT %s"
    branches, values = [], []
    for name, value in keys.items():
        branches.append(f"SELECT id FROM (SELECT id FROM cases_case WHERE {_SAME[name]} {each}) AS by_{name}")  # nosec B608 # noqa: S608 - our own names
        values += [value, moment_given(at - rule.compared_for), *own, most]
    newest = "ORDER BY one.received_at DESC LIMIT %s"
    left_out = {uuid_given(case_id) for case_id in but}
    with connection.cursor() as cursor:
        # nosemgrep: sql-from-pieces - our own names; every value is %s
        cursor.execute(
            f"{_WANTED} WHERE one.id IN ({' UNION ALL '.join(branches)}) {newest}", [*values, most]
        )
        rows = [row for row in cursor.fetchall() if row[0] not in left_out]
    return [(row[0], _found(row)) for row in rows[: rule.most_compared]]


def _keys(what: Wanted) -> dict[str, Any]:
    """What is known, as parameters."""
    known: dict[str, Any] = {
        "customer_id": what.customer_id,
        "contact_id": what.contact_id,
        "order_id": what.order_id,
        "email_index": what.email_index or None,
    } | dict(zip(("sketch_a", "sketch_b", "sketch_c"), what.sketch, strict=True))
    return {
        name: uuid_given(value) if isinstance(value, UUID) else value
        for name, value in known.items()
        if value is not None
    }


def _found(row: tuple[Any, ...]) -> Wanted:
    _, subject, text, customer, contact, email, order, *sketch = row
    return Wanted(
        text=f"{subject} {text}",
        customer_id=uuid_found(customer) if customer else None,
        contact_id=contact,
        email_index=email or "",
        order_id=uuid_found(order) if order else None,
        sketch=(sketch[0], sketch[1], sketch[2]),
    )


def tie(what: Wanted, other: Wanted) -> str:
    """What two cases share, the strongest first; their text alone where nothing else."""
    if what.order_id is not None and what.order_id == other.order_id:
        return "order"
    if what.customer_id is not None and what.customer_id == other.customer_id:
        return "customer"
    if what.contact_id is not None and what.contact_id == other.contact_id:
        return "contact"
    if what.email_index and other.email_index == what.email_index:
        return "mail"
    return "text"
