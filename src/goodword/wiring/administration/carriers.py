"""Who carries text messages and voice calls to colleagues: set up, switched, tried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from goodword.base.core.errors import Invalid
from goodword.base.core.sealing import encrypt
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.company.channels.actions.notifying import queue_message
from goodword.company.channels.carriers.calls import BASES
from goodword.company.channels.carriers.models import Carrier
from goodword.company.channels.carriers.telling import PURPOSE
from goodword.company.channels.carriers.wording import VALUES, unknown_in
from goodword.company.channels.models import StaffAddress
from goodword.company.channels.outside.addresses import address_of
from goodword.company.channels.outside.errors import BadAddressError

from .facts import begin, journal
from .kinds import CARRIER_SET

REQUIRED = "必填 / required"


@dataclass(frozen=True, slots=True)
class NewCarrier:
    """What a provider is set up with. secret: empty keeps the one there is. base: empty for the cloud's own address."""

    use: str
    provider: str
    key_id: str = ""
    secret: str = ""
    sender: str = ""
    signature: str = ""
    template: str = ""
    variables: str = "title"
    region: str = ""
    base: str = ""
    is_on: bool = True
    private: bool = False


def set_carrier(new: NewCarrier, *, by: Actor, at: datetime) -> Carrier:
    """Set the provider of a use up, or change it.

    Effects: the carrier, its secret sealed; `company.carrier_set`, without it. A kept secret goes to no other provider and
    no other address than it was given for. Raises Forbidden without settings.edit, Invalid.
    """
    by.require("settings.edit")
    base = new.base.strip().rstrip("/") or BASES.get((new.provider, new.use), "")
    with one_fact():
        begin()
        carrier = Carrier.objects.filter(use=new.use).first() or Carrier(use=new.use)
        is_same = (carrier.provider, carrier.base) == (new.provider, base)
        _check(new, base, has_secret=bool(new.secret) or (is_same and bool(carrier.sealed_secret)))
        for name in ("provider", "key_id", "sender", "signature", "template", "region", "is_on", "private"):
            setattr(carrier, name, getattr(new, name))
        carrier.base, carrier.variables = base, new.variables.strip() or "title"
        if new.secret:
            carrier.sealed_secret = encrypt(new.secret, purpose=PURPOSE)
        carrier.save()
        facts = {"use": new.use, "provider": new.provider, "is_on": new.is_on, "private": new.private}
        journal(CARRIER_SET, by=by, at=at, **facts)
    return carrier


def try_carrier(use: str, *, by: Actor, at: datetime) -> None:
    """Have it tell whoever asks. Effects: one message. Raises Forbidden, Invalid where one's own number is not known."""
    by.require("settings.edit")
    if not StaffAddress.objects.filter(way=use, account=by.staff_id).exists():
        raise Invalid(
            "先在下面登记您自己的号码，再试发。", "Set your own number below first: it is sent to you."
        )
    said = {"title_zh": "好口碑试发", "title_en": "Goodword is tried", "path": "/", "clause_id": ""}
    key = f"{use}:try:{by.staff_id}:{at.isoformat()}"
    with one_fact():
        queue_message(use, recipient_id=by.staff_id, payload={**said, "urgent": True}, at=at, dedupe_key=key)


def _check(new: NewCarrier, base: str, *, has_secret: bool) -> None:
    wrong: dict[str, str] = {}
    if not has_secret:
        wrong["secret"] = REQUIRED
    if new.provider != "http":
        wrong |= {name: REQUIRED for name in ("key_id", "template") if not getattr(new, name).strip()}
    if odd := unknown_in(new.variables):
        wrong["variables"] = f"{'、'.join(odd)}: {', '.join(VALUES)}"
    try:
        address_of(base, private=new.private)
    except BadAddressError as problem:
        wrong["base"] = str(problem)
    if wrong:
        raise Invalid("这样不能用。", "It cannot be used like this.", fields=wrong)
