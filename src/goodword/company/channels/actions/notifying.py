"""A colleague is to be told: the notice is queued with its fact, and delivered once that is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from goodword.base.core.inserting import insert_all, insert_unless_there
from goodword.base.core.transactions import require_transaction

from ..models import INBOX, OutboxMessage


def notice(
    account_id: int,
    *,
    kind: str,
    clause_id: str = "",
    subject: tuple[str, str],
    title_zh: str,
    title_en: str,
    path: str = "",
    urgent: bool = False,
    at: datetime,
    dedupe_key: str,
    digest: bool = False,
) -> OutboxMessage:
    """A notice for the account's in-app inbox, to be queued in the transaction of the fact it tells of.

    kind: the journal entry's. subject: (type, id). path: the page it leads to. Titles hold no personal value.
    digest: what is caught up after a standstill; such notices of one hour become one line in the inbox.
    dedupe_key: of several with the same, one is queued.
    """
    payload = {
        "kind": kind,
        "clause_id": clause_id,
        "subject_type": subject[0],
        "subject_id": str(subject[1]),
        "title_zh": title_zh[:200],
        "title_en": title_en[:200],
        "path": path,
        "urgent": urgent,
        "digest": digest,
        "at": at.isoformat(),
    }
    return _message(INBOX, account_id, payload, at, f"{INBOX}:{dedupe_key}")


def queue_all(messages: Sequence[OutboxMessage]) -> None:
    """Queue messages in the transaction of the facts they tell of.

    Effects: one outbox row each, due at once; none for a key that was queued before.
    """
    require_transaction()
    insert_all(messages, unless_there=True)


def queue_notice(account_id: int, **told: Any) -> OutboxMessage:
    """Queue what `notice` makes of `told`; returns the row, the one already there when its key was queued before."""
    return _queued(notice(account_id, **told))


def queue_message(
    way: str,
    *,
    recipient_id: int | None = None,
    payload: dict[str, object],
    at: datetime,
    dedupe_key: str,
    series: str | None = None,
) -> OutboxMessage:
    """Queue anything that leaves by `way` (a code of the registry); `payload` names rows, never says words.

    series: of what it leaves in turn. Effects: one outbox row, due at once; the row already there when `dedupe_key`
    was queued before.
    """
    message = _message(way, recipient_id, payload, at, dedupe_key)
    message.series = series
    return _queued(message)


def _message(
    way: str, recipient_id: int | None, payload: dict[str, object], at: datetime, dedupe_key: str
) -> OutboxMessage:
    return OutboxMessage(
        way=way,
        recipient_id=recipient_id,
        payload=payload,
        next_at=at,
        created_at=at,
        dedupe_key=dedupe_key,
    )


def _queued(message: OutboxMessage) -> OutboxMessage:
    require_transaction()
    if insert_unless_there(message):
        return message
    return OutboxMessage.objects.get(dedupe_key=message.dedupe_key)
