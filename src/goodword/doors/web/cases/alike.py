"""Cases that may be the same matter, as they are shown: which, since when, over what, how near and by what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from goodword.base.core.asking import asked_often
from goodword.base.people.actors import Actor
from goodword.voice.cases.models import Case, DuplicateProposal
from goodword.voice.cases.queries import duplicates, listing

from ..templatetags.goodword_ui import t
from .naming import Names

TIES = {
    "order": ("同一租赁单", "same order"),
    "customer": ("同一客户", "same customer"),
    "contact": ("同一联系人", "same contact"),
    "mail": ("同一邮箱", "same mail address"),
    "text": ("文字几乎相同", "nearly the same words"),
}


@dataclass(frozen=True, slots=True)
class Alike:
    """One such case; proposal: the key by which it is merged or dismissed, 0 while nothing is proposed yet."""

    case: Case
    channel: str
    by: str
    percent: int
    proposal: int = 0


def alike_to(what: duplicates.Wanted, actor: Actor, *, at: datetime, names: Names) -> list[Alike]:
    """Those near what is just being taken down, of the cases the actor sees. Two queries at most."""
    near = duplicates.nearest(what, at=at)
    if not near:
        return []
    seen = set(
        listing.visible_to(actor).filter(pk__in=[one.case.pk for one in near]).values_list("pk", flat=True)
    )
    return [
        Alike(one.case, names.channel(one.case.channel), t(*TIES[one.by]), round(100 * one.nearness))
        for one in near
        if one.case.pk in seen
    ]


@asked_often
def _proposed(case: UUID) -> QuerySet[DuplicateProposal]:
    rows = DuplicateProposal.objects.filter(case=case, state="proposed")
    return rows.select_related("other__contact").order_by("-nearness", "pk")


def proposed(case: Case, names: Names) -> list[Alike]:
    """Those proposed for a case and not decided, the nearest first. One query."""
    what = duplicates.wanted(case)
    rows = _proposed(case.pk)
    return [
        Alike(
            row.other,
            names.channel(row.other.channel),
            t(*TIES[duplicates.tie(what, duplicates.wanted(row.other))]),
            round(100 * row.nearness),
            row.pk,
        )
        for row in rows
    ]
