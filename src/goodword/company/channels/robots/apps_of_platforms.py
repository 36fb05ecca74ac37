"""The ways of the company's apps on WeCom, DingTalk and Feishu: a notice to one colleague."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import partial
from hashlib import sha256

from goodword.base.core.sealing import decrypt

from .. import spoken, tokens
from ..models import OutboxMessage, StaffAddress
from ..registry import register
from ..staff import StaffWay, register_staff_way
from ..ways import CannotSendError, Way
from . import wording
from .answers import StaleTokenError
from .calls import CALLS, Note
from .models import PlatformApp
from .posting import PURPOSE

NAMES = {
    "wecom": ("企业微信", "WeCom"),
    "dingtalk": ("钉钉", "DingTalk"),
    "feishu": ("飞书", "Feishu"),
}


def register_here() -> None:
    """Make the three ways known. What was cut off is sent again: better twice than never."""
    for platform, (zh, en) in NAMES.items():
        code = way_of(platform)
        register(Way(code, partial(send, platform), repeatable=True))
        register_staff_way(StaffWay(code, zh, en, partial(is_open, platform), partial(reaches, code)))


def way_of(platform: str) -> str:
    """The outbox way's code."""
    return f"{platform}_app"


def is_open(platform: str) -> bool:
    """Whether the company's app there is set up and on. One query."""
    return PlatformApp.objects.filter(platform=platform, is_on=True).exists()


def reaches(way: str, accounts: Collection[int]) -> set[int]:
    """Whose name there is known. One query."""
    rows = StaffAddress.objects.filter(way=way, account__in=accounts)
    return set(rows.values_list("account", flat=True))


def send(platform: str, message: OutboxMessage, now: datetime) -> None:
    """Write to the colleague; with a fresh token once more where the kept one holds no longer."""
    app = PlatformApp.objects.filter(platform=platform, is_on=True).first()
    address = StaffAddress.objects.filter(way=message.way, account=message.recipient_id).first()
    if app is None or address is None or message.recipient is None:
        raise CannotSendError("switched off, or nobody there by that name")
    text = wording.joined([wording.line(message.payload, english=message.recipient.language == "en")])
    note = Note(address.address.clear(), text, sha256(message.dedupe_key.encode()).hexdigest()[:40])
    try:
        try:
            _write(app, note, now)
        except StaleTokenError:
            _write(app, note, now)
    except Exception as problem:
        spoken.bad(app, problem, at=now)
        raise
    spoken.good(app, at=now)


def _write(app: PlatformApp, note: Note, now: datetime) -> None:
    calls, secret = CALLS[app.platform], decrypt(app.sealed_secret, purpose=PURPOSE)
    name = f"{app.platform}:{app.corp}:{app.agent}"
    lent = tokens.token(name, lambda: calls.lend(app, secret, now))
    try:
        calls.write(app, lent, note, now)
    except StaleTokenError:
        tokens.forget(name, lent)
        raise
