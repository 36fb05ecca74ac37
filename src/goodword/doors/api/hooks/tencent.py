"""What the doors of WeChat and WeCom share: the address's words, and how a post is turned away."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse

from goodword.company.channels.tencent import line
from goodword.company.channels.tencent.signing import Query

from .. import problems, throttle

WHY = {
    "unset": ("这个渠道还没有设置。", "The channel has not been set up."),
    "query": ("缺少 timestamp 或 nonce。", "timestamp or nonce is missing."),
    "plain": ("只接受加密消息。", "Only sealed messages are taken."),
    "signature": ("签名不对。", "The signature is wrong."),
    "time": ("时间戳与服务器时间相差太多。", "The timestamp is too far from the server’s clock."),
    "replayed": ("这个 nonce 已经用过。", "This nonce has been used."),
    "envelope": ("密文无法打开。", "The envelope cannot be opened."),
}


def query_of(request: HttpRequest) -> Query:
    """The signed words of the request's address."""
    given = {name: request.GET.get(name, "") for name in ("signature", "msg_signature", "timestamp", "nonce")}
    is_sealed = bool(given["msg_signature"]) or request.GET.get("encrypt_type") == "aes"
    return Query(given["signature"], given["msg_signature"], given["timestamp"], given["nonce"], is_sealed)


def turned_away(request: HttpRequest, channel: str, why: str, *, at: datetime) -> HttpResponse:
    """401, a post written down for the channel's light; 429 for an address that is turned away too often."""
    try:
        throttle.count(f"{channel}:{request.META.get('REMOTE_ADDR', '')}", at=at)
    except throttle.TooMany as error:
        return problems.of_domain(request, error)
    if request.method == "POST":  # who only asks writes nothing
        line.refused(channel, why, at=at)
    return problems.answer(401, problems.told(*WHY[why]), code=f"refused_{why}")
