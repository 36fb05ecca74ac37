"""A notice that reaches an inbox goes on by the other ways of its reader, in the transaction that puts it there.

So whatever keeps a notice from the inbox for a while (quiet hours, the hold of a restored copy) keeps it from every
way, what joins a digest says nothing more, and the fact itself costs no query for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from goodword.base.core.inserting import insert_all

from . import choices
from .models import INBOX, OutboxMessage
from .staff import PASSED_ON, open_ways


def pass_on(told: Sequence[OutboxMessage], now: datetime) -> None:
    """Queue what goes by other ways. Two queries more where any way is open. Effects: outbox rows, due at once."""
    if not told:
        return
    further = _by_own_ways(told, now)
    for other in PASSED_ON:
        further += other(told, now)
    insert_all(further, unless_there=True)


def further(
    way: str, key: str, payload: dict[str, object], now: datetime, *, to: int | None
) -> OutboxMessage:
    """A message of `way`, of which several with the same `key` are queued once.

    What one colleague is told by one way comes in its order; what is urgent waits for nothing, not for another urgent
    one that could not be sent either.
    """
    in_order = to is not None and not payload.get("urgent")
    return OutboxMessage(
        way=way,
        recipient_id=to,
        payload=payload,
        series=f"{way}:account:{to}" if in_order else None,
        next_at=now,
        created_at=now,
        dedupe_key=f"{way}:{key}"[:200],
    )


def _by_own_ways(told: Sequence[OutboxMessage], now: datetime) -> list[OutboxMessage]:
    ways = open_ways()
    accounts = {message.recipient_id for message in told if message.recipient_id is not None}
    if not ways or not accounts:
        return []
    company, own = choices.of_company(), choices.of_accounts(accounts)
    found = []
    for way in ways:
        reached, default = way.reaches(accounts), choices.companys(way, company)
        for message in told:
            account, notice = message.recipient_id, message.payload
            if account in reached and choices.comes_by(
                default,
                own.get((account, way.code)),
                urgent=notice["urgent"],
                alone=choices.rings_alone(notice["clause_id"]),
            ):
                key = message.dedupe_key.removeprefix(f"{INBOX}:")
                found.append(further(way.code, key, notice, now, to=account))
    return found
