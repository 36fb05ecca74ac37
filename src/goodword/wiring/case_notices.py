"""What happens to a case, told to those whom it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from goodword.base.people import queries as people
from goodword.base.people.models import Account
from goodword.company.channels.actions.notifying import queue_notice
from goodword.engine.journal.models import Entry
from goodword.engine.journal.reactions import together
from goodword.voice.cases.models import Case, Help, Note, PhoneTask, Solution, Step, Watcher
from goodword.voice.cases.queries import listing

from .addressees import addressees


def to_assignee(entry: Entry) -> None:
    """A case came to somebody's desk."""
    case = _case(entry)
    if case.assignee is not None and case.assignee_id != entry.by_id:
        _tell(
            entry, case, [case.assignee], "已派给您", "was assigned to you", urgent=case.severity == "urgent"
        )


def came_to_department(entry: Entry) -> None:
    """A case came to a department's own address: its intake agents on duty hear of it before all others.

    Not those of the department where every new case begins: for them it is one of many.
    """
    home = entry.facts.get("came_to")
    if not home or home == entry.facts["department"]:
        return
    agents = people.on_duty("intake", at=entry.recorded_at, department=home)
    if agents:
        zh, en = "发到你们部门的邮箱，待分派", "was written to your department and waits for triage"
        _tell(entry, _case(entry), agents, zh, en, clause_id="FB-3.2a")


def customer_wrote(entry: Entry) -> None:
    """The customer wrote: its assignee knows, else the intake desk."""
    case = _case(entry)
    concerned = [case.assignee] if case.assignee else people.on_duty("intake", at=entry.recorded_at)
    _tell(entry, case, [*concerned, *_watchers(case)], "客户有新消息", "the customer wrote")


def approval_needed(entry: Entry) -> None:
    """A solution above its writer's limit waits for whoever may approve it."""
    if entry.facts.get("approval") != "needed":
        return
    case, solution = _case(entry), Solution.objects.get(pk=entry.facts["solution"])
    department = case.responsible.code if case.responsible else "service"
    concerned = addressees(solution.approver_role, department=department, at=entry.recorded_at)
    _tell(
        entry,
        case,
        concerned,
        "有方案待您审批",
        "a solution waits for your approval",
        clause_id="FB-4.2f",
        urgent=True,
    )


def approval_given(entry: Entry) -> None:
    """The writer hears what was decided."""
    case, solution = (
        _case(entry),
        Solution.objects.select_related("proposed_by").get(pk=entry.facts["solution"]),
    )
    approved = solution.approval == "approved"
    zh, en = (
        ("方案已批准", "the solution was approved")
        if approved
        else ("方案未获批准", "the solution was not approved")
    )
    _tell(entry, case, [solution.proposed_by], zh, en, clause_id="FB-4.2f")


def solution_declined(entry: Entry) -> None:
    """FB-4.2f: the customer does not accept, so a supervisor steps in."""
    case = _case(entry)
    department = case.responsible.code if case.responsible else "service"
    concerned = addressees("department_head", department=department, at=entry.recorded_at)
    _tell(
        entry,
        case,
        concerned,
        "客户不接受方案,请您介入",
        "the customer declined: please step in",
        clause_id="FB-4.2f",
        urgent=True,
    )


@together
def callback_wanted(entries: Sequence[Entry]) -> None:
    """Done: those who call back and did not handle it are told; ledger history is left alone."""
    over = listing.history_among({UUID(entry.subject_id) for entry in entries})
    for entry in entries:
        if UUID(entry.subject_id) not in over:
            _callback_wanted(entry)


def _callback_wanted(entry: Entry) -> None:
    case = _case(entry)
    handlers = set(case.handlers.values_list("person_id", flat=True))
    # Where every callback agent on duty has handled it, the lead finds somebody: an owed call must reach a desk.
    callers = [a for role in ("callback", "service_lead") for a in people.on_duty(role, at=entry.recorded_at)]
    free = [account for account in callers if account.person_id not in handlers] or callers[-1:]
    _tell(entry, case, free[:1], "待回访", "waits for its callback", clause_id="FB-4.3d")


def steps_given(entry: Entry) -> None:
    """Carrying out began: whoever has a step to do hears of it."""
    case = _case(entry)
    steps = Step.objects.filter(case=case, round_no=case.round_no, done_at=None, owner__isnull=False)
    owners = [step.owner for step in steps.select_related("owner").order_by("number") if step.owner]
    _tell(entry, case, owners, "有一步由您执行", "a step is yours to do")


def mentioned(entry: Entry) -> None:
    """A colleague was mentioned in a note; watchers hear of it too."""
    case = _case(entry)
    note = Note.objects.get(pk=entry.facts["note"])
    _tell(entry, case, list(note.mentions.all()), "有人提到您", "you were mentioned")


def escalated(entry: Entry) -> None:
    """Escalated by hand: those called upon are told, and from now on see the case wherever they work."""
    case = _case(entry)
    department = case.responsible.code if case.responsible else "service"
    concerned = addressees(str(entry.facts["to"]), department=department, at=entry.recorded_at)
    watchers = [Watcher(case=case, account=account) for account in concerned]
    Watcher.objects.bulk_create(watchers, ignore_conflicts=True)
    _tell(entry, case, concerned, "已升级给您", "was escalated to you", urgent=True)


def next_in_line(entry: Entry) -> None:
    """FB-3.2b: whoever is rung now also finds it in the inbox."""
    case = _case(entry)
    task = PhoneTask.objects.filter(case=case, state="open").select_related("target").first()
    if task is not None and task.target is not None:
        _tell(
            entry,
            case,
            [task.target],
            "紧急:请接听电话",
            "urgent: you are being rung",
            clause_id="FB-3.2b",
            urgent=True,
        )


def help_asked(entry: Entry) -> None:
    """CS-3.2b: the head of the department that is asked hears of it."""
    asked = Help.objects.select_related("case", "department").get(pk=entry.subject_id)
    head = people.head_of(asked.department.code, at=entry.recorded_at)
    _tell(
        entry,
        asked.case,
        [head] if head else [],
        "请求您部门协助",
        "asks your department for help",
        clause_id="CS-3.2b",
    )


def help_answered(entry: Entry) -> None:
    """Who asked hears the answer."""
    asked = Help.objects.select_related("case", "asked_by").get(pk=entry.subject_id)
    _tell(entry, asked.case, [asked.asked_by], "协助已有答复", "help was answered", clause_id="CS-3.2b")


def _case(entry: Entry) -> Case:
    return Case.objects.select_related("assignee", "responsible").get(pk=entry.subject_id)


def _watchers(case: Case) -> list[Account]:
    return [watcher.account for watcher in case.watchers.select_related("account")]


def _tell(
    entry: Entry,
    case: Case,
    accounts: list[Account],
    zh: str,
    en: str,
    *,
    clause_id: str = "",
    urgent: bool = False,
) -> None:
    if case.history:
        return
    stand_ins = (people.present(account, at=entry.recorded_at) or account for account in accounts)
    for account in dict.fromkeys(stand_ins):
        if account.pk == entry.by_id:
            continue
        queue_notice(
            account.pk,
            kind=entry.kind,
            clause_id=clause_id,
            subject=("case", str(case.pk)),
            title_zh=f"工单 #{case.number}:{zh}",
            title_en=f"Case #{case.number}: {en}",
            path=f"/cases/{case.number}/",
            urgent=urgent,
            at=entry.recorded_at,
            dedupe_key=f"{entry.pk}:{account.pk}",
        )
