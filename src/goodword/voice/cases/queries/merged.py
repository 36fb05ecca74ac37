"""Cases that go on as one: where a merged case goes on, what went into a case, by whom, and what was written since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q

from goodword.base.people.actors import Actor
from goodword.engine.journal.models import Entry

from ..kinds import MERGED
from ..models import Case, Message, Note
from .listing import visible_to

DEEPEST = 20
"""Merges in a row that are followed: each level is a query."""


@dataclass(frozen=True, slots=True)
class Merger:
    """That `case` was merged into another: when and by whom. is_final: something was written on it since."""

    case: Case
    by: str
    at: datetime
    is_final: bool


def final_target(case: Case) -> Case:
    """The case in which a merged one goes on: the end of the chain, itself when it is not merged. Never loops."""
    seen = {case.pk}
    while case.merged_into is not None and case.merged_into_id not in seen:
        case = case.merged_into
        seen.add(case.pk)
    return case


def absorbed_by(case: Case, actor: Actor) -> list[Case]:
    """What went into the case, also by way of another, as far as the actor may see it. One query for each level."""
    found: dict[UUID, Case] = {}
    level = [case.pk]
    for _ in range(DEEPEST):
        rows = visible_to(actor).filter(merged_into__in=level).order_by("number")
        fresh = {row.pk: row for row in rows if row.pk not in found and row.pk != case.pk}
        if not fresh:
            break
        found.update(fresh)
        level = list(fresh)
    return list(found.values())


def mergers(cases: Sequence[Case]) -> list[Merger]:
    """How each of these merged cases came to be merged. Four queries, however many they are."""
    if not cases:
        return []
    entries = (
        Entry.objects.filter(_of(cases), kind=MERGED.name).select_related("by__person").order_by("number")
    )
    last = {entry.subject_id: entry for entry in entries}
    final = written_on_since(cases)
    return [
        Merger(
            case,
            by=entry.by.person.name if entry.by else "",
            at=entry.at,
            is_final=case.pk in final,
        )
        for case in cases
        if (entry := last.get(str(case.pk))) is not None
    ]


def written_on_since(cases: Iterable[Case]) -> set[UUID]:
    """Which of these cases a message, a note or any act followed since they were merged. Three queries.

    A late alarm of the engine is no act. A case that never was merged is among them.
    """
    wanted = {str(case.pk): case.pk for case in cases}
    is_act, is_merger = ~Q(kind__startswith="obligation."), Q(kind=MERGED.name)
    rows = Entry.objects.filter(subject_type="case", subject_id__in=list(wanted)).values("subject_id")
    last = rows.annotate(
        act=Max("number", filter=is_act),
        merger=Max("number", filter=is_merger),
        at=Max("at", filter=is_merger),
    ).order_by()
    merged = {wanted[row["subject_id"]]: row["at"] for row in last if row["act"] == row["merger"]}
    for rows_of_words in (Message.objects, Note.objects):
        words = rows_of_words.filter(case__in=list(merged)).values("case").annotate(last=Max("at")).order_by()
        for row in words:
            if row["last"] > merged[row["case"]]:
                del merged[row["case"]]
    return set(wanted.values()) - set(merged)


def _of(cases: Iterable[Case]) -> Q:
    return Q(subject_type="case", subject_id__in=[str(case.pk) for case in cases])
