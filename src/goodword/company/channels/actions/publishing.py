"""How each channel is reached is decided; the notice of all of them is recorded as published somewhere."""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import urlsplit

from goodword.base.core.errors import Invalid
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import lock_subject, record

from ..kinds import CHANNEL_SET, PUBLISHED
from ..models import ContactPoint, Publication
from ..notice import Line, channels, notice_of, places

LINKS = ("https", "http", "tel", "mailto", "weixin")
"""What the code of a channel may lead to."""


def set_channel(line: Line, *, by: Actor, at: datetime, on: date) -> bool:
    """Let the channel be reached so; False when it is already.

    Effects: the row and `channel.set`; a place where the notice stood with other words is out of date at once.
    Raises Forbidden; Invalid for a channel the regulation does not name, an open one that says nothing, or a link
    that a telephone cannot open.
    """
    by.require("settings.edit")
    _checked(line, on=on)
    values = {
        "is_open": line.is_open,
        "shown": line.shown,
        "note_zh": line.note_zh,
        "note_en": line.note_en,
        "link": line.link,
    }
    with one_fact():
        lock_subject("channel", line.code)
        rows = ContactPoint.objects.filter(code=line.code)
        if rows.filter(**values).exists():
            return False
        ContactPoint.objects.update_or_create(code=line.code, defaults={**values, "changed_at": at})
        record(CHANNEL_SET, line.code, by=by, at=at, facts={"channel": line.code, "is_open": line.is_open})
    return True


def publish(place: str, *, reference: str, version: str, by: Actor, at: datetime, on: date) -> Publication:
    """Record that the notice in this version now stands at the place; reference: which contract form, which address.

    Effects: the row and `channel.published`. Raises Forbidden; Invalid for another place, while no channel is open,
    or when the notice has been changed since it was looked at.
    """
    by.require("settings.edit")
    notice = notice_of(channels(on=on))
    if place not in {known.code for known in places(notice, on=on)}:
        raise Invalid("制度里没有这个公示位置。", "The regulation names no such place.")
    if not notice.lines:
        raise Invalid("还没有开放的渠道可以公示。", "No channel is open yet: there is nothing to publish.")
    if version != notice.version:
        raise Invalid(
            "公示内容刚有改动，请看过新的再登记。",
            "The notice has just been changed; look at the new one first.",
        )
    with one_fact():
        row = Publication.objects.create(
            place=place, version=notice.version, reference=reference.strip()[:200], by_id=by.account_id, at=at
        )
        facts = {"place": place, "version": notice.version, "channels": [line.code for line in notice.lines]}
        record(PUBLISHED, place, by=by, at=at, facts=facts)
    return row


def _checked(line: Line, *, on: date) -> None:
    if line.code not in {known.code for known in channels(on=on)}:
        raise Invalid("制度里没有这个渠道。", "The regulation names no such channel.")
    if line.is_open and not line.shown:
        raise Invalid(
            "请写明怎么联系，例如号码或地址。",
            "Say how it is reached, such as the number or address.",
            fields={"shown": "开放的渠道必填 / needed while it is open"},
        )
    if line.link and (urlsplit(line.link).scheme not in LINKS or any(sign.isspace() for sign in line.link)):
        raise Invalid(
            "链接要以 https://、tel: 或 mailto: 开头。",
            "A link begins with https://, tel: or mailto:.",
            fields={"link": "手机打不开 / a telephone cannot open it"},
        )
