"""One message or event of WeCom's customer service, as `sync_msg` gives it: strict about what is used, deaf to all else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from goodword.base.core.clock import of_this_age
from goodword.base.core.errors import Invalid

CUSTOMER = 3
"""`origin` of what a customer said; 4 is an event, 5 what a colleague wrote in WeCom itself."""
MEDIA = {"image": "image", "voice": "voice", "video": "video", "file": "file"}
SAID = {"image": "（图片）", "voice": "（语音）", "video": "（视频）", "file": "（文件）"}
_ID = re.compile(r"[\x21-\x7e]{1,120}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Said:
    """One message. event: its kind, empty for words. about: the message a failure report speaks of."""

    name: str
    kf_id: str
    person: str
    at: datetime
    is_customers: bool
    text: str = ""
    media: tuple[str, str] | None = None
    event: str = ""
    about: str = ""
    scene: str = ""


def read(given: object) -> Said:
    """The message in a JSON object. Raises Invalid with the fields that cannot be used."""
    if not isinstance(given, dict):
        raise Invalid("消息无法读取。", "The message cannot be read.", fields={"body": "JSON 对象 / object"})
    kind, event = _word(given, "msgtype"), given.get("event")
    event = event if kind == "event" and isinstance(event, dict) else {}
    person = _word(given, "external_userid") or _word(event, "external_userid")
    wrong = {name: "必填 / required" for name in ("msgid",) if not _ID.fullmatch(_word(given, name))}
    if not kind or (kind != "event" and not _ID.fullmatch(person)):
        wrong["external_userid"] = "必填 / required"
    at = _moment(given.get("send_time"), wrong)
    if wrong:
        raise Invalid("消息无法使用。", "The message cannot be used.", fields=wrong)
    return Said(
        name=_word(given, "msgid"),
        kf_id=_word(given, "open_kfid") or _word(event, "open_kfid"),
        person=person,
        at=at,
        is_customers=given.get("origin") == CUSTOMER and kind != "event",
        text=_text(kind, given),
        media=_media(kind, given),
        event=_word(event, "event_type"),
        about=_word(event, "fail_msgid"),
        scene=_word(event, "scene_param"),
    )


def _text(kind: str, given: dict[str, Any]) -> str:
    held = given.get(kind)
    inside = held if isinstance(held, dict) else {}
    if kind == "text":
        return _word(inside, "content", most=20_000) or "（空消息）"
    if kind == "location":
        return f"（位置）{_word(inside, 'name')} {_word(inside, 'address')}".strip()
    if kind == "link":
        return "（链接）" + "\n".join(
            filter(None, (_word(inside, one, most=2000) for one in ("title", "desc", "url")))
        )
    return SAID.get(kind) or f"（{kind[:20]}）"


def _media(kind: str, given: dict[str, Any]) -> tuple[str, str] | None:
    held = given.get(kind)
    media_id = _word(held, "media_id", most=500) if isinstance(held, dict) else ""
    return (MEDIA[kind], media_id) if kind in MEDIA and media_id else None


def _word(given: dict[str, Any], name: str, *, most: int = 300) -> str:
    value = given.get(name)
    return (
        value.replace("\x00", "").encode(errors="replace").decode()[:most] if isinstance(value, str) else ""
    )


def _moment(value: object, wrong: dict[str, str]) -> datetime:
    try:
        found = datetime.fromtimestamp(value, UTC) if isinstance(value, int) else None
        if found is not None and of_this_age(found):
            return found
    except (ValueError, OverflowError, OSError):
        pass
    wrong["send_time"] = "1970 年以来的秒数 / seconds since 1970"
    return datetime.fromtimestamp(0, UTC)
