"""Work across departments: one owner in customer service (FB-3.2e), and help asked of others (CS-3.2b)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from goodword.base.core.clock import local_day
from goodword.base.core.errors import Invalid, Refused
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.base.people.models import Account, Department
from goodword.engine.journal.recording import lock_subject, record
from goodword.engine.policy.queries import values_of

from ..kinds import COORDINATED, HELP_ANSWERED, HELP_ASKED, HELP_WITHDRAWN
from ..models import Case, Help, Note
from ._ground import change, handled, lock, require_open, require_reach
from ._reach import works_in
from .replying import clean

CLAUSE, HELPING = "FB-3.2e", "CS-3.2b"
ANSWERS = ("solution", "progress")


def coordinate(
    case: Case, *, by: Actor, at: datetime, owner: Account, departments: Sequence[Department], question: str
) -> list[Help]:
    """Take a matter of several departments in hand: one owner in customer service, each department asked for help.

    Effects: the owner; `case.coordinated`; one help with `help.asked` for each department (CS-3.2b runs).
    Raises Forbidden, Invalid, Refused (FB-3.2e) for an owner outside the coordinating department.
    """
    require_reach(case, "cases.coordinate", by)
    asked = list(dict.fromkeys(department.merged_into or department for department in departments))
    if not asked:
        raise Invalid(
            "请选择要协助的部门。", "Choose the departments.", fields={"departments": "必选 / required"}
        )
    coordinator = Department.objects.get(code=values_of(CLAUSE, on=local_day(at))["coordinator"])
    if not works_in(owner, coordinator, at=at):
        raise Refused(
            f"跨部门事项的责任人要在{coordinator.name_zh}。",
            f"The owner of a matter across departments works in {coordinator.name_en}.",
            clauses=(CLAUSE,),
            fields={"owner": "请另选责任人 / choose another owner"},
        )
    with one_fact():
        lock(case)
        require_open(case)
        change(case, at=at, owner=owner)
        handled(case, by=by, act="coordinated", at=at)
        facts = {"owner": owner.pk, "departments": [department.code for department in asked]}
        record(COORDINATED, case.pk, by=by, at=at, facts=facts)
        return [_ask(case, department, question, complicated=True, by=by, at=at) for department in asked]


def ask_help(
    case: Case,
    *,
    by: Actor,
    at: datetime,
    department: Department,
    question: str,
    complex: bool = False,  # noqa: A002  (the regulation's word)
) -> Help:
    """Ask another department for help. complex: it goes to the committee when it is not answered in time.

    Effects: the help; `help.asked` (starts CS-3.2b). Raises Forbidden, Invalid, Refused when the case has ended.
    """
    require_reach(case, "cases.hand_over", by)
    with one_fact():
        lock(case)
        require_open(case)
        change(case, at=at)
        handled(case, by=by, act="asked_help", at=at)
        return _ask(case, department.merged_into or department, question, complicated=complex, by=by, at=at)


def _ask(
    case: Case, department: Department, question: str, *, complicated: bool, by: Actor, at: datetime
) -> Help:
    question = clean(question)
    if not question:
        raise Invalid(
            "请写明需要什么协助。", "Say what help is needed.", fields={"question": "必填 / required"}
        )
    asked = Help.objects.create(
        case=case, department=department, question=question, asked_by_id=by.staff_id, asked_at=at
    )
    facts = {"case": str(case.pk), "asked_by": by.account_id, "department": department.code}
    record(HELP_ASKED, asked.pk, by=by, at=at, facts={**facts, "complex": complicated})
    return asked


def answer_help(asked: Help, *, by: Actor, at: datetime, kind: str, text: str) -> Help:
    """Answer a request for help: with a solution, which ends it, or with progress, which leaves it open.

    Effects: the answer (progress is also kept as a note, since the solution follows in its place);
    `help.answered` (meets CS-3.2b). Raises Forbidden outside the department asked, Invalid, Refused when it is over.
    """
    text = clean(text)
    by.require("cases.answer_help", department=asked.department.code)
    wrong = {} if kind in ANSWERS else {"kind": "请选择方案或进展 / choose solution or progress"}
    if not text:
        wrong["text"] = "必填 / required"
    if wrong:
        raise Invalid("答复不完整。", "The answer is not complete.", clauses=(HELPING,), fields=wrong)
    with one_fact():
        case = _locked(asked)
        state = "answered" if kind == "solution" else "open"
        Help.objects.filter(pk=asked.pk).update(
            state=state, answer_kind=kind, answer=text, answered_by=by.account_id, answered_at=at
        )
        _reread(asked, case)
        if kind == "progress":
            Note.objects.create(case=case, text=text, by_id=by.account_id, at=at)
        change(case, at=at)
        handled(case, by=by, act="helped", at=at)
        record(HELP_ANSWERED, asked.pk, by=by, at=at, facts={"case": str(case.pk), "kind": kind})
    return asked


def withdraw_help(asked: Help, *, by: Actor, at: datetime) -> Help:
    """Take a request for help back: whoever asked, or handles the case.

    Effects: `help.withdrawn` (releases CS-3.2b). Raises Forbidden, Refused when it is over.
    """
    if asked.asked_by_id != by.account_id:
        require_reach(asked.case, "cases.hand_over", by)
    with one_fact():
        case = _locked(asked)
        Help.objects.filter(pk=asked.pk).update(state="withdrawn")
        _reread(asked, case)
        change(case, at=at)
        record(HELP_WITHDRAWN, asked.pk, by=by, at=at, facts={"case": str(case.pk)})
    return asked


def _locked(asked: Help) -> Case:
    """Case, then help, locked and read afresh; raise Refused unless the help is still wanted."""
    case = lock(asked.case)
    lock_subject("help", asked.pk)
    _reread(asked, case)
    if asked.state != "open":
        raise Refused(
            "这个协助请求已经结束。",
            "This request for help is over.",
            clauses=(HELPING,),
            cure_zh="不必再答复。",
            cure_en="No answer is needed.",
        )
    return case


def _reread(asked: Help, case: Case) -> None:
    """The help as it is now, still holding the caller's case."""
    asked.refresh_from_db()
    asked.case = case
