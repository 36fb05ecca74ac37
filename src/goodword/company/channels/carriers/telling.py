"""The ways "sms" and "voice": a notice to a colleague's telephone, by the number written down for them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import partial
from hashlib import sha256

from goodword.base.core.sealing import decrypt

from .. import spoken
from ..models import OutboxMessage, StaffAddress
from ..outside import call
from ..registry import register
from ..staff import StaffWay, register_staff_way
from ..ways import CannotSendError, Way
from .answers import understood
from .calls import Wanted, request
from .models import Carrier
from .wording import filled

PURPOSE = "carriers"
NAMES = {"sms": ("短信", "SMS"), "voice": ("语音电话", "Voice call")}


def register_here() -> None:
    """Make both ways known. What was cut off is said again: better twice than never."""
    for use, (zh, en) in NAMES.items():
        register(Way(use, partial(send, use), repeatable=True))
        register_staff_way(StaffWay(use, zh, en, partial(is_open, use), partial(reaches, use)))


def is_open(use: str) -> bool:
    """Whether a provider is set up and on. One query."""
    return Carrier.objects.filter(use=use, is_on=True).exists()


def reaches(use: str, accounts: Collection[int]) -> set[int]:
    """Whose number is known. One query."""
    rows = StaffAddress.objects.filter(way=use, account__in=accounts)
    return set(rows.values_list("account", flat=True))


def send(use: str, message: OutboxMessage, now: datetime) -> str:
    """Have the provider tell the colleague; returns its own name for the message."""
    carrier = Carrier.objects.filter(use=use, is_on=True).first()
    address = StaffAddress.objects.filter(way=use, account=message.recipient_id).first()
    if carrier is None or address is None or message.recipient is None:
        raise CannotSendError("switched off, or no number is known")
    words = filled(carrier.variables, message.payload, english=message.recipient.language == "en")
    key = sha256(message.dedupe_key.encode()).hexdigest()[:32]
    wanted = Wanted(address.address.clear(), words, key)
    try:
        asked = request(carrier, wanted, secret=decrypt(carrier.sealed_secret, purpose=PURPOSE), at=now)
        answer = call(asked.url, asked.body, headers=asked.headers, private=carrier.private)
        name = understood(carrier.provider, answer, at=now)
    except Exception as problem:
        spoken.bad(carrier, problem, at=now)
        raise
    spoken.good(carrier, at=now)
    return name
