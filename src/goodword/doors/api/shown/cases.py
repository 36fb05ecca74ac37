"""Cases shown: rows of a list in three queries however many, and everything about one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from goodword.base.core.masks import mask_text
from goodword.voice.cases.models import Case
from goodword.voice.cases.queries import obligations as duties
from goodword.voice.cases.queries import proposals
from goodword.voice.cases.queries.hanging import Hanging, of_case
from goodword.voice.cases.queries.listing import SHOWN
from goodword.voice.cases.queries.timeline import Moment
from goodword.voice.cases.rules import closing, record_elements

from ..problems import told
from ..schemas.cases import (
    CaseOut,
    CaseRow,
    DueOut,
    DuplicateOut,
    ElementOut,
    LinkOut,
    MissingOut,
    TimelineEntry,
)
from . import handling
from .customers import contact
from .obligations import obligations
from .people import customer_ref, person


def rows(cases: Sequence[Case]) -> list[CaseRow]:
    """Cases in a list, each with its most pressing obligation; `cases` were read with their relations."""
    due = duties.pressing(case.pk for case in cases)
    return [CaseRow(**_row(case, due.get(case.pk))) for case in cases]


def row_of(case: Case) -> CaseRow:
    """One case as it stands after an action, read afresh."""
    return rows([Case.objects.select_related(*SHOWN).get(pk=case.pk)])[0]


def whole(case: Case) -> CaseOut:
    """Everything about a case. Up to two dozen queries, however much there is; one of them asks what there is."""
    there = Hanging(case)
    due = duties.pressing([case.pk]).get(case.pk)
    return CaseOut(**_row(case, due), **_words(case), **_handling(case, there), **_neighbours(case, there))


def _row(case: Case, due: duties.Pressing | None) -> dict[str, Any]:
    plain = (
        "number state channel kind content subclass severity device_type stage sentiment urgent_need supervisor_needed "
        "waiting_since received_at changed_at done_at closed_at history"
    )
    return {name: getattr(case, name) for name in plain.split()} | {
        "id": case.pk,
        "round": case.round_no,
        "subject": mask_text(case.subject),
        "customer": customer_ref(case.customer),
        "order": case.order.number if case.order else None,
        "department": case.responsible.code if case.responsible else None,
        "assignee": person(case.assignee),
        "owner": person(case.owner),
        "next_due": _due(due) if due else None,
    }


def _due(row: duties.Pressing) -> DueOut:
    return DueOut(id=row.pk, clause=row.clause_id, due_at=row.due_at, late=row.is_late)


def _words(case: Case) -> dict[str, Any]:
    lacking = record_elements.missing(case)
    return {
        "text": mask_text(case.text),
        "contact": contact(case.contact) if case.contact else None,
        "device": case.device.serial if case.device else None,
        "scene": mask_text(case.scene),
        "asks": mask_text(case.asks),
        "asked_by_at": case.asked_by_at,
        "waiting_for": mask_text(case.waiting_for),
        "assessment": case.assessment,
        "assessment_reason": mask_text(case.assessment_reason),
        "proposal": proposals.shown(case),
        "read_by": case.read_by,
        "labelled_at": case.labelled_at,
        "missing_elements": [ElementOut(code=e.code, zh=e.zh, en=e.en) for e in lacking],
        "missing_to_close": [
            MissingOut(zh=m.zh, en=m.en, clauses=list(m.clauses)) for m in closing.missing(case)
        ],
    }


def _handling(case: Case, there: Hanging) -> dict[str, Any]:
    found = {kind: there.read(kind, question) for kind, question in QUESTIONS.items()}
    return {
        "obligations": obligations(duties.of(case)),
        **{kind: [show(row) for row in found[kind]] for kind, show in HANDLING.items()},
        "callback_attempts": len(there.read("callback_attempts", ATTEMPTS, case.round_no)),
    }


QUESTIONS = {
    kind: of_case(kind, narrow)
    for kind, narrow in {
        "rounds": lambda rows: rows.select_related("investigator__person"),
        "solutions": lambda rows: rows.select_related("proposed_by__person", "decided_by__person"),
        "steps": lambda rows: rows.select_related("owner__person", "done_by__person"),
        "evidence": lambda rows: rows.select_related("staff__person", "by__person"),
        "handovers": lambda rows: rows.select_related(
            "from_department", "to_department", "from_account__person", "to_account__person"
        ).order_by("at", "pk"),
        "helps": lambda rows: rows.select_related(
            "department", "asked_by__person", "answered_by__person"
        ).order_by("asked_at", "pk"),
        "phone_tasks": lambda rows: rows.select_related("department", "target__person").order_by(
            "opened_at", "pk"
        ),
        "callbacks": lambda rows: rows.select_related("caller__person").order_by("round_no"),
    }.items()
}
ATTEMPTS = of_case("callback_attempts", lambda rows, round_no: rows.filter(round_no=round_no))
DUPLICATES = of_case("duplicates", lambda rows: rows.select_related("other").order_by("-nearness", "pk"))
LINKS = of_case("links", lambda rows: rows.select_related("other").order_by("at", "pk"))
HANDLING: dict[str, Callable[[Any], Any]] = {
    "rounds": handling.round_of,
    "solutions": handling.solution,
    "steps": handling.step,
    "evidence": handling.evidence,
    "handovers": handling.handover,
    "helps": handling.help_of,
    "phone_tasks": handling.phone_task,
    "callbacks": handling.callback,
}


def _neighbours(case: Case, there: Hanging) -> dict[str, Any]:
    duplicates = there.read("duplicates", DUPLICATES)
    links = there.read("links", LINKS)
    into = case.merged_into
    return {
        "merged_into": into.number if into else None,
        "links": [LinkOut(number=row.other.number, relation=row.relation) for row in links],
        "duplicates": [
            DuplicateOut(id=row.pk, number=row.other.number, nearness=row.nearness, state=row.state)
            for row in duplicates
        ],
    }


def moment(row: Moment) -> TimelineEntry:
    """A moment of the timeline, its title in the language asked for."""
    return TimelineEntry(
        at=row.at,
        what=row.what,
        kind=row.kind,
        title=told(row.zh, row.en),
        by=row.by,
        text=row.text,
        facts=row.facts,
    )
