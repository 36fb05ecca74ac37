"""What WeCom holds for us is fetched from where we stopped: each message kept first, and the mark moved when all are taken."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from goodword.base.core.errors import Invalid
from goodword.base.core.transactions import one_fact

from ...actions.notifying import queue_message
from ...actions.receiving import keep, mark_failed, mark_parsed, opened
from ...correspondence.actions.arriving import arrive
from ...correspondence.actions.heard import bounced
from ...correspondence.arriving import Arrived, id_of
from ...models import OPEN, InboundMessage, OutboxMessage
from ...outside import NoAnswerError, NotReachedError
from ...tencent import line
from ...tencent.api import ApiError
from ...tencent.media import queue_media
from ...ways import Way
from ..calling import desks, fetch_some
from ..models import Desk, Talk
from ..posts import Call
from ..reading import Said, read
from ..sending import CODE, key_of, name_of_letter
from ..settings import WeCom, wecom

MOST_ROUNDS = 3
"""Calls in one go for one account, to be done within a lease; the next goes on."""
TOKEN_LASTS = timedelta(minutes=10)


def called(call: Call, *, at: datetime) -> None:
    """A post said that there is something. Effects: where, and the fetching is due at once."""
    with one_fact():
        desk, _ = Desk.objects.update_or_create(
            kf_id=call.kf_id, defaults={"called_at": at, "token": call.token}
        )
        line.heard(CODE, at=at)
        _make_due(desk.pk, at)


def call_for_fetching(at: datetime) -> None:
    """The worker's job: what called while it was being fetched, and what was not looked at for as long as was chosen.

    Nothing is asked here: the fetching itself leaves by the outbox, beside the worker's own work.
    """
    chosen = wecom()
    if not chosen.can_call:
        return
    known = list(Desk.objects.order_by("pk"))
    for key in [desk.pk for desk in known if _is_due(desk, chosen, at)] if known else [0]:
        with one_fact():
            _make_due(key, at, not_since=at - timedelta(seconds=0 if key else chosen.polled_every))


def fetch(message: OutboxMessage, now: datetime) -> str:
    """The outbox's way: fetch what there is at one account; or, where none is known yet, which accounts there are."""
    chosen, desk = wecom(), Desk.objects.filter(pk=message.payload["desk"]).first()
    try:
        if desk is not None:
            _fetch(desk, chosen, now)
        else:
            for kf_id in desks(chosen):
                Desk.objects.get_or_create(kf_id=kf_id)
    except NoAnswerError as problem:  # asked again, nothing happens twice
        line.failed(CODE, str(problem), at=now)
        raise NotReachedError(str(problem)) from problem
    except (ApiError, NotReachedError) as problem:
        line.failed(CODE, f"{type(problem).__name__}: {problem}", at=now)
        raise
    return ""


FETCHING = Way("wecom-fetch", fetch, repeatable=True)


def take(given: object, *, at: datetime) -> None:
    """One message: kept, then taken, once. What cannot be read stays, marked. Raises what the database raises."""
    raw = json.dumps(given, ensure_ascii=False).encode(errors="replace")
    name = str(given.get("msgid", "")) if isinstance(given, dict) else ""
    name = id_of(name.encode(errors="replace").decode())
    message, _ = keep(CODE, name or f"unnamed {at.isoformat()}", raw, received_at=at, sealed=True)
    if message.state == "parsed":
        return
    try:
        read_again(message, at)
    except Invalid as refused:
        with one_fact():
            if mark_failed(message, error="; ".join(f"{k}: {v}" for k, v in refused.fields.items()), at=at):
                line.not_read(CODE, at=at)


def read_again(message: InboundMessage, at: datetime) -> None:
    """Take what was kept. Effects: as `arrive`, files to fetch, or a letter that failed. Raises Invalid."""
    try:
        given = json.loads(opened(message))
    except (ValueError, RecursionError):
        raise Invalid("消息无法读取。", "The message cannot be read.", fields={"body": "JSON"}) from None
    said = read(given)
    with one_fact():
        _follow(said, message, at=at)
        mark_parsed(message, at=at)


def _make_due(key: int, at: datetime, *, not_since: datetime | None = None) -> None:
    """One outbox row for each account, due anew; what is under way or waits for its next try stays as it is."""
    row = queue_message(FETCHING.code, payload={"desk": key}, at=at, dedupe_key=f"wecom:fetch:{key}")
    # Given up or unknown as well: nobody means that nothing is ever fetched again.
    done = OutboxMessage.objects.filter(pk=row.pk).exclude(state__in=OPEN)
    if not_since is not None:
        done = done.exclude(sent_at__gt=not_since)
    done.update(state="queued", next_at=at, attempts=0)


def _is_due(desk: Desk, chosen: WeCom, at: datetime) -> bool:
    if desk.fetched_from is None:
        return True
    is_called = desk.called_at is not None and desk.called_at >= desk.fetched_from
    return is_called or at - desk.fetched_from >= timedelta(seconds=chosen.polled_every)


def _fetch(desk: Desk, chosen: WeCom, at: datetime) -> None:
    """Fetch until there is no more. The mark is moved after what came before it was taken, so none is passed over."""
    is_fresh = desk.called_at is not None and at - desk.called_at < TOKEN_LASTS
    for _ in range(MOST_ROUNDS):
        found = fetch_some(chosen, desk.kf_id, desk.cursor, desk.token if is_fresh else "")
        for given in _listed(found):
            take(given, at=at)
        desk.cursor = str(found.get("next_cursor") or desk.cursor)[:200]
        Desk.objects.filter(pk=desk.pk).update(cursor=desk.cursor)
        if not found.get("has_more"):
            # As of when it began: a post that came meanwhile is later, and is fetched anew.
            Desk.objects.filter(pk=desk.pk).update(fetched_from=at)
            return


def _listed(found: dict[str, Any]) -> list[object]:
    listed = found.get("msg_list", [])
    return listed if isinstance(listed, list) else []


def _follow(said: Said, message: InboundMessage, *, at: datetime) -> None:
    if said.event == "msg_send_fail" and said.about:
        why = f"微信客服未送达 / not delivered: {said.event}"
        bounced(CODE, name_of_letter(said.about), why=why, at=at, for_good=False)
    if not said.is_customers:
        return
    Talk.objects.update_or_create(key=key_of(said.person), defaults={"kf_id": said.kf_id[:64], "at": said.at})
    taken = arrive(Arrived(CODE, said.name, said.person, said.text, min(said.at, at), inbound=message))
    if taken.is_new and taken.case_id is not None and said.media is not None:
        kind, media_id = said.media
        queue_media(CODE, media_id, kind, case_id=taken.case_id, dedupe=said.name, at=at)
