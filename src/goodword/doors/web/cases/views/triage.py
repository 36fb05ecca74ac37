"""Triage, dispatch, taking a case oneself, handing it over, completing its record."""

from __future__ import annotations

from goodword.voice.cases import states as s
from goodword.voice.cases.actions import dispatching, handing_over, records, triaging

from ..ability import Ability, calls, reaches, within
from ..forms.base import CaseForm
from ..forms.record import RecordForm
from ..forms.triage import DispatchForm, HandoverForm, TriageForm

UNDER_WORK = (s.TRIAGED, s.INVESTIGATING, s.PROPOSED, s.AGREED, s.CARRYING_OUT)

TRIAGE = Ability(
    name="triage",
    zh="分类分派",
    en="Triage",
    icon="route",
    right="cases.triage",
    possible=within(*triaging.RETRIAGED_IN),
    act=calls(triaging.triage),
    form=TriageForm,
    leads=frozenset({s.RECEIVED}),
    said=("已分类并派出。", "Triaged and dispatched."),
    key="t",
)
PICK = Ability(
    name="assignment",
    zh="我来处理",
    en="Take it",
    icon="user-check",
    right="cases.investigate",
    possible=lambda case, actor: (
        case.state in UNDER_WORK
        and case.assignee_id != actor.account_id
        and reaches("cases.investigate")(case, actor)
    ),
    act=calls(dispatching.pick),
    group="more",
    form=CaseForm,
    said=("已由您处理。", "It is yours now."),
)
DISPATCH = Ability(
    name="dispatch",
    zh="改派",
    en="Dispatch",
    icon="arrows-exchange",
    right="cases.dispatch",
    possible=within(*UNDER_WORK),
    act=calls(dispatching.dispatch),
    form=DispatchForm,
    group="more",
    said=("已派出。", "Dispatched."),
)
HAND_OVER = Ability(
    name="handover",
    zh="交接",
    en="Hand over",
    icon="arrows-exchange",
    right="cases.hand_over",
    possible=within(*UNDER_WORK, right="cases.hand_over"),
    act=calls(handing_over.hand_over),
    form=HandoverForm,
    group="more",
    said=("已交接。", "Handed over."),
)
RECORD = Ability(
    name="record",
    zh="补充记录要素",
    en="Complete the record",
    icon="forms",
    right="cases.note",
    possible=within(*s.OPEN),
    act=calls(records.complete),
    form=RecordForm,
    group="more",
)
