"""The in-app way: a message becomes a line in a colleague's inbox, or joins the digest that is there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import F

from goodword.base.core.inserting import insert, insert_all
from goodword.base.people.models import Account

from .gathering import gathering
from .models import INBOX, Notice, OutboxMessage
from .onward import pass_on
from .ways import CannotSendError, Way


def put_in_inbox(message: OutboxMessage, now: datetime) -> None:
    """Write the notice, in the transaction that records the message as sent."""
    put_all_in_inbox([message], now)


def put_all_in_inbox(messages: Sequence[OutboxMessage], now: datetime) -> None:
    """Write the notices of several messages, in the transaction that records them as sent; they go on from there."""
    fresh, told_first = [], []
    for message in messages:
        if message.recipient_id is None:
            raise CannotSendError("a notice needs an account")
        told = message.payload
        if not told["digest"]:
            fresh.append(_notice(message.recipient_id, told, now))
            told_first.append(message)
        elif not _join_digest(message.recipient_id, told, now):
            insert(_notice(message.recipient_id, told, now))
            told_first.append(message)
    insert_all(fresh)
    pass_on(told_first, now)


def _notice(account_id: int, told: dict[str, Any], now: datetime) -> Notice:
    return Notice(
        account_id=account_id,
        kind=told["kind"],
        clause_id=told["clause_id"],
        subject_type=told["subject_type"],
        subject_id=told["subject_id"],
        title_zh=told["title_zh"],
        title_en=told["title_en"],
        path=told["path"],
        urgent=told["urgent"],
        digest=told["digest"],
        parts={told["clause_id"]: 1} if told["digest"] and told["clause_id"] else {},
        created_at=now if told["digest"] else datetime.fromisoformat(told["at"]),
    )


def _join_digest(account_id: int, told: dict[str, Any], now: datetime) -> bool:
    """Count one more, under its clause, into the account's digest that is unread and still open; False without one."""
    _lock(account_id)
    rows = Notice.objects.filter(account_id=account_id, digest=True, seen_at=None)
    digest = rows.filter(created_at__gt=now - gathering().lasts).order_by("-created_at").first()
    if digest is None:
        return False
    count, clause = digest.count + 1, told["clause_id"]
    parts = {**digest.parts, clause: digest.parts.get(clause, 0) + 1} if clause else digest.parts
    joined = Notice.objects.filter(pk=digest.pk, seen_at=None).update(
        count=F("count") + 1,
        parts=parts,
        urgent=digest.urgent or told["urgent"],
        title_zh=f"停顿期间积下 {count} 条提醒,请查看待办",
        title_en=f"{count} reminders gathered during a standstill: see your duties",
        clause_id="",
        subject_type="",
        subject_id="",
        path="/",
    )
    return bool(joined)


def _lock(account_id: int) -> None:
    """Two workers do not both begin a digest for one account (SQLite's write lock is already held)."""
    if connection.features.has_select_for_update:
        list(Account.objects.select_for_update(no_key=True).filter(pk=account_id).values_list("pk"))


IN_APP = Way(INBOX, put_in_inbox, inside=True, repeatable=True, send_together=put_all_in_inbox)
