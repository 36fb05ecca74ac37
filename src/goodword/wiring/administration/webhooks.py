"""Which other systems hear of what happens here."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from goodword.base.core.errors import Invalid, NotFound
from goodword.base.core.sealing import encrypt
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.company.channels.outside.addresses import address_of
from goodword.company.channels.outside.errors import BadAddressError
from goodword.company.channels.webhooks.actions.sending import PURPOSE
from goodword.company.channels.webhooks.models import Endpoint
from goodword.engine.journal.kinds import declared
from goodword.engine.journal.models import Entry

from .facts import begin, journal
from .kinds import ENDPOINT_ADDED, ENDPOINT_SWITCHED


@dataclass(frozen=True, slots=True)
class NewEndpoint:
    """kinds: journal kinds, or families as `case.*`."""

    name: str
    address: str
    kinds: tuple[str, ...]
    private: bool = False
    gives_up_after: int = 24


def add_endpoint(new: NewEndpoint, *, by: Actor, at: datetime) -> tuple[Endpoint, str]:
    """(the endpoint, its secret in clear: the only time it is shown). It hears of what happens from now on.

    Effects: the endpoint; `company.endpoint_added`. Raises Forbidden without settings.edit, Invalid.
    """
    by.require("settings.edit")
    try:
        _, host, _, _ = address_of(new.address, private=new.private)
    except BadAddressError:
        said = "https 地址 / an https address"
        raise Invalid("地址无法使用。", "This address cannot be used.", fields={"address": said}) from None
    known = {*declared(), *(f"{kind.partition('.')[0]}.*" for kind in declared())}
    wrong = [kind for kind in new.kinds if kind not in known]
    if wrong or not new.kinds:
        said = "、".join(wrong)[:200] or "至少一种 / at least one"
        raise Invalid("没有这种事件。", "There is no such event.", fields={"kinds": said})
    secret = secrets.token_hex(32)
    with one_fact():
        begin()
        endpoint = Endpoint.objects.create(
            name=new.name,
            host=host[:200],
            sealed_address=encrypt(new.address, purpose=PURPOSE),
            sealed_secret=encrypt(secret, purpose=PURPOSE),
            kinds=sorted(set(new.kinds)),
            private=new.private,
            gives_up_after=new.gives_up_after,
            last_id=Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0,
            made_at=at,
        )
        journal(ENDPOINT_ADDED, by=by, at=at, endpoint=endpoint.pk, kinds=endpoint.kinds, private=new.private)
    return endpoint, secret


def switch_endpoint(endpoint_id: int, *, is_on: bool, by: Actor, at: datetime) -> Endpoint:
    """On, going on where it stopped, or off.

    Effects: the endpoint; `company.endpoint_switched`. Raises Forbidden without settings.edit, NotFound.
    """
    by.require("settings.edit")
    with one_fact():
        begin()
        endpoint = Endpoint.objects.filter(pk=endpoint_id).first()
        if endpoint is None:
            raise NotFound
        if endpoint.is_on != is_on:
            endpoint.is_on, endpoint.failing_since = is_on, None
            endpoint.save(update_fields=["is_on", "failing_since"])
            journal(ENDPOINT_SWITCHED, by=by, at=at, endpoint=endpoint.pk, is_on=is_on)
    return endpoint
