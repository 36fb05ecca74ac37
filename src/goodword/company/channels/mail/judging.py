"""What is known of a mail before it is taken in: is it a person's, is it who it says, whose conversation is it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from goodword.base.core.sealing import blind_index
from goodword.base.people.models import Account

from ..correspondence.models import Letter
from .models import Mailbox, MailIn
from .settings import rules
from .threads import CHANNEL

HOUR = timedelta(hours=1)
NOBODY = "no-sender.invalid"


@dataclass(frozen=True, slots=True)
class Judged:
    """What is to become of a mail. note: one of MailIn's notes; said: why, in words."""

    note: str = ""
    said: str = ""


def digest_of(said: Mapping[str, Any]) -> str:
    """Of what a mail says, not of its way here: the same mail by two mailboxes has the same."""
    what = [said[name] for name in ("from_email", "date", "subject", "body_text")]
    what.append([file["sha256"] for file in said["attachments"]])
    return blind_index(hashlib.sha256(json.dumps(what).encode()).hexdigest(), kind="mails")


def party_key(address: str) -> str:
    """The blind index by which the channels know the sender."""
    return blind_index(address, kind=f"party:{CHANNEL}")


def address_of(said: Mapping[str, Any], digest: str) -> str:
    """Whom it is from; for a mail without a sender nobody's address, another for each."""
    return str(said["from_email"]).lower() or f"{digest[:16]}@{NOBODY}"


def judged(said: Mapping[str, Any], *, key: str, at: datetime) -> Judged:
    """Whether it is set aside, and why. A few queries, each on an index."""
    address = str(said["from_email"]).lower()
    if said["message_id"] and Letter.objects.filter(channel=CHANNEL, outside_id=said["message_id"]).exists():
        return Judged("own")
    chosen = rules()
    if address and _is_ours(address, chosen.domains):
        return Judged("staff", "发件人写的是公司自己的地址 / its sender is an address of the company")
    if said["auto"] or said["list"]:
        return Judged("auto", said["auto_kind"] or "list")
    if not address:
        return Judged("auto", "没有发件人 / no sender")
    if MailIn.objects.filter(party_key=key, at__gt=at - HOUR).count() >= chosen.most_an_hour:
        return Judged("many", f"> {chosen.most_an_hour} / h")
    return Judged()


def _is_ours(address: str, domains: Sequence[str]) -> bool:
    domain = address.rpartition("@")[2]
    if any(domain == each or domain.endswith(f".{each}") for each in domains):
        return True
    return (
        Mailbox.objects.filter(address__iexact=address).exists()
        or Account.objects.filter(email__iexact=address).exists()
    )
