"""Missed calls are rung back: one task a number, open until somebody has spoken with them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from goodword.base.core.errors import Invalid, NotFound, Stale
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import SYSTEM, Actor
from goodword.engine.journal.recording import lock_subject, record

from ..kinds import RETURN_DONE, RETURN_TRIED, RETURN_WANTED
from ..models import Call, ReturnCall

BY_HAND = ("reached", "not_reached", "given_up")


def missed(call: Call, *, at: datetime) -> None:
    """Nobody answered: whoever rang is to be rung back; a call out that nobody took is one more try.

    Nothing where the number was withheld, or where they were spoken with since.
    """
    if not call.number_index:
        return
    if call.direction == "out":
        for task in ReturnCall.objects.filter(
            number_index=call.number_index, state="open", opened_at__lte=call.began_at
        ):
            _tried(task, by=SYSTEM, at=at)
        return
    since = Call.objects.filter(number_index=call.number_index, answered_at__gte=call.began_at)
    if since.exists():
        return
    task, is_new = ReturnCall.objects.get_or_create(
        number_index=call.number_index,
        state="open",
        defaults={
            "number": call.number,
            "first_call": call,
            "opened_at": call.began_at,
            "last_at": call.began_at,
        },
    )
    if is_new:
        record(RETURN_WANTED, call.pk, by=SYSTEM, at=at, facts={"task": task.pk})
    else:
        ReturnCall.objects.filter(pk=task.pk).update(
            times=F("times") + 1, last_at=max(task.last_at, call.began_at)
        )


def answered(call: Call, *, at: datetime) -> None:
    """They were spoken with: no task of that number that was opened before stays open."""
    if not call.number_index:
        return
    spoken_at = call.answered_at or at
    for task in ReturnCall.objects.filter(
        number_index=call.number_index, state="open", last_at__lte=spoken_at
    ):
        spoken = "called" if call.direction == "out" else "rang_again"
        how = "answered" if task.first_call_id == call.pk else spoken
        _done(task, how=how, by=SYSTEM, account_id=call.account_id, at=spoken_at)


def write_down(task_id: int, *, said: str, note: str, by: Actor, at: datetime) -> ReturnCall:
    """Somebody rang back by hand: `reached`, `not_reached`, or it is `given_up` with a reason.

    Effects: the task; `call.return_done` or `call.return_tried` with the call that was missed first.
    Raises Forbidden without cases.receive, NotFound, Stale when it is done already, Invalid.
    """
    by.require("cases.receive")
    note = note.replace("\x00", "").strip()[:200]
    if said not in BY_HAND or (said == "given_up" and not note):
        raise Invalid("请写明原因。", "Say why.", fields={"note": "必填 / required"})
    with one_fact():
        task = ReturnCall.objects.select_related("first_call").filter(pk=task_id).first()
        if task is None:
            raise NotFound
        lock_subject("call", task.first_call_id)
        task.refresh_from_db(fields=["state"])
        if task.state != "open":
            raise Stale("这通来电已经有人回过了。", "Somebody has returned this call already.")
        task.note = note
        if said == "not_reached":
            _tried(task, by=by, at=at)
        else:
            how = "by_hand" if said == "reached" else "given_up"
            _done(task, how=how, by=by, account_id=by.account_id, at=at)
    return task


def _tried(task: ReturnCall, *, by: Actor, at: datetime) -> None:
    ReturnCall.objects.filter(pk=task.pk).update(tried=F("tried") + 1, note=task.note)
    record(RETURN_TRIED, task.first_call_id, by=by, at=at, facts={"task": task.pk})


def _done(task: ReturnCall, *, how: str, by: Actor, account_id: int | None, at: datetime) -> None:
    seen = ReturnCall.objects.filter(pk=task.pk, state="open")
    if seen.update(state="done", how=how, note=task.note, done_at=at, done_by=account_id):
        record(RETURN_DONE, task.first_call_id, by=by, at=at, facts={"task": task.pk, "how": how})
