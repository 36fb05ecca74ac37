"""Links between cases, and the same matter coming twice: proposed, never decided by the software."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from goodword.base.core.errors import Invalid, Refused
from goodword.base.core.inserting import insert_all
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import lock_subject, record

from ..kinds import DUPLICATE_DISMISSED, LINKED
from ..models import Case, DuplicateProposal, Link
from ..queries import duplicates
from ._ground import handled, lock, require_reach

RELATIONS = frozenset(code for code, _ in Link._meta.get_field("relation").flatchoices)


def link(case: Case, other: Case, *, by: Actor, at: datetime, relation: str) -> Link:
    """Tie two cases together; either may have ended. relation: related, follows (`case` follows `other`) or
    same_cause.

    Effects: the link; `case.linked` on both. The same link again changes nothing and is returned.
    Raises Forbidden, Invalid for an unknown relation, Refused: to itself, or tied otherwise already.
    """
    require_reach(case, "cases.link", by)
    if relation not in RELATIONS:
        raise Invalid("没有这种关联。", "There is no such relation.", fields={"relation": relation})
    if case.pk == other.pk:
        raise Refused("工单不能关联它自己。", "A case cannot be linked to itself.")
    with one_fact():
        for one in sorted((case, other), key=lambda one: str(one.pk)):
            lock_subject("case", one.pk)
        there = Link.objects.filter(Q(case=case, other=other) | Q(case=other, other=case)).first()
        if there is not None:
            return _same(there, case, relation)
        made = Link.objects.create(case=case, other=other, relation=relation, at=at)
        handled(case, by=by, act="linked", at=at)
        for one, to in ((case, other), (other, case)):
            facts = {"other": str(to.pk), "relation": relation}
            record(LINKED, one.pk, by=by, at=at, facts=facts)
    return made


def _same(there: Link, case: Case, relation: str) -> Link:
    if there.relation == relation and (relation != "follows" or there.case_id == case.pk):
        return there
    raise Refused("这两个工单已经关联过了。", "The two cases are linked already.")


def propose_duplicates(*case_ids: UUID, at: datetime) -> list[DuplicateProposal]:
    """Look for the same matter among other cases and propose the nearest; cases that came together are given in their
    order, and each is compared with those before it.

    What is compared, and from which nearness proposed, are figures of FB-3.2a; see `queries.duplicates`. What was
    proposed before, either way round, stays as it was decided. Nothing is ever merged alone.
    """
    proposals = []
    for place, what in enumerate(duplicates.wanted_by(case_ids)):
        for like in duplicates.likest(what, at=at, but=case_ids[place + 1 :]):
            proposal = DuplicateProposal(
                case_id=case_ids[place], other_id=like.case_id, nearness=like.nearness
            )
            proposals.append(proposal)
    insert_all(proposals)
    return proposals


def dismiss_duplicate(proposal: DuplicateProposal, *, by: Actor, at: datetime) -> DuplicateProposal:
    """A person says the two are not the same matter.

    Effects: the proposal is dismissed and not made again; `case.duplicate_dismissed`.
    Raises Forbidden, Refused when it was decided already.
    """
    require_reach(proposal.case, "cases.link", by)
    with one_fact():
        lock(proposal.case)
        seen = DuplicateProposal.objects.filter(pk=proposal.pk, state="proposed")
        if not seen.update(state="dismissed"):
            raise Refused("这一条已经处理过了。", "This proposal was decided already.")
        proposal.refresh_from_db()
        handled(proposal.case, by=by, act="compared", at=at)
        facts = {"other": str(proposal.other_id)}
        record(DUPLICATE_DISMISSED, proposal.case_id, by=by, at=at, facts=facts)
    return proposal
