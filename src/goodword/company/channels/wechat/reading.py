"""What WeChat says in a post: somebody's words, or an event. Strict about what is used, deaf to all else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from goodword.base.core.clock import of_this_age
from goodword.base.core.errors import Invalid

from ..tencent.reading import fields_of

_OPENID = re.compile(r"[0-9A-Za-z_-]{6,64}", re.ASCII)
_MSG_ID = re.compile(r"\d{1,30}", re.ASCII)
_MEDIA_ID = re.compile(r"[\x21-\x7e]{1,400}", re.ASCII)
MEDIA = {"image": "image", "voice": "voice", "video": "video", "shortvideo": "video"}
SAID = {"image": "（图片）", "voice": "（语音）", "video": "（视频）", "shortvideo": "（小视频）"}
SCENE = "qrscene_"


@dataclass(frozen=True, slots=True)
class Said:
    """One post. name: by which it is known when it comes again. account: ours, as WeChat names it.

    event: empty for words. key: a menu's key, a scene.
    media: (kind, media id). status, about: of the report on a template message, its outcome and the message's id.
    """

    name: str
    openid: str
    account: str
    at: datetime
    text: str = ""
    media: tuple[str, str] | None = None
    event: str = ""
    key: str = ""
    status: str = ""
    about: str = ""


def read(raw: bytes) -> Said:
    """The message or event in an XML post. Raises Invalid with the fields that cannot be used."""
    given = fields_of(raw)
    kind = given.get("MsgType", "").lower()
    openid, account = given.get("FromUserName", ""), given.get("ToUserName", "")[:64]
    wrong = {} if _OPENID.fullmatch(openid) else {"FromUserName": "openid"}
    at = _moment(given.get("CreateTime", ""), wrong)
    if not kind:
        wrong["MsgType"] = "必填 / required"
    msg_id = given.get("MsgId", "")
    if kind not in ("", "event") and not _MSG_ID.fullmatch(msg_id):
        wrong["MsgId"] = "数字 / digits"
    if wrong:
        raise Invalid("消息无法使用。", "The message cannot be used.", fields=wrong)
    if kind == "event":
        return _event(given, openid, account, at)
    return Said(msg_id, openid, account, at, text=_text(kind, given), media=_media(kind, given))


def _event(given: dict[str, str], openid: str, account: str, at: datetime) -> Said:
    event = given.get("Event", "").lower()[:40]
    key = given.get("EventKey", "")
    if event == "subscribe" and key:
        key = key.removeprefix(SCENE)
    name = " ".join((openid, given.get("CreateTime", "")[:12], event, given.get("MsgID", "")[:40], key))
    return Said(
        name,
        openid,
        account,
        at,
        event=event,
        key=key[:128],
        status=given.get("Status", "")[:100],
        about=given.get("MsgID", "")[:40],
    )


def _text(kind: str, given: dict[str, str]) -> str:
    if kind == "text":
        return given.get("Content", "") or "（空消息）"
    if kind == "voice" and given.get("Recognition", ""):
        return f"{SAID[kind]}{given['Recognition']}"
    if kind == "location":
        place, at = given.get("Label", ""), (given.get("Location_X", ""), given.get("Location_Y", ""))
        return f"（位置）{place} {', '.join(at)}".strip()
    if kind == "link":
        return "（链接）" + "\n".join(
            filter(None, (given.get(one) for one in ("Title", "Description", "Url")))
        )
    return SAID.get(kind) or f"（{kind[:20]}）"


def _media(kind: str, given: dict[str, str]) -> tuple[str, str] | None:
    media_id = given.get("MediaId", "")
    return (MEDIA[kind], media_id) if kind in MEDIA and _MEDIA_ID.fullmatch(media_id) else None


def _moment(value: str, wrong: dict[str, str]) -> datetime:
    try:
        found = datetime.fromtimestamp(int(value[:12]), UTC)
        if of_this_age(found):
            return found
    except (ValueError, OverflowError, OSError):
        pass
    wrong["CreateTime"] = "1970 年以来的秒数 / seconds since 1970"
    return datetime.fromtimestamp(0, UTC)
