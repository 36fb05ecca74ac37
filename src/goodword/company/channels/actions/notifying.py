"""A colleague is to be told: the notice is queued with its fact, and delivered once that is written."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.transactions import require_transaction

from ..models import INBOX, OutboxMessage


def queue_notice(
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
    """Queue a notice for the account's in-app inbox, in the transaction of the fact it tells of.

    kind: the journal entry's. subject: (type, id). path: the page it leads to. Titles hold no personal value.
    digest: what is caught up after a standstill; such notices of one hour become one line in the inbox.
    Effects: one outbox row; the row already there when `dedupe_key` was queued before.
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
    return queue_message(
        INBOX, recipient_id=account_id, payload=payload, at=at, dedupe_key=f"{INBOX}:{dedupe_key}"
    )


def queue_message(
    way: str, *, recipient_id: int | None = None, payload: dict[str, object], at: datetime, dedupe_key: str
) -> OutboxMessage:
    """Queue anything that leaves by `way` (a code of the registry); `payload` names rows, never says words.

    Effects: one outbox row, due at once; the row already there when `dedupe_key` was queued before.
    """
    require_transaction()
    message, _ = OutboxMessage.objects.get_or_create(
        dedupe_key=dedupe_key,
        defaults={
            "way": way,
            "recipient_id": recipient_id,
            "payload": payload,
            "next_at": at,
            "created_at": at,
        },
    )
    return message
