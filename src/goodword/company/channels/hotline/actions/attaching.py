"""A call becomes part of a case, is put away from the screen, or its recording's address is opened."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from goodword.base.core.errors import Invalid, NotFound
from goodword.base.core.sealing import Secret
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import record

from ..kinds import RECORDING_OPENED, TAKEN_DOWN
from ..models import Call, Listening


def attach(call: Call, case_id: UUID, *, by: Actor, at: datetime) -> None:
    """What was said in the call is that case. Effects: the row; `call.taken_down`. Another case's call stays there."""
    with one_fact():
        if Call.objects.filter(pk=call.pk, case_id=None).update(case_id=case_id):
            record(TAKEN_DOWN, call.pk, by=by, at=at, facts={"case": str(case_id)})


def put_away(call_id: UUID, *, by: Actor, at: datetime) -> None:
    """The call leaves the screen of whoever had it; nobody else's."""
    Call.objects.filter(pk=call_id, account=by.account_id, seen_at=None).update(seen_at=at)


def open_recording(call_id: UUID, *, reason: str, by: Actor, at: datetime) -> str:
    """The recording's address in clear.

    Effects: who and why is kept; `call.recording_opened` names that row. Raises Forbidden without
    customers.reveal, NotFound, Invalid without a reason.
    """
    by.require("customers.reveal")
    reason = reason.replace("\x00", "").strip()[:200]
    if not reason:
        raise Invalid("请写明为什么要听。", "Say why it is needed.", fields={"reason": "必填 / required"})
    call = Call.objects.filter(pk=call_id).first()
    if call is None or not call.recording:
        raise NotFound
    with one_fact():
        kept = Listening.objects.create(call=call, reason=reason, by_id=by.account_id, at=at)
        record(RECORDING_OPENED, call.pk, by=by, at=at, facts={"reason_id": kept.pk})
    address: Secret = call.recording
    return address.clear()
