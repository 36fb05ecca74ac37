"""Taking what WeChat posts: believed, kept, understood; the same again gets the same answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from goodword.base.core.errors import Invalid
from goodword.base.core.inserting import insert_unless_there
from goodword.base.core.transactions import one_fact

from ...actions.receiving import keep, mark_failed, mark_parsed, opened
from ...correspondence.actions.answering import carried
from ...correspondence.actions.arriving import arrive, party_of
from ...correspondence.actions.heard import back, bounced, delivered, gone
from ...correspondence.arriving import Arrived
from ...correspondence.models import Party
from ...models import InboundMessage
from ...queries import not_parsed
from ...tencent import line
from ...tencent.media import queue_media
from ...tencent.parts import MOST_BYTES
from .. import scenes
from ..models import Post, Scene
from ..posts import Believed
from ..reading import Said, read
from ..sending import CODE
from ..settings import WeChat, wechat

ANSWERS_KEPT_FOR = timedelta(hours=1)
"""WeChat asks three times within a quarter of a minute."""
UNSUBSCRIBED = "已取消关注 / no longer subscribed"
LEFT_FOR = timedelta(seconds=20)
"""What was kept and not taken within so long will not be by the post that brought it."""
GIVEN_UP_AFTER = timedelta(days=1)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said at once, to whom, by which account of ours; empty text: only that it was taken."""

    openid: str = ""
    account: str = ""
    text: str = ""


def take(post: Believed, *, chosen: WeChat, at: datetime, in_time: Callable[[], bool]) -> Reply | None:
    """Take a post that was believed; None: its time and number came before with other words, which is a forgery.

    in_time: whether an answer can still be waited for. Effects, each a
    fact of its own: the bytes, sealed; then what follows from them (`_follow`). Words that are kept and cannot be taken
    now are taken by the worker: WeChat is told that they are here. Raises what the database raises before they are kept.
    """
    message, _ = keep(CODE, post.name, post.raw, received_at=at, sealed=True)
    if message.outside_id != post.name:
        mark_failed(message, error="the same time and number with other words", at=at)
        return None
    if post.fault:
        _not_read(message, post.fault, at=at)
        return Reply()
    try:
        return _taken(message, post.raw, chosen=chosen, at=at, in_time=in_time)
    except Exception:
        log.exception("a post waits for the worker", message=message.pk)
        return Reply()


def take_what_waits(at: datetime) -> None:
    """The worker: what was kept and not taken, and answers WeChat can ask for no more."""
    for message in not_parsed(CODE):
        if at - message.received_at < LEFT_FOR:
            continue
        try:
            _taken(message, opened(message), chosen=wechat(), at=at, in_time=lambda: False)
        except Exception as problem:
            log.exception("a post cannot be taken", message=message.pk)
            if at - message.received_at > GIVEN_UP_AFTER:
                mark_failed(message, error=type(problem).__name__, at=at)
    Post.objects.filter(at__lt=at - ANSWERS_KEPT_FOR).delete()
    Scene.objects.filter(at__lt=at - timedelta(hours=wechat().scene_hours)).delete()


def _taken(
    message: InboundMessage, raw: bytes, *, chosen: WeChat, at: datetime, in_time: Callable[[], bool]
) -> Reply:
    try:
        return understand(message, raw, chosen=chosen, at=at, in_time=in_time)
    except Invalid as refused:
        _not_read(message, "; ".join(f"{k}: {v}" for k, v in refused.fields.items()), at=at)
        return Reply()


def understand(
    message: InboundMessage, raw: bytes, *, chosen: WeChat, at: datetime, in_time: Callable[[], bool]
) -> Reply:
    """Read what was kept, and all that follows from it, once however often it comes. Raises Invalid."""
    said = read(raw)
    with one_fact():
        post = Post(name=said.name[:200], at=at)
        if not insert_unless_there(post):
            mark_parsed(message, at=at)
            return Reply(said.openid, said.account, Post.objects.get(name=post.name).answer.clear())
        text = _follow(said, message, chosen=chosen, at=at, in_time=in_time)
        if text:
            Post.objects.filter(name=post.name).update(answer=text)
        mark_parsed(message, at=at)
        line.heard(CODE, at=at)
    return Reply(said.openid, said.account, text)


def _not_read(message: InboundMessage, why: str, *, at: datetime) -> None:
    with one_fact():
        if mark_failed(message, error=why, at=at):
            line.not_read(CODE, at=at)


def _follow(
    said: Said, message: InboundMessage, *, chosen: WeChat, at: datetime, in_time: Callable[[], bool]
) -> str:
    """What follows from it, and what is said at once. Effects: as `arrive`; files to fetch; who came or went."""
    if said.event:
        return _event(said, chosen=chosen, at=at)
    order, device = scenes.about(said.openid, chosen=chosen, at=at)
    arrived = Arrived(
        CODE,
        said.name,
        said.openid,
        said.text,
        min(said.at, at),
        order=order,
        device=device,
        inbound=message,
    )
    taken = arrive(arrived)
    if taken.is_new and taken.case_id is not None and said.media is not None:
        kind, media_id = said.media
        queue_media(CODE, media_id, kind, case_id=taken.case_id, dedupe=said.name, at=at)
    if taken.letter_id is not None and in_time():
        return carried(taken.letter_id, at=at, most_bytes=MOST_BYTES)
    return ""


def _event(said: Said, *, chosen: WeChat, at: datetime) -> str:
    party = party_of(CODE, said.openid)
    if said.event in ("subscribe", "scan"):
        if said.key:
            scenes.scanned(said.openid, said.key, at=at)
        if party is not None:
            back(party)
    elif said.event == "unsubscribe" and party is not None and not _wrote_since(party, said.at):
        gone(party, why=UNSUBSCRIBED, at=at)
    elif said.event == "templatesendjobfinish":
        _report(said, at=at)
    return _by_itself(said, chosen)


def _wrote_since(party: Party, at: datetime) -> bool:
    """Whether they have come back meanwhile: an event that waited may be older than their last word."""
    return party.last_in_at is not None and party.last_in_at > at


def _report(said: Said, *, at: datetime) -> None:
    if said.status == "success":
        delivered(CODE, said.about, at=at)
    else:
        bounced(CODE, said.about, why=said.status, at=at, for_good="block" in said.status)


def _by_itself(said: Said, chosen: WeChat) -> str:
    """The company's words for this event: by a menu's key, else by the event's name."""
    return chosen.replies.get(said.key, "") or chosen.replies.get(said.event, "")
