"""Who may use an address with a signature of its own instead of a token."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from goodword.company.channels.signing import Believing, Signed

from .. import problems, throttle

WHY = {
    "unset": ("还没有设置密钥。", "No secret has been set."),
    "headers": (
        "缺少 webhook-id、webhook-timestamp 或 webhook-signature。",
        "webhook-id, webhook-timestamp or webhook-signature is missing or malformed.",
    ),
    "signature": ("签名不对。", "The signature is wrong."),
    "time": (
        "时间戳与服务器时间相差太多。",
        "The timestamp is too far from the server’s clock.",
    ),
}
Refuse = Callable[[str, Signed], None]


def signed_of(request: HttpRequest) -> Signed:
    """What the three headers say."""
    return Signed.of(
        *(request.headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature"))
    )


def refusal(
    request: HttpRequest,
    signed: Signed,
    body: bytes,
    *,
    by: Believing,
    at: datetime,
    door: str,
    refuse: Refuse,
) -> HttpResponse | None:
    """The 401 for a message that is not believed, written down by `refuse`; 429 where too many were. None: it is good."""
    why = signed.refusal(body, by=by, at=at)
    if not why:
        return None
    try:
        throttle.count(f"{door}:{request.META.get('REMOTE_ADDR', '')}", at=at)
    except throttle.TooMany as error:
        return problems.of_domain(request, error)
    refuse(why, signed)
    return problems.answer(401, problems.told(*WHY[why]), code=f"signature_{why}")
