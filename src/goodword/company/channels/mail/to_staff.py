"""The way "email" to colleagues: a notice's title and the link to it, never a word of a customer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.conf import settings

from goodword.base.core.sealing import blind_index
from goodword.base.people.models import Account

from ..models import OutboxMessage
from ..staff import StaffWay
from ..ways import CannotSendError, Way
from .composing import NotAnAddressError, Outgoing, compose
from .handing import hand_over
from .models import Mailbox
from .sending import NOT_AN_ADDRESS, NOWHERE, senders


def send(message: OutboxMessage, now: datetime) -> str:
    """Send the notice to its reader's address, in their language; its Message-ID. Raises as a Way does."""
    reader = message.recipient
    if reader is None or not reader.email:
        raise CannotSendError("这位同事没有邮箱地址 / this colleague has no mail address")
    box = next(iter(senders()), None)
    if box is None:
        raise CannotSendError(NOWHERE)
    title, text = _words(message.payload, is_chinese=reader.language.startswith("zh"))
    name = f"goodword.notice.{message.pk}.{blind_index(message.dedupe_key, kind='mail names')}@{box.domain}"
    mail = Outgoing(
        sender=box.address,
        sender_name=box.shown,
        to=reader.email,
        subject=title,
        text=text,
        message_id=name,
        at=message.created_at,
        automatic="auto-generated",
    )
    try:
        composed = compose(mail)
    except NotAnAddressError as problem:
        raise CannotSendError(NOT_AN_ADDRESS) from problem
    first = message.attempts <= 1
    hand_over(box, composed, to=reader.email, key=f"notice:{message.pk}", at=now, is_first_try=first)
    return name


def _words(told: dict[str, Any], *, is_chinese: bool) -> tuple[str, str]:
    title = str(told["title_zh"] if is_chinese else told["title_en"])
    if told.get("urgent"):
        title = f"【紧急】{title}" if is_chinese else f"[Urgent] {title}"
    link = settings.GOODWORD_URL.rstrip("/") + str(told.get("path") or "/")
    foot = (
        "登录后查看。请勿回复本邮件。" if is_chinese else "Log in to see it. Please do not answer this mail."
    )
    return title, f"{title}\n\n{link}\n\n{foot}"


EMAIL = Way("email", send, repeatable=True)


def _is_open() -> bool:
    return Mailbox.objects.filter(is_active=True).exclude(smtp_host="").exists()


def _reaches(accounts: Collection[int]) -> set[int]:
    known = Account.objects.filter(pk__in=accounts).exclude(email="")
    return set(known.values_list("pk", flat=True))


TO_STAFF = StaffWay("email", "邮件", "E-mail", _is_open, _reaches)
