"""Two cases side by side before one goes into the other, and what was merged afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from goodword.base.core.errors import NotFound
from goodword.base.people.actors import Actor
from goodword.engine.attachments.queries import count_by_subject
from goodword.engine.obligations.fates import released_by
from goodword.voice.cases import states
from goodword.voice.cases.actions import merging
from goodword.voice.cases.kinds import HELP_WITHDRAWN, MERGED
from goodword.voice.cases.models import Case
from goodword.voice.cases.queries import listing, merged, obligations
from goodword.voice.cases.queries.timeline import messages_of

from ..access import WebRequest
from ..refusing import Answered, answered
from .alike import Alike, proposed
from .duties import Duty, duty
from .naming import Names
from .page import words_of


@dataclass(frozen=True, slots=True)
class Owed:
    """A running duty and what becomes of it should its case go into the other: it ends, or it goes on."""

    duty: Duty
    ends: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two, and what follows should it be the one that goes on.

    owed: its running duties. refusal: why the other cannot go into it; None where it can. path: where the form that
    lets it go on is sent (the other is what is merged). ends, stays: how many duties of both end and run on then.
    """

    case: Case
    text: dict[str, Any]
    owed: list[Owed]
    messages: int
    files: int
    refusal: Answered | None
    path: str
    ends: int
    stays: int


@dataclass(frozen=True, slots=True)
class Joined:
    """A merged case as either page shows it. undo: where its un-merging is sent; refusal: why that is impossible."""

    merger: merged.Merger
    undo: str
    refusal: Answered | None


def asked_for(request: WebRequest, case: Case) -> tuple[Case | None, bool]:
    """(the other case that `?other=` names, whether something was asked that is not there to be compared)."""
    wanted = request.GET.get("other", "").strip()
    if not wanted:
        return None, False
    try:
        other = listing.get(request.actor, wanted[:40])
    except NotFound:
        return None, True
    return (other, False) if other.pk != case.pk else (None, True)


def context(request: WebRequest, case: Case, names: Names) -> dict[str, Any]:
    """The page's context: the two sides where another case was named, and those proposed as the same matter."""
    other, is_missing = asked_for(request, case)
    return {
        "case": case,
        "other": other,
        "wanted": request.GET.get("other", "")[:40],
        "is_missing": is_missing,
        "sides": sides(case, other, request.actor, names) if other else [],
        "candidates": candidates(case, request.actor, names),
    }


def candidates(case: Case, actor: Actor, names: Names) -> list[Alike]:
    """The cases proposed as the same matter that the actor sees. Two queries."""
    found = proposed(case, names)
    if not found:
        return []
    seen = listing.visible_to(actor).filter(pk__in=[one.case.pk for one in found])
    there = set(seen.values_list("pk", flat=True))
    return [one for one in found if one.case.pk in there]


def sides(one: Case, other: Case, actor: Actor, names: Names) -> list[Side]:
    """Both, this page's case first. A fixed number of queries."""
    owed = {case.pk: _owed(case) for case in (one, other)}
    told = [message.case_id for message in messages_of([one.pk, other.pk])]
    files = count_by_subject("case", [one.pk, other.pk])
    drawn = []
    for case, source in ((one, other), (other, one)):
        refused = merging.hindrance(source, into=case, by=actor)
        ends = sum(each.ends for each in owed[source.pk])
        drawn.append(
            Side(
                case,
                words_of(case, names),
                owed[case.pk],
                messages=told.count(case.pk),
                files=files.get(str(case.pk), 0),
                refusal=answered(refused) if refused else None,
                path=reverse("web:case-merger", args=[source.number]),
                ends=ends,
                stays=len(owed[source.pk]) - ends + len(owed[case.pk]),
            )
        )
    return drawn


def _owed(case: Case) -> list[Owed]:
    rows = obligations.open_of(case)
    own, asked = ([row for row in rows if row.subject_type == kind] for kind in ("case", "help"))
    ending = released_by(own, MERGED.name) | released_by(asked, HELP_WITHDRAWN.name)
    return [Owed(duty(row), ends=row.pk in ending) for row in rows]


def joined(case: Case, absorbed: Sequence[Case], actor: Actor) -> dict[str, Any]:
    """What was merged: this case into another (`went`), and others into it (`came`). No query where nothing was."""
    merges = merged.mergers([*([case] if case.state == states.MERGED else []), *absorbed])
    told = {one.case.pk: _joined(one, actor) for one in merges}
    last = merged.final_target(case)
    return {
        "went": told.pop(case.pk, None),
        "goes_on": last if last.pk not in {case.pk, case.merged_into_id} else None,
        "came": list(told.values()),
    }


def _joined(one: merged.Merger, actor: Actor) -> Joined:
    refused = merging.undoing_hindrance(one.case, is_final=one.is_final, by=actor)
    path = reverse("web:case-merger-undo", args=[one.case.number])
    return Joined(one, path, answered(refused) if refused else None)
