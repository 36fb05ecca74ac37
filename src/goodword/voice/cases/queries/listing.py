"""Lists of cases: who sees which, found by what people look for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from goodword.base.core.asking import asked_often
from goodword.base.core.by_hand import uuid_found, uuid_given
from goodword.base.core.errors import NotFound
from goodword.base.people.actors import Actor
from goodword.base.people.models import Department
from goodword.company.rentals.models import Device, Order
from goodword.engine.obligations.models import Obligation

from .. import states
from ..models import Case, Help, Round, Step, Watcher
from .keys import CaseId, SubjectId
from .searching import numbers_saying

SHOWN = ("customer", "contact", "order", "device", "responsible", "assignee__person", "owner__person")
CAME_IN = "SELECT number FROM cases_case WHERE channel = %s AND outside_id = %s AND NOT outside_id = ''"
LAST_NUMBER = 2**63 - 1
"""What the column of numbers holds."""
GROUPS = {"open": states.OPEN, "undone": states.UNDONE, "ended": states.ENDED}
"""States that are looked for together by one word."""

FEW = 1_000
"""Up to so many late cases are looked up by name; among more, the newest fifty are soon met on the way."""

Choice = str | Iterable[str] | None
Narrow = Callable[[QuerySet[Case]], QuerySet[Case]]


def visible_to(actor: Actor) -> QuerySet[Case]:
    """The cases somebody may see, with what a list shows of each: one query however long the page.

    Company-wide roles see all; others those of the departments in which they may see cases, what came to such a
    department and waits for its triage, those assigned to, owned or watched by them, those with a step for them to do,
    and those where such a department is asked for help.
    Good for one case or a few; a page of a list is `leafing.newest`.
    """
    ways = reach(actor)
    cases = Case.objects.select_related(*SHOWN)
    return cases.filter(reduce(or_, ways)) if ways else cases.none()


def seen_among(actor: Actor, case: str) -> Q:
    """What must hold of a row about a case (in its column `case`) for this person to see it; nothing for who sees all."""
    return Q() if reach(actor) == [Q()] else Q(**{f"{case}__in": visible_to(actor).values("pk")})


def reach(actor: Actor) -> list[Q]:
    """The ways in which somebody sees cases, each of which an index answers; one empty way: sees all; none: nothing."""
    if actor.reaches_everywhere("cases.see"):
        return [Q()]
    if actor.account_id is None or not actor.has("cases.see"):
        return []
    homes = {home for _, home in actor.grants if actor.has("cases.see", department=home)}
    watched = Watcher.objects.filter(account_id=actor.account_id)
    steps = Step.objects.filter(owner_id=actor.account_id)
    asked = Help.objects.filter(department__code__in=homes)
    return [
        *(Q(responsible=_department(home)) for home in sorted(homes)),
        *(Q(came_to=_department(home), responsible=None) for home in sorted(homes)),
        Q(assignee_id=actor.account_id),
        Q(owner_id=actor.account_id),
        *(Q(pk__in=rows.values("case")) for rows in (watched, steps, asked)),
    ]


def _department(code: str) -> Subquery:
    return Subquery(Department.objects.filter(code=code).values("pk")[:1])


def number_of(channel: str, outside_id: str) -> int | None:
    """The number of the case that came in over the channel under this id (not empty); None for none."""
    with connection.cursor() as cursor:  # by hand: asked for every receipt
        cursor.execute(CAME_IN, [channel, outside_id])
        row = cursor.fetchone()
    return int(row[0]) if row else None


def history_among(case_ids: Collection[UUID]) -> set[UUID]:
    """Which of these cases were taken in from a ledger as over. One statement."""
    wanted = [uuid_given(case_id) for case_id in case_ids]
    with connection.cursor() as cursor:  # by hand: asked for every batch of a ledger
        places = ", ".join(["%s"] * len(wanted))
        # nosemgrep: sql-from-pieces - places only
        cursor.execute(f"SELECT id FROM cases_case WHERE history AND id IN ({places})", wanted)  # nosec B608 # noqa: S608 - places only
        return {uuid_found(key) for (key,) in cursor.fetchall()}


def get(actor: Actor, key: int | str | UUID) -> Case:
    """The case with this number ("1001", "#1001") or id, if the actor may see it.

    Raises NotFound, alike for what does not exist and what is not theirs to see.
    """
    name, value = _named(key)
    if actor.reaches_everywhere("cases.see"):
        found = _numbered.first(value) if name == "number" else _identified.first(value)
    else:
        found = visible_to(actor).filter(**{name: value}).first()
    if found is None:
        raise NotFound
    return found


@asked_often
def _numbered(number: int) -> QuerySet[Case]:
    return Case.objects.filter(number=number).select_related(*SHOWN)


@asked_often
def _identified(key: UUID) -> QuerySet[Case]:
    return Case.objects.filter(pk=key).select_related(*SHOWN)


def _named(key: int | str | UUID) -> tuple[str, Any]:
    """(column, value) of a case's number or id. Raises NotFound for what is neither."""
    if isinstance(key, UUID):
        return "pk", key
    text = str(key).strip()
    if (number := number_said(text)) is not None:
        return "number", number
    try:
        return "pk", UUID(text)
    except ValueError:
        raise NotFound from None


def number_said(text: str) -> int | None:
    """The case number that `text` writes ("1001", "#1001"); None where it writes none that a case can have."""
    digits = text.removeprefix("#")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= len(str(LAST_NUMBER))):
        return None
    number = int(digits)
    return number if number <= LAST_NUMBER else None


def numbers_ending(digits: str, *, most: int = 50) -> list[int]:
    """The newest so many numbers up to the last case's that end in these two to nine digits. One query: the last number.

    People read out the end of a number. No index knows endings, but the numbers that have one can be counted up.
    """
    if not (digits.isascii() and digits.isdigit() and 2 <= len(digits) <= 9):
        return []
    last = Case.objects.aggregate(last=Max("number"))["last"] or 0
    step = 10 ** len(digits)
    newest = last - (last - int(digits)) % step
    return list(range(newest, 0, -step)[:most])


def filtered(cases: QuerySet[Case], **asked: Any) -> QuerySet[Case]:
    """The cases that fit everything asked, as `asking` has it."""
    return asking(**asked)(cases)


def asking(**asked: Any) -> Narrow:
    """A function that leaves the cases which fit everything asked, as `conditions` has it.

    What text means and how much is late is looked up once, by two queries and one, however often the function is used.
    """
    wanted = list(conditions(**asked).values())
    return lambda cases: cases.filter(*wanted)


def conditions(
    *,
    state: Choice = None,
    department: Choice = None,
    kind: Choice = None,
    severity: Choice = None,
    content: Choice = None,
    channel: Choice = None,
    device_type: Choice = None,
    came_to: Choice = None,
    assignee: int | None = None,
    owner: int | None = None,
    unassigned: bool = False,
    waiting: bool = False,
    customer: UUID | str | None = None,
    order: str | None = None,
    device: str | None = None,
    cause: str | None = None,
    received_from: datetime | None = None,
    received_to: datetime | None = None,
    text: str = "",
    customers: Iterable[UUID] = (),
    overdue: bool | None = None,
) -> dict[str, Q]:
    """What must hold of a case that fits everything asked, by name. None, empty or False: not asked.

    state: codes, or "open", "undone", "ended"; under the name "open" where it asks for open states alone.
    department, came_to: codes. assignee, owner: an account's id. unassigned: nobody handles it. waiting: the customer is waited
    for. customer: its id. order: the rental order's number. device: a serial number; cause: found in a
    round of it, asked only beside a device, whose index finds the few it may hold of. received in [from, to). text: a case number, an order
    number, or words of subject and text (`searching.numbers_saying`); cases of `customers`, found by the same text,
    are added. overdue: an obligation is open and late (True), none is (False).
    """
    wanted = _chosen(kind=kind, severity=severity, content=content, channel=channel, device_type=device_type)
    if codes := _states(state):
        wanted["open" if states.OPEN.issuperset(codes) else "state"] = Q(state__in=codes)
    exact = {
        "assignee": assignee,
        "owner": owner,
        "customer": customer,
        "received_at__gte": received_from,
        "received_at__lt": received_to,
    }
    wanted |= {column: Q(**{column: value}) for column, value in exact.items() if value not in {None, ""}}
    if order:
        wanted["order"] = Q(order__in=Order.objects.filter(number=order).values("pk"))
    if device:
        wanted["device"] = Q(device__in=Device.objects.filter(serial=device).values("pk"))
    if device and cause:
        wanted["cause"] = Q(Exists(Round.objects.filter(case=OuterRef("pk"), cause=cause)))
    if unassigned:
        wanted["unassigned"] = Q(assignee=None)
    if waiting:
        wanted["waiting"] = Q(waiting_since__isnull=False)
    if homes := _codes(department):
        wanted["responsible"] = Q(responsible__in=Department.objects.filter(code__in=homes).values("pk"))
    if homes := _codes(came_to):
        wanted["came_to"] = Q(came_to__in=Department.objects.filter(code__in=homes).values("pk"))
    if text.strip():
        wanted["text"] = _says(text.strip(), customers)
    if overdue is not None:
        wanted["overdue"] = _late() if overdue else ~Q(_breached())
    return wanted


def _chosen(**choices: Choice) -> dict[str, Q]:
    """The columns of which codes were chosen."""
    asked = {column: _codes(choice) for column, choice in choices.items()}
    return {column: Q(**{f"{column}__in": codes}) for column, codes in asked.items() if codes}


def _codes(choice: Choice) -> list[str]:
    if not choice:
        return []
    return [choice] if isinstance(choice, str) else list(choice)


def _states(choice: Choice) -> list[str]:
    return [code for word in _codes(choice) for code in sorted(GROUPS.get(word, {word}))]


def _says(text: str, customers: Iterable[UUID]) -> Q:
    """What the text may mean, looked up first: one column against known values is what an index answers."""
    numbers = numbers_saying(text)
    if (number := number_said(text)) is not None:
        numbers.append(number)
    said = Q(number__in=numbers)
    if orders := list(_orders(text)):
        said |= Q(order__in=orders)
    if whose := list(customers):
        said |= Q(customer__in=whose)
    return said


def _orders(text: str) -> QuerySet[Order, UUID]:
    """The order of this number, as it was typed or in the other case."""
    spelt = {text, text.upper(), text.lower()}
    return Order.objects.filter(number__in=spelt).values_list("pk", flat=True)


def _late() -> Q:
    """Cases with an open obligation that was breached: by their ids where they are few, one by one where many."""
    is_more = len(_breaches().values_list("pk")[: FEW + 1]) > FEW
    return Q(_breached()) if is_more else late_cases()


def late_cases(most: int = FEW) -> Q:
    """Being one of the cases with an open obligation that was breached, of up to `most` of them. No query by itself."""
    return Q(pk__in=_breaches().values_list(CaseId()).distinct()[:most])


def _breaches() -> QuerySet[Obligation]:
    return Obligation.objects.filter(subject_type="case", state="open", breached_at__isnull=False)


def _breached() -> Exists:
    return Exists(_breaches().filter(subject_id=SubjectId(OuterRef("pk"))))
