"""A letter to somebody on WeChat: as they talk within 48 hours of their last word, by a template afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from goodword.engine.attachments.rules import MEGABYTE

from ..correspondence.actions.heard import gone
from ..correspondence.carrying import NOTHING, Carriage, Load
from ..correspondence.models import Letter, Party
from ..correspondence.parts import taken
from ..correspondence.ways import CustomerWay, LetterToSend
from ..tencent import line
from ..tencent.api import UNREACHED, Api, ApiError
from ..tencent.parts import Say, in_parts
from ..tencent.uploading import upload_bytes
from ..ways import CannotSendError
from .calling import api_of
from .settings import WeChat, wechat
from .templates import filled

CODE = "wechat"
MAY_TALK_FOR = timedelta(hours=48)
"""WeChat's own limit (its document on customer service messages), as are the five messages it answers 45047 after: nobody
here could choose another."""
CARRIES = Carriage(
    (
        Load("image", frozenset({"image/jpeg", "image/png", "image/gif"}), 10 * MEGABYTE, ("图片", "pictures")),
        Load("voice", frozenset({"audio/amr", "audio/mpeg"}), 2 * MEGABYTE, ("语音（AMR、MP3）", "voices (AMR, MP3)")),
        Load("video", frozenset({"video/mp4"}), 10 * MEGABYTE, ("视频（MP4）", "films (MP4)")),
    )
)  # fmt: skip
"""WeChat's own limits for temporary material; there is no message for other kinds of file."""
STILL = Path(__file__).with_name("film.jpg")
STILL_WITHIN = 5.0
"""What stands for a film until it is played: WeChat wants a picture of 64 KB at most, and seconds to upload it."""
NOT_TALKING = frozenset({45015, 45047})
"""errcodes: more than 48 hours since their last word; as many messages as may be without one."""
NOBODY_THERE = frozenset({43004, 40003})
"""errcodes: not subscribed (any more), no such openid."""
FOR_GOOD = frozenset(
    {40007, 40008, 40037, 41028, 43101, 43116, 44003, 44004, 45002, 47003, 48001, 48002, 50002}
)
"""errcodes no second try mends: no such template or field, refused by them, too long, no right to the interface."""
WHY = {
    43004: "已取消关注 / no longer subscribed",
    40003: "没有这个用户 / no such user",
    43101: "客户拒收订阅通知 / they take no such notices",
    45002: "内容太长 / too long",
    45015: "超过 48 小时 / more than 48 hours",
    45047: "对方回复前不能再发 / no more before they write again",
    48001: "公众号没有这个接口的权限 / the account may not use this interface",
    40037: "模板编号不对 / no such template",
    47003: "模板字段不对 / the template’s fields are wrong",
}  # fmt: skip
NOT_SET_UP = "公众号未设置 / the official account is not set up"
TOO_LATE = "距对方上次发言超过 48 小时，且没有设置模板 / more than 48 hours since their last word, and no template is set"


def hindrance(party: Party, now: datetime) -> str:
    """Why they cannot be written to now; "" when they can."""
    chosen = wechat()
    if not chosen.can_call:
        return NOT_SET_UP
    return "" if chosen.template.kind or may_talk(party, now) else TOO_LATE


def may_talk(party: Party, now: datetime) -> bool:
    """Whether they wrote within the last 48 hours."""
    return party.last_in_at is not None and now - party.last_in_at < MAY_TALK_FOR


def carries(party: Party, now: datetime) -> Carriage:
    """Files go as they talk; a template has words only, and leads to the page where the files are."""
    return CARRIES if may_talk(party, now) else NOTHING


def send(letter: LetterToSend, now: datetime) -> str:
    """Send it; WeChat's name for a template message, "" for a customer service message, which has none.

    Raises CannotSendError where it will never go this way, and what `outside.call` raises.
    """
    chosen = wechat()
    api = api_of(chosen)
    try:
        outside_id = _sent(letter, chosen, api, now)
    except ApiError as problem:
        line.failed(CODE, str(problem), at=now)
        if problem.code in NOBODY_THERE:
            gone(letter.party, why=_said(problem), at=now)
        if problem.code in NOBODY_THERE | FOR_GOOD | NOT_TALKING:
            raise CannotSendError(_said(problem)) from problem
        raise
    except UNREACHED as problem:
        line.failed(CODE, f"{type(problem).__name__}: {problem}", at=now)
        raise
    line.sent(CODE, at=now)
    return outside_id


def _sent(letter: LetterToSend, chosen: WeChat, api: Api, now: datetime) -> str:
    if may_talk(letter.party, now):
        try:
            in_parts(letter, _talk(api, letter.address), api=api, carries=CARRIES, now=now)
            return ""
        except ApiError as problem:
            # What was begun and broke off is not said anew by a template: what is left goes by the next channel.
            if problem.code not in NOT_TALKING or taken(letter.letter) or not chosen.template.kind:
                raise
    elif taken(letter.letter):
        raise CannotSendError(TOO_LATE)
    return _by_template(letter, chosen, api, now)


def _talk(api: Api, openid: str) -> Say:
    def say(kind: str, holds: dict[str, str], _number: int) -> None:
        if kind == "video":
            still = upload_bytes(
                api,
                STILL.read_bytes(),
                name=STILL.name,
                content_type="image/jpeg",
                kind="thumb",
                within=STILL_WITHIN,
            )
            holds = {**holds, "thumb_media_id": still}
        api.ask("/cgi-bin/message/custom/send", {"touser": openid, "msgtype": kind, kind: holds})

    return say


def _by_template(letter: LetterToSend, chosen: WeChat, api: Api, now: datetime) -> str:
    template = chosen.template
    if not template.kind:
        raise CannotSendError(TOO_LATE)
    said: dict[str, object] = {
        "touser": letter.address,
        "template_id": template.id,
        "data": filled(template, letter, at=now),
    }
    if template.kind == "subscription":
        api.ask("/cgi-bin/message/subscribe/bizsend", {**said, "page": letter.link})
        return ""
    # WeChat sends one message for each client_msg_id and person within ten minutes, however often it is asked.
    answer = api.ask(
        "/cgi-bin/message/template/send", {**said, "url": letter.link, "client_msg_id": _name(letter.letter)}
    )
    return str(answer.get("msgid", ""))


def _name(letter: Letter) -> str:
    return f"gw-{letter.pk}"


def _said(problem: ApiError) -> str:
    return f"{WHY.get(problem.code, '微信拒绝 / refused by WeChat')} ({problem.code})"


WAY = CustomerWay(CODE, send, hindrance, carries=carries)
