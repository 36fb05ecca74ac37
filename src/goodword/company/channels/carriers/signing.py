"""The clouds' signatures: Alibaba Cloud's V3 (ACS3-HMAC-SHA256) and Tencent Cloud's V3 (TC3-HMAC-SHA256), as they publish them."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import quote

ACS3 = "ACS3-HMAC-SHA256"
TC3 = "TC3-HMAC-SHA256"
JSON = "application/json; charset=utf-8"


def canonical(query: Mapping[str, str]) -> str:
    """A query as Alibaba Cloud signs and takes it: sorted, everything but letters, digits and `-_.~` escaped."""
    return "&".join(f"{_escaped(name)}={_escaped(query[name])}" for name in sorted(query))


def acs3(
    headers: Mapping[str, str], query: Mapping[str, str], body: bytes, *, key_id: str, secret: str
) -> str:
    """The Authorization of a POST to `/` with these headers (lower case, all of them signed)."""
    names = ";".join(sorted(headers))
    said = "".join(f"{name}:{headers[name].strip()}\n" for name in sorted(headers))
    request = f"POST\n/\n{canonical(query)}\n{said}\n{names}\n{_digest(body)}"
    signature = hmac.new(secret.encode(), f"{ACS3}\n{_digest(request.encode())}".encode(), sha256).hexdigest()
    return f"{ACS3} Credential={key_id},SignedHeaders={names},Signature={signature}"


def tc3(*, service: str, host: str, body: bytes, at: datetime, key_id: str, secret: str) -> str:
    """The Authorization of a JSON POST to `/` of Tencent Cloud's `service`."""
    day = at.astimezone(UTC).strftime("%Y-%m-%d")
    said = f"content-type:{JSON}\nhost:{host}\n"
    names, scope = "content-type;host", f"{day}/{service}/tc3_request"
    request = f"POST\n/\n\n{said}\n{names}\n{_digest(body)}"
    signed = f"{TC3}\n{int(at.timestamp())}\n{scope}\n{_digest(request.encode())}"
    key = f"TC3{secret}".encode()
    for part in (day, service, "tc3_request"):
        key = hmac.new(key, part.encode(), sha256).digest()
    signature = hmac.new(key, signed.encode(), sha256).hexdigest()
    return f"{TC3} Credential={key_id}/{scope}, SignedHeaders={names}, Signature={signature}"


def _digest(body: bytes) -> str:
    return sha256(body).hexdigest()


def _escaped(text: str) -> str:
    return quote(text, safe="-_.~")
