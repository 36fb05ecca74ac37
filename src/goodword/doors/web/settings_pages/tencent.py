"""What the pages of WeChat and WeCom share: the light, why posts are turned away, a try that came to nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages

from goodword.company.channels.tencent.api import UNREACHED, ApiError
from goodword.company.channels.tencent.line import light, line_of
from goodword.company.channels.tokens import NoTokenError

from ..access import WebRequest
from ..templatetags.goodword_ui import t

LIGHTS = {
    "unset": ("neutral", "还没有设置", "Not set up yet"),
    "failing": ("bad", "最近一次调用失败", "The last call failed"),
    "refused": ("warn", "最近一小时有消息被拒收", "Posts were turned away within the last hour"),
    "unread": ("warn", "最近一小时有消息读不懂，原文已保存", "Posts could not be read within the last hour; they are kept"),
    "waiting": ("info", "等待第一条消息", "Waiting for the first message"),
    "good": ("good", "正常", "Well"),
}  # fmt: skip
WHY = {
    "unset": ("没有设置", "not set up"),
    "query": ("缺少时间戳或随机数", "timestamp or nonce missing"),
    "plain": ("没有加密", "not sealed"),
    "signature": ("签名不对", "wrong signature"),
    "time": ("时间戳相差太多", "timestamp too far off"),
    "replayed": ("随机数重复", "nonce used before"),
    "envelope": ("密文打不开", "envelope cannot be opened"),
}


def connection(channel: str, *, is_set: bool, at: datetime) -> dict[str, Any]:
    """What the panel of the connection shows. One query."""
    line = line_of(channel)
    tone, zh, en = LIGHTS[light(line, is_set=is_set, at=at)]
    why = t(*WHY[line.refused_for]) if line.refused_for in WHY else ""
    return {"line": line, "tone": tone, "said": t(zh, en), "why": why}


def tried(request: WebRequest, call: Callable[[], str]) -> str:
    """What a call to the other side gave; "" where it came to nothing, which is then said on the page."""
    try:
        return call()
    except (ApiError, NoTokenError, *UNREACHED) as problem:
        messages.error(request, t("没有成功：{why}", "It did not work: {why}", why=str(problem)[:200]))
        return ""
