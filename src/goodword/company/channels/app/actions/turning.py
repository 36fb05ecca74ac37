"""Somebody waits for a person at the chat (FB-2.2b), is answered, or goes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from goodword.base.core.transactions import require_transaction
from goodword.base.people.actors import CUSTOMER, SYSTEM, Actor
from goodword.engine.journal.recording import record

from ..kinds import ANSWERED, ASKED, OVER
from ..models import ChatTurn


def asked(case_id: UUID, *, channel: str, in_hours: bool, at: datetime) -> ChatTurn:
    """A customer begins to wait. Effects: the turn; `chat.asked`, which starts FB-2.2b while people answer."""
    require_transaction()
    turn = ChatTurn.objects.create(case_id=case_id, channel=channel, in_hours=in_hours, asked_at=at)
    record(ASKED, turn.pk, by=CUSTOMER, at=at, facts={"case": str(case_id), "in_hours": in_hours}, new=True)
    return turn


def answered(case_id: UUID, *, by_id: int | None, by: Actor, at: datetime) -> None:
    """A person has answered. Effects: the open turn of the case, if there is one; `chat.answered` meets FB-2.2b."""
    for turn in _open(case_id):
        ChatTurn.objects.filter(pk=turn.pk).update(answered_at=at, answered_by=by_id, ended_at=at)
        record(ANSWERED, turn.pk, by=by, at=at, facts={"case": str(case_id), "account": by_id})


def over(case_id: UUID, *, at: datetime) -> None:
    """Nobody waits any more: the case is closed or taken back. Effects: the open turn; `chat.over`."""
    for turn in _open(case_id):
        ChatTurn.objects.filter(pk=turn.pk).update(ended_at=at)
        record(OVER, turn.pk, by=SYSTEM, at=at, facts={"case": str(case_id)})


def goes_on(case_id: UUID, target_id: UUID, *, at: datetime) -> None:
    """The case was merged: they wait at the other one, or already do."""
    if ChatTurn.objects.filter(case_id=target_id, ended_at=None).exists():
        over(case_id, at=at)
    else:
        ChatTurn.objects.filter(case_id=case_id, ended_at=None).update(case_id=target_id)


def _open(case_id: UUID) -> list[ChatTurn]:
    return list(ChatTurn.objects.select_for_update().filter(case_id=case_id, ended_at=None))
