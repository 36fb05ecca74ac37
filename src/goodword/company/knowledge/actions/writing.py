"""A script is written, written anew, taken out of use; it belongs to no channel, so all say the same (FB-2.1c)."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import datetime

from goodword.base.core.errors import Invalid, Refused
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import lock_subject, record

from ..kinds import SCRIPT_RETIRED, SCRIPT_WRITTEN
from ..models import Script, ScriptVersion
from ..variables import VARIABLES, unknown_in

COMPANY = ("company", "company")
RIGHT = "scripts.edit"
KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
LONGEST = 4_000
MOST = 500
LIMITS = {
    "situation": 60,
    "title": 80,
    "text": LONGEST,
    "text_en": LONGEST,
    "situation_en": 60,
    "title_en": 80,
}
"""The most characters of each of a version's words."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a version says: when it is said, its title, its text with variables; each in English too where it has it."""

    situation: str
    title: str
    text: str
    text_en: str = ""
    situation_en: str = ""
    title_en: str = ""


def write(key: str, words: Words, *, by: Actor, at: datetime) -> Script:
    """A new script under a key nobody has taken.

    Effects: script and first version; `company.script_written`. Raises Forbidden, Invalid, Refused for too many.
    """
    by.require(RIGHT)
    key, words = key.strip().lower(), _checked(words)
    if not KEY.fullmatch(key):
        raise Invalid(
            "短键由小写字母、数字和连字符组成,最多 40 个。",
            "A key is made of small letters, digits and hyphens, 40 at most.",
            fields={"key": "小写字母、数字、连字符 / small letters, digits, hyphens"},
        )
    with one_fact():
        lock_subject(*COMPANY)
        if Script.objects.filter(key=key).exists():
            raise Invalid(
                "这个短键已经用过。",
                "This key is taken.",
                fields={"key": "已经用过 / taken"},
            )
        if Script.objects.filter(retired_at=None).count() >= MOST:
            raise Refused(
                "话术已经很多了。",
                "There are a great many scripts already.",
                cure_zh="请先停用不用的。",
                cure_en="Take those nobody uses out of use first.",
            )
        script = Script.objects.create(key=key)
        _add(script, words, by=by, at=at)
    return script


def rewrite(script: Script, words: Words, *, by: Actor, at: datetime) -> Script:
    """A further version of a script, which is in use again where it was not. Nothing happens when nothing differs.

    Effects: the version; `company.script_written`. What was sent keeps the version it was. Raises Forbidden, Invalid.
    """
    by.require(RIGHT)
    words = _checked(words)
    with one_fact():
        lock_subject(*COMPANY)
        script.refresh_from_db()
        newest = script.versions.get(number=script.version)
        said = Words(**{name: getattr(newest, name) for name in LIMITS})
        if said == words and script.retired_at is None:
            return script
        script.version, script.retired_at = script.version + 1, None
        script.save(update_fields=["version", "retired_at"])
        _add(script, words, by=by, at=at)
    return script


def retire(script: Script, *, by: Actor, at: datetime) -> Script:
    """Take a script out of use; its versions and counts stay. Effects: `company.script_retired`. Raises Forbidden."""
    by.require(RIGHT)
    with one_fact():
        lock_subject(*COMPANY)
        script.refresh_from_db()
        if script.retired_at is None:
            script.retired_at = at
            script.save(update_fields=["retired_at"])
            record(SCRIPT_RETIRED, COMPANY[1], by=by, at=at, facts={"script": script.pk, "key": script.key})
    return script


def _add(script: Script, words: Words, *, by: Actor, at: datetime) -> None:
    ScriptVersion.objects.create(
        script=script,
        number=script.version,
        **asdict(words),
        by_id=by.account_id,
        at=at,
    )
    facts = {"script": script.pk, "version": script.version, "key": script.key}
    record(SCRIPT_WRITTEN, COMPANY[1], by=by, at=at, facts=facts)


def _checked(words: Words) -> Words:
    """The words without blanks around them. Raises Invalid, naming each variable nobody knows."""
    said = Words(**{name: _clean(value) for name, value in asdict(words).items()})
    wrong: dict[str, str] = {}
    for name, longest in LIMITS.items():
        value = getattr(said, name)
        if not value and not name.endswith("_en"):
            wrong[name] = "必填 / required"
        elif len(value) > longest:
            wrong[name] = f"最多 {longest} 字 / at most {longest} characters"
        elif strange := unknown_in(value) if name.startswith("text") else []:
            wrong[name] = f"没有这个变量：{'、'.join(strange)} / no such variable: {', '.join(strange)}"
    if wrong:
        zh = "、".join(f"{{{names[0]}}}" for names in VARIABLES.values())
        en = ", ".join(f"{{{names[1]}}}" for names in VARIABLES.values())
        raise Invalid(
            "有些内容不完整或有误。",
            "Something is missing or wrong.",
            cure_zh=f"可以用的变量：{zh}。",
            cure_en=f"Variables there are: {en}.",
            fields=wrong,
        )
    return said


def _clean(value: str) -> str:
    return value.replace("\x00", "").replace("\r\n", "\n").strip()
