"""Lists of cases: who sees which, found by what people look for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from goodword.base.core.errors import NotFound
from goodword.base.people.actors import Actor
from goodword.engine.obligations.models import Obligation

from .. import states
from ..models import Case, Help, Step, Watcher
from .keys import SubjectId

SHOWN = ("customer", "contact", "order", "device", "responsible", "assignee__person", "owner__person")
CAME_IN = "SELECT number FROM cases_case WHERE channel = %s AND outside_id = %s AND NOT outside_id = ''"
GROUPS = {"open": states.OPEN, "ended": states.ENDED}
"""States that are looked for together by one word."""

Choice = str | Iterable[str] | None


def visible_to(actor: Actor) -> QuerySet[Case]:
    """The cases somebody may see, with what a list shows of each: one query however long the page.

    Company-wide roles see all; others those of the departments in which they may see cases, those assigned to,
    owned or watched by them, those with a step for them to do, and those where such a department is asked for help.
    """
    cases = Case.objects.select_related(*SHOWN)
    if actor.reaches_everywhere("cases.see"):
        return cases
    if actor.account_id is None or not actor.has("cases.see"):
        return cases.none()
    homes = [home for home in {home for _, home in actor.grants} if actor.has("cases.see", department=home)]
    watched = Watcher.objects.filter(case=OuterRef("pk"), account_id=actor.account_id)
    steps = Step.objects.filter(case=OuterRef("pk"), owner_id=actor.account_id)
    asked = Help.objects.filter(case=OuterRef("pk"), department__code__in=homes)
    return cases.filter(
        Q(responsible__code__in=homes)
        | Q(assignee_id=actor.account_id)
        | Q(owner_id=actor.account_id)
        | Exists(watched)
        | Exists(steps)
        | Exists(asked)
    )


def number_of(channel: str, outside_id: str) -> int | None:
    """The number of the case that came in over the channel under this id (not empty); None for none."""
    with connection.cursor() as cursor:  # by hand: asked for every receipt
        cursor.execute(CAME_IN, [channel, outside_id])
        row = cursor.fetchone()
    return int(row[0]) if row else None


def get(actor: Actor, key: int | str | UUID) -> Case:
    """The case with this number ("1001", "#1001") or id, if the actor may see it.

    Raises NotFound, alike for what does not exist and what is not theirs to see.
    """
    found = visible_to(actor).filter(_named(key)).first()
    if found is None:
        raise NotFound
    return found


def _named(key: int | str | UUID) -> Q:
    if isinstance(key, UUID):
        return Q(pk=key)
    text = str(key).strip().removeprefix("#")
    if text.isascii() and text.isdigit() and len(text) <= len(str(2**62)):
        return Q(number=int(text))
    try:
        return Q(pk=UUID(text))
    except ValueError:
        raise NotFound from None


def filtered(
    cases: QuerySet[Case],
    *,
    state: Choice = None,
    department: Choice = None,
    kind: Choice = None,
    severity: Choice = None,
    content: Choice = None,
    channel: Choice = None,
    assignee: int | None = None,
    customer: UUID | str | None = None,
    order: str | None = None,
    received_from: datetime | None = None,
    received_to: datetime | None = None,
    text: str = "",
    overdue: bool | None = None,
) -> QuerySet[Case]:
    """The cases that fit everything asked. None or empty: not asked.

    state: codes, or "open", "ended". department: codes. assignee: an account's id. customer: its id. order: the
    rental order's number. received in [from, to). text: a case number, an order number, or words of subject and text.
    overdue: an obligation is open and late (True), none is (False).
    """
    choices = (
        ("state", _states(state)),
        ("responsible__code", _codes(department)),
        ("kind", _codes(kind)),
        ("severity", _codes(severity)),
        ("content", _codes(content)),
        ("channel", _codes(channel)),
    )
    for column, codes in choices:
        if codes:
            cases = cases.filter(**{f"{column}__in": codes})
    exact = {
        "assignee_id": assignee,
        "customer_id": customer,
        "order__number": order,
        "received_at__gte": received_from,
        "received_at__lt": received_to,
    }
    cases = cases.filter(**{column: value for column, value in exact.items() if value not in {None, ""}})
    if text.strip():
        cases = cases.filter(_says(text.strip()))
    return cases if overdue is None else cases.filter(_late() if overdue else ~_late())


def _codes(choice: Choice) -> list[str]:
    if not choice:
        return []
    return [choice] if isinstance(choice, str) else list(choice)


def _states(choice: Choice) -> list[str]:
    return [code for word in _codes(choice) for code in sorted(GROUPS.get(word, {word}))]


def _says(text: str) -> Q:
    number = text.removeprefix("#")
    said = Q(order__number__iexact=text)
    if not _MASKED.search(text):
        said |= Q(subject__icontains=text) | Q(text__icontains=text)
    if number.isascii() and number.isdigit() and len(number) <= len(str(2**62)):
        said |= Q(number=int(number))
    return said


_MASKED = re.compile(r"\d{4}|@")
"""What a telephone number, a card or a mail address is made of: it is shown masked (FB-1.3a), so it is not looked for
in the words either, or the digits that are hidden could be guessed one by one."""


def _late() -> Exists:
    """A case with an open obligation that was breached, by the obligations' own index."""
    return Exists(
        Obligation.objects.filter(
            subject_type="case", subject_id=SubjectId(OuterRef("pk")), state="open", breached_at__isnull=False
        )
    )
