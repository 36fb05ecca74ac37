"""Alibaba Cloud's and Tencent Cloud's doors for texts and calls: they check the signature of what really came, and the number."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

from tests.support.listening import listening

KEY_ID, SECRET = "invented-key-id", "invented-secret"
_SIGNED = re.compile(
    r"(ACS3|TC3)-HMAC-SHA256 Credential=([^,/]+)(/[^,]+)?, ?SignedHeaders=([^,]+), ?Signature=(\w+)"
)


class Clouds:
    """What they were told. busy: how many more they turn away as too many."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.busy = 0
        self.base = ""

    def answer(self, path: str, headers: dict[str, str], body: bytes) -> dict[str, Any]:
        """As the cloud that is meant answers."""
        signed = _SIGNED.fullmatch(headers.get("authorization", ""))
        is_ours = signed is not None and signed[1] == "ACS3"
        if signed is None or signed[2] != KEY_ID or not self._believed(signed, path, headers, body):
            return self._said(is_ours, "SignatureDoesNotMatch")
        if self.busy:
            self.busy -= 1
            return self._said(
                is_ours, "isv.BUSINESS_LIMIT_CONTROL" if is_ours else "LimitExceeded.PhoneNumber"
            )
        said = dict(parse_qsl(urlsplit(path).query)) if is_ours else json.loads(body)
        to = said.get("PhoneNumbers") or said.get("CalledNumber") or said["PhoneNumberSet"][0]
        if not to.removeprefix("+86").isdecimal():
            return self._said(
                is_ours,
                "isv.MOBILE_NUMBER_ILLEGAL" if is_ours else "InvalidParameterValue.IncorrectPhoneNumber",
            )
        self.told.append({"action": headers.get("x-acs-action") or headers["x-tc-action"], **said})
        return self._said(is_ours, "")

    def _believed(self, signed: re.Match[str], path: str, headers: dict[str, str], body: bytes) -> bool:
        names = signed[4].split(";")
        lines = "".join(f"{name}:{headers[name]}\n" for name in names)
        pairs = sorted(parse_qsl(urlsplit(path).query, keep_blank_values=True))
        query = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in pairs)
        request = "\n".join(["POST", "/", query, lines, signed[4], hashlib.sha256(body).hexdigest()])
        digest = hashlib.sha256(request.encode()).hexdigest()
        if signed[1] == "ACS3":
            key, text = SECRET.encode(), f"ACS3-HMAC-SHA256\n{digest}"
        else:
            scope = (signed[3] or "").strip("/")
            key, text = (
                f"TC3{SECRET}".encode(),
                f"TC3-HMAC-SHA256\n{headers['x-tc-timestamp']}\n{scope}\n{digest}",
            )
            for part in scope.split("/"):
                key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        return hmac.compare_digest(hmac.new(key, text.encode(), hashlib.sha256).hexdigest(), signed[5])

    def _said(self, is_alibaba: bool, fault: str) -> dict[str, Any]:
        name = f"serial-{len(self.told)}"
        if is_alibaba:
            return {"Code": fault or "OK", "Message": fault or "OK", "BizId": name, "RequestId": "r"}
        if fault == "SignatureDoesNotMatch":
            return {"Response": {"Error": {"Code": "AuthFailure.SignatureFailure", "Message": fault}}}
        state = {"Code": fault or "Ok", "Message": fault or "send success", "SerialNo": name}
        return {"Response": {"SendStatusSet": [state], "RequestId": "r"}}


@contextmanager
def clouds() -> Iterator[Clouds]:
    """They listen on a port of this machine until the block ends."""
    kept = Clouds()
    with listening(lambda path, headers, body: (200, kept.answer(path, headers, body))) as kept.base:
        yield kept
