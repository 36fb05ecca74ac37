"""The settings of WeCom's customer service. No secret is journalled."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from goodword.base.core.errors import Invalid
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.company.channels.wecom.calling import desks
from goodword.company.channels.wecom.settings import SEALED, WeCom, keep, wecom
from goodword.engine.journal.recording import lock_subject, record

from .kinds import COMPANY, WECOM_SET
from .wechat import NEEDED, checked_key, checked_words

_SHAPE = re.compile(r"[0-9A-Za-z_-]{3,64}", re.ASCII)


def set_wecom(typed: WeCom, *, by: Actor, at: datetime) -> WeCom:
    """The customer service as typed; a secret left empty stays as it is.

    Effects: the setting; `company.wecom_set` with what is no secret, and which secrets were changed, when it differs.
    Raises Forbidden without settings.edit, Invalid.
    """
    by.require("settings.edit")
    with one_fact():
        lock_subject(*COMPANY)
        before = wecom()
        kept = {name: getattr(typed, name) or getattr(before, name) for name in SEALED}
        chosen = replace(typed, **kept, api=before.api, private=before.private)
        wrong = checked_words({"corpid": (chosen.corpid, _SHAPE), "token": (chosen.token, _SHAPE)})
        wrong |= checked_key(chosen.aes_key)
        if not chosen.secret:
            wrong["secret"] = NEEDED
        if wrong:
            raise Invalid("有些内容不完整或有误。", "Something is missing or wrong.", fields=wrong)
        if chosen != before:
            keep(chosen)
            changed = [name for name in SEALED if getattr(chosen, name) != getattr(before, name)]
            facts = {"corpid": chosen.corpid, "polled_every": chosen.polled_every, "secrets": changed}
            record(WECOM_SET, COMPANY[1], by=by, at=at, facts=facts)
    return chosen


def try_wecom(*, by: Actor) -> int:
    """Call WeCom with the settings as they are; the number of customer service accounts. Outside any fact.

    Raises Forbidden without settings.edit, ApiError and what `outside.call` raises.
    """
    by.require("settings.edit")
    return len(desks(wecom()))
