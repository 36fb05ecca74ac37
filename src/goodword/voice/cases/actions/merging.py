"""Merging: the same matter that came twice goes on as one case; un-merging while nothing has happened since."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from goodword.base.core.errors import DomainError, Refused, Stale
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import lock_subject, record

from .. import states
from ..kinds import ABSORBED, MERGED, RELEASED_CASE, UNMERGED
from ..models import Case, DuplicateProposal, Handler, Watcher
from ..queries.merged import final_target, written_on_since
from . import phoning
from ._ending import wind_up
from ._ground import handled, move, require_open, require_reach, require_state

APART = frozenset({"praise", "suggestion"})
URGENT = "urgent"


def merge(source: Case, *, into: Case, by: Actor, at: datetime) -> Case:
    """Let `source` go on as part of `into`. Nothing merges without a person.

    Effects: source is merged, remembers its state, and what hangs on it is let go of; its handlers and watchers are
    the target's too (FB-4.3e holds across both); `case.merged` on the source (releases its open duties),
    `case.absorbed` on the target. Later messages go to the target. Returns the source.
    Raises Forbidden, Refused: into itself, an ended case (so no ring can close), another customer's, praise or a
    suggestion with anything else (FB-2.2f), an urgent case into one that was triaged as less (FB-3.1b).
    """
    _require_both(source, into, by)
    with one_fact():
        _lock_both(source, into)
        require_open(source)
        _require_target(source, into)
        move(
            source,
            states.MERGED,
            at=at,
            merged_into=into,
            state_before=source.state,
            waiting_since=None,
            waiting_for="",
        )
        wind_up(source, by=by, at=at)
        _share_people(source, into)
        _proposals(source, into).update(state="merged")
        for case in (source, into):  # the source too: it may be taken out again and be called back for itself
            handled(case, by=by, act="merged", at=at)
        record(MERGED, source.pk, by=by, at=at, facts={"target": str(into.pk)})
        record(ABSORBED, into.pk, by=by, at=at, facts={"source": str(source.pk)})
    return source


def hindrance(source: Case, *, into: Case, by: Actor) -> DomainError | None:
    """Why `source` may not go on as part of `into`, as both were read; None where it may. Nothing is written."""
    try:
        _require_both(source, into, by)
        require_open(source)
        _require_target(source, into)
    except DomainError as refused:
        return refused
    return None


def _require_both(source: Case, into: Case, by: Actor) -> None:
    require_reach(source, "cases.merge", by)
    require_reach(into, "cases.merge", by)
    if source.pk == into.pk:
        raise Refused("工单不能并入它自己。", "A case cannot be merged into itself.")


def _lock_both(one: Case, other: Case) -> None:
    """Both places in line, always in the same order, so that two opposite merges cannot wait for each other."""
    for case in sorted((one, other), key=lambda case: str(case.pk)):
        lock_subject("case", case.pk)
    one.refresh_from_db()
    other.refresh_from_db()


def _require_target(source: Case, into: Case) -> None:
    if into.state in states.ENDED:
        last = final_target(into)
        name_zh, name_en = states.NAMES[into.state]
        elsewhere = last.pk not in {source.pk, into.pk} and last.state not in states.ENDED
        raise Refused(
            f"工单 #{into.number} {name_zh},不能再并入。",
            f"Case #{into.number} is {name_en.lower()}; nothing can be merged into it.",
            cure_zh=f"请并入 #{last.number}。" if elsewhere else "请选择一个进行中的工单。",
            cure_en=f"Merge it into #{last.number}." if elsewhere else "Choose a case that is open.",
        )
    if source.customer_id and into.customer_id and source.customer_id != into.customer_id:
        raise Refused(
            "两个工单属于不同的客户,不能合并。",
            "The two cases are of different customers and cannot be merged.",
            cure_zh="可以把它们关联起来。",
            cure_en="Link them instead.",
        )
    if source.kind and into.kind and source.kind != into.kind and APART & {source.kind, into.kind}:
        raise Refused(
            "表扬和建议单独归档,不与其他反馈合并。",
            "Praise and suggestions are filed apart and are not merged with other feedback.",
            clauses=("FB-2.2f",),
            cure_zh="可以把它们关联起来。",
            cure_en="Link them instead.",
        )
    if source.severity == URGENT and into.severity not in {"", URGENT}:
        raise Refused(
            "紧急的工单不能并入不紧急的工单。",
            "An urgent case cannot be merged into one that is not.",
            clauses=("FB-3.1b",),
            cure_zh="请反过来合并,或先把目标工单定为紧急。",
            cure_en="Merge them the other way round, or triage the other one as urgent first.",
        )


def _share_people(source: Case, into: Case) -> None:
    Handler.objects.bulk_create(
        [
            Handler(case=into, account_id=h.account_id, person_id=h.person_id, act=h.act, at=h.at)
            for h in source.handlers.all()
        ],
        ignore_conflicts=True,
    )
    Watcher.objects.bulk_create(
        [Watcher(case=into, account_id=w.account_id) for w in source.watchers.all()], ignore_conflicts=True
    )


def _proposals(source: Case, into: Case) -> QuerySet[DuplicateProposal]:
    both = [source.pk, into.pk]
    return DuplicateProposal.objects.filter(case__in=both, other__in=both)


def unmerge(source: Case, *, by: Actor, at: datetime) -> Case:
    """Take a merged case out again, as long as nothing new was written on it since.

    Effects: the state it had; `case.unmerged` (starts its clocks again), `case.gave_back` on the target; an urgent
    one has its head rung again; the two are no longer proposed as duplicates. What its handlers did stays known
    on the target. Raises Forbidden, Refused when it is not merged or was written on since.
    """
    require_reach(source, "cases.merge", by)
    target = source.merged_into or source
    with one_fact():
        _lock_both(source, target)
        require_state(source, states.MERGED)
        if source.merged_into_id != target.pk:
            raise Stale("工单刚刚有变化,请刷新。", "This case has just changed; look again.")
        if written_on_since([source]):
            raise _too_late(source)
        move(source, source.state_before, at=at, merged_into=None, state_before="")
        source.rounds.filter(number=source.round_no).update(ended_at=None)
        _proposals(source, target).update(state="dismissed")
        handled(source, by=by, act="unmerged", at=at)
        record(UNMERGED, source.pk, by=by, at=at, facts={"target": str(target.pk)})
        record(RELEASED_CASE, target.pk, by=by, at=at, facts={"source": str(source.pk)})
        if source.state in phoning.RUNG_IN:
            phoning.open_task(source, at=at)
    return source


def undoing_hindrance(source: Case, *, is_final: bool, by: Actor) -> DomainError | None:
    """Why a merged case cannot be taken out again; None where it can. is_final: it was written on since."""
    try:
        require_reach(source, "cases.merge", by)
        require_state(source, states.MERGED)
    except DomainError as refused:
        return refused
    return _too_late(source) if is_final else None


def _too_late(source: Case) -> Refused:
    return Refused(
        f"合并之后 #{source.number} 上又有了新内容,不能拆开。",
        f"Something was written on #{source.number} after it was merged; it cannot be taken out again.",
        cure_zh="请新建工单并关联。",
        cure_en="Open a new case and link it.",
    )
