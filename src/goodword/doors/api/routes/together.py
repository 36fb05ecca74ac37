"""Cases that belong together: merged, linked, proposed as the same."""

from __future__ import annotations

from goodword.base.core.errors import NotFound
from goodword.voice.cases.actions import linking, merging

from .. import found
from ..caller import Caller
from ..operations import Door
from ..schemas.cases import CaseRow
from ..schemas.common import Empty
from ..schemas.solving import LinkIn, MergeIn
from ..shown import cases as show

door = Door("Merging and linking")


@door.write("cases/{key}/merge", right="cases.merge", answer=CaseRow)
def merge_case(caller: Caller, key: str, body: MergeIn) -> CaseRow:
    """Let a case go on as part of another"""
    source, into = found.case(caller, key), found.case(caller, body.into)
    return show.row_of(merging.merge(source, into=into, **caller.acting))


@door.write("cases/{key}/unmerge", right="cases.merge", answer=CaseRow)
def unmerge_case(caller: Caller, key: str, body: Empty) -> CaseRow:
    """Take a merged case out again, while nothing new was written on it"""
    return show.row_of(merging.unmerge(found.case(caller, key), **caller.acting))


@door.write("cases/{key}/links", right="cases.link", answer=CaseRow, status=201)
def link_cases(caller: Caller, key: str, body: LinkIn) -> CaseRow:
    """Tie two cases together"""
    case, other = found.case(caller, key), found.case(caller, body.other)
    linking.link(case, other, **caller.acting, relation=body.relation)
    return show.row_of(case)


@door.write("cases/{key}/duplicates/{proposal_id}/dismissal", right="cases.link", answer=CaseRow)
def dismiss_duplicate(caller: Caller, key: str, proposal_id: int, body: Empty) -> CaseRow:
    """The two are not the same matter"""
    case = found.case(caller, key)
    proposal = case.duplicates.select_related("case").filter(pk=proposal_id).first()
    if proposal is None:
        raise NotFound
    linking.dismiss_duplicate(proposal, **caller.acting)
    return show.row_of(case)
