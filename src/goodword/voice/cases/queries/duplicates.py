"""The same matter coming twice: who else wrote near enough the same, by the figures of FB-3.2a."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from goodword.base.language.nearness import letters, nearness
from goodword.company.customers.models import Contact

from .. import states
from ..figures.duplicates import NO_SKETCH, Rule, rule_of
from ..models import Case

_ALIKE = """
    SELECT 1 FROM cases_case AS one JOIN cases_case AS other
    ON (other.sketch_a = one.sketch_a OR other.sketch_b = one.sketch_b OR other.sketch_c = one.sketch_c)
    AND other.id <> one.id WHERE one.id = %s LIMIT 1"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: the words and what is known of who says them; None for what is not known."""

    text: str
    customer_id: UUID | None = None
    contact_id: int | None = None
    email_index: str = ""
    order_id: UUID | None = None
    sketch: tuple[int | None, int | None, int | None] = NO_SKETCH


@dataclass(frozen=True, slots=True)
class Near:
    """A case that may be the same matter, how near its words are (0 to 1), and what else is the same.

    by: order, customer, contact, mail or text, the strongest first.
    """

    case: Case
    nearness: float
    by: str


def wanted(case: Case) -> Wanted:
    """What to look for to find `case` again."""
    return Wanted(
        text=f"{case.subject} {case.text}",
        customer_id=case.customer_id,
        contact_id=case.contact_id,
        email_index=case.contact.email_index if case.contact else "",
        order_id=case.order_id,
        sketch=(case.sketch_a, case.sketch_b, case.sketch_c),
    )


def nearest(what: Wanted, *, at: datetime, left_out: Collection[UUID] = ()) -> list[Near]:
    """The cases nearest to it, the nearest first. One query, of a bounded number of rows.

    Compared are the newest open cases of the same customer, contact, mail address or order, and those whose long
    text is all but the same, whoever sent it; ledger history is left alone.
    """
    rule = rule_of(at=at)
    found = []
    for other in _candidates(what, rule, at=at).exclude(pk__in=left_out)[: rule.most_compared]:
        by = tie(what, other)
        if by == "text" and letters(what.text) < rule.letters_from:
            continue
        least = {"order": rule.same_order_from, "text": rule.alike_from}.get(by, rule.near_from)
        likeness = nearness(what.text, f"{other.subject} {other.text}")
        if likeness >= least:
            found.append(Near(other, likeness, by))
    found.sort(key=lambda near: -near.nearness)
    return found[: rule.most_proposed]


def is_alike_to_another(case_id: UUID) -> bool:
    """Whether any other case shares a sketch with this one. One statement by index, built by hand: each intake asks."""
    with connection.cursor() as cursor:
        key = Case._meta.pk.get_db_prep_value(case_id, connection)
        cursor.execute(_ALIKE, [key])
        return cursor.fetchone() is not None


def _candidates(what: Wanted, rule: Rule, *, at: datetime) -> QuerySet[Case]:
    same = Q()
    for name in ("customer_id", "contact_id", "order_id"):
        if getattr(what, name) is not None:
            same |= Q(**{name: getattr(what, name)})
    if what.email_index:
        same |= Q(contact__in=Contact.objects.filter(email_index=what.email_index))
    for name, value in zip(("sketch_a", "sketch_b", "sketch_c"), what.sketch, strict=True):
        if value is not None:
            same |= Q(**{name: value})
    if not same:
        return Case.objects.none()
    recent = Case.objects.filter(
        same, state__in=states.OPEN, history=False, received_at__gt=at - rule.compared_for
    )
    return recent.select_related("contact").defer("proposal").order_by("-received_at")


def tie(what: Wanted, other: Case) -> str:
    """What two cases share, the strongest first; their text alone where nothing else."""
    if what.order_id is not None and what.order_id == other.order_id:
        return "order"
    if what.customer_id is not None and what.customer_id == other.customer_id:
        return "customer"
    if what.contact_id is not None and what.contact_id == other.contact_id:
        return "contact"
    if what.email_index and other.contact is not None and other.contact.email_index == what.email_index:
        return "mail"
    return "text"
