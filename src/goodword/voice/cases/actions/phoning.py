"""Urgent feedback rings the department's head (FB-3.2b); the next in line when nobody answers in time."""

from __future__ import annotations

from datetime import datetime, timedelta

from goodword.base.core.clock import local_day
from goodword.base.core.errors import Refused, Stale
from goodword.base.core.transactions import one_fact
from goodword.base.people import queries as people
from goodword.base.people.actors import SYSTEM, Actor
from goodword.base.people.models import Account
from goodword.base.worktime.allowance import Allowance, due_for
from goodword.base.worktime.queries import current
from goodword.company.channels.hotline.models import Call
from goodword.engine.journal.recording import record
from goodword.engine.policy.queries import all_clauses, values_of

from .. import states
from ..kinds import HEAD_REACHED, HEAD_RUNG
from ..models import Case, PhoneAttempt, PhoneTask
from ._ground import handled, lock, require_reach

CLAUSE = "FB-3.2b"
RUNG_IN = states.OPEN - {states.RECEIVED, states.DONE, states.CALLED_BACK}
"""Once the matter is done nobody needs to be rung about it."""


def open_task(case: Case, *, at: datetime) -> PhoneTask | None:
    """Have the head of the case's department rung, if FB-3.2b binds this case. Inside triage's transaction.

    A task for the same department that is open or was reached stays the only one; one for another department
    is dropped. Returns the task that holds, None where the duty does not apply.
    """
    if case.responsible is None or not applies(case):
        return None
    case.phone_tasks.filter(state="open").exclude(department=case.responsible).update(
        state="dropped", ended_at=at, next_at=None
    )
    there = case.phone_tasks.filter(department=case.responsible).exclude(state="dropped").first()
    if there is not None:
        return there
    chain = people.call_chain(case.responsible.code, at=at)
    return PhoneTask.objects.create(
        case=case,
        department=case.responsible,
        target=chain[0] if chain else None,
        opened_at=at,
        next_at=_next_at(at),
    )


def applies(case: Case) -> bool:
    """Whether FB-3.2b binds the case as it is labelled now."""
    binding = all_clauses()[CLAUSE].binding
    context = {"severity": case.severity, "kind": case.kind, "content": case.content, "history": case.history}
    return binding is not None and binding.applies(context)


def drop(case: Case, *, at: datetime) -> None:
    """Nobody need be rung any more: the case ended. Called inside the ending's transaction."""
    case.phone_tasks.filter(state="open").update(state="dropped", ended_at=at, next_at=None)


def record_call(
    task: PhoneTask, *, by: Actor, at: datetime, reached: bool, note: str = "", call: Call | None = None
) -> PhoneTask:
    """Write down that the person whose turn it is was rung; `call` is the call centre's record of it, where there is one.

    Effects: the attempt; `case.head_rung`; reached: the task ends, `case.head_reached` (meets FB-3.2b); not
    reached: the next in line has the turn, from the beginning again after the last.
    Raises Forbidden, Refused when the task is over, Stale when somebody recorded a call at the same time.
    """
    case = task.case
    require_reach(case, "cases.reply", by)
    with one_fact():
        lock(case)
        task.refresh_from_db()
        if task.state != "open":
            raise Refused(
                "这个电话任务已经结束。",
                "This telephone task is over.",
                clauses=(CLAUSE,),
                cure_zh="不必再打。",
                cure_en="No further call is needed.",
            )
        target = task.target
        if reached:
            _turn(task, state="reached", ended_at=at, next_at=None)
        else:
            _pass_on(task, at=at)
        outcome = "reached" if reached else "not_reached"
        _attempt(task, target, by=by, at=at, outcome=outcome, note=note, call=call)
        handled(case, by=by, act="rang_head", at=at)
        if reached:
            record(HEAD_REACHED, case.pk, by=by, at=at, facts={"target": target.pk if target else None})
    return task


def move_on(now: datetime) -> int:
    """The worker's job: whoever was not reached in time is followed by the next in line. How many moved on.

    Effects per task, each a fact of its own: `case.head_rung` with outcome no_answer (its reaction tells the
    next one); tasks of cases that need no call any more are dropped. After a standstill each moves on by one,
    not by all it missed.
    """
    waiting = PhoneTask.objects.filter(state="open", next_at__lte=now).order_by("next_at")
    return sum(_move_on(pk, now) for pk in waiting.values_list("pk", flat=True))


def _move_on(pk: int, now: datetime) -> bool:
    with one_fact():
        task = PhoneTask.objects.select_related("case", "department").get(pk=pk)
        lock(task.case)
        task.refresh_from_db(fields=["state", "next_at", "position", "target"])
        if task.state != "open" or task.next_at is None or task.next_at > now:
            return False
        if task.case.state not in RUNG_IN or not applies(task.case):
            drop(task.case, at=now)
            return False
        target = task.target
        _pass_on(task, at=now)
        _attempt(task, target, by=SYSTEM, at=now, outcome="no_answer", note="")
    return True


def _pass_on(task: PhoneTask, *, at: datetime) -> None:
    """Give the turn to the next of the chain as it is now: people go off duty while the telephone rings."""
    chain = people.call_chain(task.department.code, at=at)
    place = (task.position + 1) % len(chain) if chain else 0
    _turn(task, position=place, target=chain[place] if chain else None, next_at=_next_at(at))


def _turn(task: PhoneTask, **changes: object) -> None:
    seen = PhoneTask.objects.filter(pk=task.pk, state="open", position=task.position, next_at=task.next_at)
    if not seen.update(**changes):
        raise Stale("这个电话任务刚刚有变化,请刷新。", "This telephone task has just changed; look again.")
    task.refresh_from_db()


def _attempt(
    task: PhoneTask,
    target: Account | None,
    *,
    by: Actor,
    at: datetime,
    outcome: str,
    note: str,
    call: Call | None = None,
) -> None:
    PhoneAttempt.objects.create(
        task=task,
        target=target,
        by_id=by.account_id,
        reached=outcome == "reached",
        note=note.replace("\x00", "").strip()[:200],
        call=call,
        at=at,
    )
    facts = {"outcome": outcome, "attempt": task.attempts.count(), "target": target.pk if target else None}
    if call is not None:
        facts["call"] = str(call.pk)
    record(HEAD_RUNG, task.case_id, by=by, at=at, facts=facts)


def _next_at(at: datetime) -> datetime:
    """When the next in line has the turn."""
    wait = Allowance.parse(values_of(CLAUSE, on=local_day(at))["next_in_line_after"])
    if wait.seconds is not None and wait.natural:
        return at + timedelta(seconds=wait.seconds)
    return due_for(wait, at, current("office")[1])
