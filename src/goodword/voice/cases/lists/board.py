"""Cases by state: of each state how many, and the first few by time left. A fixed number of statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import reduce
from operator import or_
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from goodword.base.people.actors import Actor
from goodword.engine.obligations.models import Obligation

from ..models import Case
from ..queries.listing import reach
from ..queries.obligations import Pressing, pressing
from ..states import OPEN
from .counting import Asked, Count, counts_and_firsts

PRESSING = 600
"""The most pressing duties of the company, of which those on the board are picked first."""
NEWEST = 40
"""Of each state the newest so many cases are looked at besides."""
NEVER = datetime.max.replace(tzinfo=UTC)


class Stack(NamedTuple):
    """One state. held: how many cases are in it. cases: the first of them. owed: what each owes, by its id."""

    state: str
    held: Count
    cases: list[Case]
    owed: dict[UUID, Pressing]


def board(
    actor: Actor, asked: Asked, states: Sequence[str], *, each: int, read: QuerySet[Case]
) -> list[Stack]:
    """A stack for each state, of the cases that fit what is asked and that the person may see.

    The first `each` of a state are those with the least time left among the most pressing duties and its newest
    cases; what stands still comes after what runs, what owes nothing last. Six statements, however many cases.
    """
    lists = [_in_state(asked, state) for state in states]
    urgent = _most_pressing(actor, asked, states)
    held, there = counts_and_firsts(actor, lists, each=NEWEST)
    for state, found in zip(states, there, strict=True):
        found |= dict(urgent[state][: 2 * each])  # twice as many: some of them may stand still
    owed = pressing({pk for found in there for pk in found})
    chosen = [sorted(found.items(), key=lambda one: _order(one[0], one[1], owed))[:each] for found in there]
    rows = read.in_bulk([pk for found in chosen for pk, _ in found])
    return [
        Stack(state, count, [rows[pk] for pk, _ in found if pk in rows], owed)
        for state, count, found in zip(states, held, chosen, strict=True)
    ]


def _in_state(asked: Asked, state: str) -> dict[str, Q]:
    """What is asked, of one state; nothing fits where it asks for others only."""
    wanted = dict(asked)
    others = [wanted.pop(name) for name in ("open", "state") if name in wanted]
    codes = [code for q in others for child in q.children if isinstance(child, tuple) for code in child[1]]
    name = "open" if state in OPEN else "state"
    wanted[name] = Q(state__in=[] if others and state not in codes else [state])
    return wanted


def _most_pressing(
    actor: Actor, asked: Mapping[str, Q], states: Sequence[str]
) -> dict[str, list[tuple[UUID, int]]]:
    """{state: (id, number)} of the cases behind the most pressing open duties that belong there, in their order."""
    found: dict[str, list[tuple[UUID, int]]] = {state: [] for state in states}
    if not (ways := reach(actor)):
        return found
    due = Obligation.objects.filter(state="open", subject_type="case", history=False).order_by("due_at")
    named = dict.fromkeys(UUID(name) for name in due.values_list("subject_id", flat=True)[:PRESSING])
    fitting = Case.objects.filter(reduce(or_, ways), *asked.values(), pk__in=list(named), state__in=states)
    rows = {pk: (state, number) for pk, number, state in fitting.values_list("pk", "number", "state")}
    for pk in named:
        if pk in rows:
            state, number = rows[pk]
            found[state].append((pk, number))
    return found


def _order(pk: UUID, number: int, owed: Mapping[UUID, Pressing]) -> tuple[int, datetime, int]:
    one = owed.get(pk)
    if one is None:
        return 2, NEVER, -number
    return int(one.is_paused), one.due_at, -number
