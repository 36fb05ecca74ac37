"""A letter to somebody who spoke with the customer service: five messages within 48 hours of their last word."""

from __future__ import annotations

from datetime import datetime, timedelta

from goodword.base.core.sealing import blind_index
from goodword.engine.attachments.rules import MEGABYTE

from ..correspondence.carrying import Carriage, Load
from ..correspondence.models import Letter, Party
from ..correspondence.ways import CustomerWay, LetterToSend
from ..tencent import line
from ..tencent.api import UNREACHED, ApiError
from ..tencent.parts import in_parts
from ..ways import CannotSendError
from .calling import api_of
from .models import Talk
from .settings import wecom

CODE = "wecom"
MAY_TALK_FOR = timedelta(hours=48)
"""WeCom's own limit (its document on sending messages of the customer service), as are the five messages of 95001."""
CARRIES = Carriage(
    (
        Load("image", frozenset({"image/jpeg", "image/png"}), 10 * MEGABYTE, ("图片", "pictures"), least=6),
        Load("voice", frozenset({"audio/amr"}), 2 * MEGABYTE, ("语音（AMR）", "voices (AMR)"), least=6),
        Load("video", frozenset({"video/mp4"}), 10 * MEGABYTE, ("视频（MP4）", "films (MP4)"), least=6),
        Load("file", frozenset(), 20 * MEGABYTE, ("其他文件", "other files"), least=6),
    )
)  # fmt: skip
"""WeCom's own limits for temporary material."""
FOR_GOOD = {
    95000: "没有这个客服帐号 / no such customer service account",
    95001: "对方回复前不能再发（48 小时 5 条） / no more before they write again (five within 48 hours)",
    95002: "没有这个客户 / no such customer",
    95013: "会话已结束 / the conversation has ended",
    95018: "会话由人工接待，接口不能发 / a colleague has the conversation in WeCom",
    40003: "没有这个客户 / no such customer",
    40096: "没有这个客户 / no such customer",
    48002: "没有这个接口的权限 / no right to the interface",
    60030: "没有这个客服帐号的权限 / no right to the customer service account",
}  # fmt: skip
NOT_SET_UP = "微信客服未设置 / WeCom’s customer service is not set up"
TOO_LATE = "距对方上次发言超过 48 小时 / more than 48 hours since their last word"


def hindrance(party: Party, now: datetime) -> str:
    """Why they cannot be written to now; "" when they can."""
    if not wecom().can_call:
        return NOT_SET_UP
    return "" if party.last_in_at is not None and now - party.last_in_at < MAY_TALK_FOR else TOO_LATE


def name_before(letter: Letter) -> str:
    """The message's id, which is ours to give: WeCom's report of a failure names it."""
    return f"goodword-{letter.pk}"


def name_of_letter(name: str) -> str:
    """The letter's id in that of one of its parts."""
    return "-".join(name.split("-")[:2])


def send(letter: LetterToSend, now: datetime) -> str:
    """Send it by the account they spoke with; its id. A long one goes in parts, of which the first has that id.

    Raises CannotSendError where it will never go this way, and what `outside.call` raises.
    """
    desk = Talk.objects.filter(key=key_of(letter.address)).values_list("kf_id", flat=True).first()
    if desk is None:
        raise CannotSendError(TOO_LATE)
    api = api_of(wecom())

    def say(kind: str, holds: dict[str, str], number: int) -> None:
        name = name_before(letter.letter) + (f"-{number}" if number else "")
        said = {
            "touser": letter.address,
            "open_kfid": desk,
            "msgid": name,
            "msgtype": kind,
            kind: holds,
        }
        api.ask("/cgi-bin/kf/send_msg", said)

    try:
        in_parts(letter, say, api=api, carries=CARRIES, now=now)
    except ApiError as problem:
        line.failed(CODE, str(problem), at=now)
        if why := FOR_GOOD.get(problem.code):
            raise CannotSendError(f"{why} ({problem.code})") from problem
        raise
    except UNREACHED as problem:
        line.failed(CODE, f"{type(problem).__name__}: {problem}", at=now)
        raise
    line.sent(CODE, at=now)
    return name_before(letter.letter)


def key_of(person: str) -> str:
    """The blind index of somebody's id."""
    return blind_index(person, kind="wecom-talk")


WAY = CustomerWay(CODE, send, hindrance, name_before=name_before, carries=lambda _party, _at: CARRIES)
