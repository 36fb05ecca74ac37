"""What makes a group believe its robot: DingTalk signs the address, Feishu the body, WeCom has only the key in the address."""

from __future__ import annotations

import hmac
from base64 import b64encode
from hashlib import sha256
from urllib.parse import urlencode


def dingtalk(address: str, secret: str, *, milliseconds: int) -> str:
    """The address with timestamp and signature: HMAC-SHA256 of `timestamp\\nsecret`, keyed with the secret."""
    if not secret:
        return address
    content = f"{milliseconds}\n{secret}".encode()
    signature = b64encode(hmac.new(secret.encode(), content, sha256).digest()).decode()
    return f"{address}&{urlencode({'timestamp': milliseconds, 'sign': signature})}"


def feishu(secret: str, *, seconds: int) -> dict[str, str]:
    """What is added to the body: HMAC-SHA256 of nothing, keyed with `timestamp\\nsecret`."""
    if not secret:
        return {}
    digest = hmac.new(f"{seconds}\n{secret}".encode(), b"", sha256).digest()
    return {"timestamp": str(seconds), "sign": b64encode(digest).decode()}
