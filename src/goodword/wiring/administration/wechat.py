"""The official account's settings: who it is, what protects its posts, what is said by itself. No secret is journalled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from goodword.base.core.errors import Invalid
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.company.channels.tencent.envelope import EnvelopeError, key_of
from goodword.company.channels.wechat.calling import reach, scene_code
from goodword.company.channels.wechat.scenes import ABOUT, MOST_LETTERS
from goodword.company.channels.wechat.settings import PLAIN, SEALED, WeChat, keep, wechat
from goodword.engine.journal.recording import lock_subject, record

from .kinds import COMPANY, WECHAT_SET

_TOKEN = re.compile(r"[0-9A-Za-z]{3,32}", re.ASCII)
_APPID = re.compile(r"[0-9A-Za-z_-]{4,40}", re.ASCII)
NEEDED = "必填 / required"


def set_wechat(typed: WeChat, *, by: Actor, at: datetime) -> WeChat:
    """The account as typed; a secret left empty stays as it is.

    Effects: the setting; `company.wechat_set` with what is no secret, and which secrets were changed, when it differs.
    Raises Forbidden without settings.edit, Invalid.
    """
    by.require("settings.edit")
    with one_fact():
        lock_subject(*COMPANY)
        before = wechat()
        kept = {name: getattr(typed, name) or getattr(before, name) for name in SEALED}
        chosen = replace(typed, **kept, private=before.private)
        _check(chosen)
        if chosen != before:
            keep(chosen)
            changed = [name for name in SEALED if getattr(chosen, name) != getattr(before, name)]
            facts = {
                "mode": chosen.mode,
                "appid": chosen.appid,
                "template": chosen.template.kind,
                "secrets": changed,
            }
            record(WECHAT_SET, COMPANY[1], by=by, at=at, facts=facts)
    return chosen


def try_wechat(*, by: Actor) -> int:
    """Call WeChat with the settings as they are; the number of its addresses. Outside any fact.

    Raises Forbidden without settings.edit, ApiError and what `outside.call` raises.
    """
    by.require("settings.edit")
    return reach(wechat())


def make_scene_code(kind: str, number: str, *, by: Actor) -> str:
    """The address of a lasting code for an order or a device. Outside any fact.

    Raises Forbidden without settings.edit, Invalid, ApiError and what `outside.call` raises.
    """
    by.require("settings.edit")
    scene = f"{kind}:{number}"
    if kind not in ABOUT or not number or len(scene) > MOST_LETTERS:
        raise Invalid(
            "编号不能用作场景。", "The number cannot be a scene.", fields={"number": f"≤ {MOST_LETTERS}"}
        )
    return scene_code(wechat(), scene)


def _check(chosen: WeChat) -> None:
    wrong = checked_words({"appid": (chosen.appid, _APPID), "token": (chosen.token, _TOKEN)})
    if not chosen.secret:
        wrong["secret"] = NEEDED
    if chosen.aes_key or chosen.mode != PLAIN:
        wrong |= checked_key(chosen.aes_key)
    if bool(chosen.template.kind) != bool(chosen.template.id):
        wrong["template_id"] = "模板种类和编号要一起填 / kind and number belong together"
    if wrong:
        raise Invalid("有些内容不完整或有误。", "Something is missing or wrong.", fields=wrong)


def checked_words(given: Mapping[str, tuple[str, re.Pattern[str]]]) -> dict[str, str]:
    """{field: what is wrong} of words that do not have their shape."""
    return {
        name: "字母和数字 / letters and digits"
        for name, (word, shape) in given.items()
        if not shape.fullmatch(word)
    }


def checked_key(letters: str) -> dict[str, str]:
    """{aes_key: what is wrong} of an EncodingAESKey; empty for a good one."""
    try:
        key_of(letters)
    except EnvelopeError:
        return {"aes_key": "43 个字母和数字 / 43 letters and digits"}
    return {}
