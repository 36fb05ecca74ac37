"""What a telephone call sets going: the shift hears of one to return, and a head who was rung is written down."""

from __future__ import annotations

from goodword.base.core.errors import DomainError
from goodword.base.core.sealing import normal_phone
from goodword.base.core.transactions import one_fact
from goodword.base.people import queries as people
from goodword.company.channels.actions.notifying import notice, queue_all
from goodword.company.channels.hotline.models import Call
from goodword.engine.journal.models import Entry
from goodword.voice.cases.actions import phoning
from goodword.voice.cases.models import PhoneTask

CLAUSE = "FB-3.2b"


def to_be_returned(entry: Entry) -> None:
    """Somebody rang and nobody answered: whoever is on duty at intake rings back."""
    queue_all(
        [
            notice(
                account.pk,
                kind=entry.kind,
                subject=("call", entry.subject_id),
                title_zh="有一通未接来电待回电",
                title_en="A missed call is to be returned",
                path=f"/calls/{entry.subject_id}/",
                at=entry.recorded_at,
                dedupe_key=f"return:{entry.facts['task']}:{account.pk}",
            )
            for account in people.on_duty("intake", at=entry.recorded_at)
        ]
    )


def head_rung(entry: Entry) -> None:
    """FB-3.2b: a call out to the person whose turn it is says by itself whether they were reached.

    Only where it is plain which task it was: the caller is a colleague who may record it, and one task alone, opened
    before the call, waits for the one who was rung. Else a person writes it down as before.
    """
    if entry.facts.get("direction") != "out":
        return
    call = Call.objects.select_related("account__person").get(pk=entry.subject_id)
    if call.account is None:
        return
    rung = normal_phone(call.number.clear())
    waiting = PhoneTask.objects.filter(state="open", opened_at__lte=call.began_at, target__isnull=False)
    tasks = [
        task
        for task in waiting.exclude(target__phone_extension="").select_related("case", "target", "department")
        if normal_phone(task.target.phone_extension) == rung  # type: ignore[union-attr]  # asked for above
    ]
    if not rung or len(tasks) != 1:
        return
    by, reached = people.actor_for(call.account, at=entry.at), call.answered_at is not None
    try:
        with one_fact():
            phoning.record_call(tasks[0], by=by, at=entry.at, reached=reached, call=call)
    except DomainError:
        return  # not theirs to record, or over meanwhile: the call stays in the log, the task as it is
