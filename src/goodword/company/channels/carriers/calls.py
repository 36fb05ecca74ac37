"""One call to each provider: what is asked, signed, for a text message and for a voice call."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urlsplit

from ..signing import sign
from . import signing
from .models import Carrier

BASES = {
    ("aliyun", "sms"): "https://dysmsapi.aliyuncs.com",
    ("aliyun", "voice"): "https://dyvmsapi.aliyuncs.com",
    ("tencent", "sms"): "https://sms.tencentcloudapi.com",
    ("tencent", "voice"): "https://vms.tencentcloudapi.com",
}
ACTIONS = {
    ("aliyun", "sms"): ("SendSms", "2017-05-25"),
    ("aliyun", "voice"): ("SingleCallByTts", "2017-05-25"),
    ("tencent", "sms"): ("SendSms", "2021-01-11"),
    ("tencent", "voice"): ("SendTts", "2020-09-02"),
}
CHINA = "+86"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A message: to whom (a number of China, or with its `+` and country), what fills the template, its own key."""

    to: str
    filled: Mapping[str, str]
    key: str


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent: everything in it is signed or of no weight."""

    url: str
    headers: Mapping[str, str]
    body: bytes


def request(carrier: Carrier, wanted: Wanted, *, secret: str, at: datetime) -> Request:
    """The provider's call for this carrier's use."""
    if carrier.provider == "aliyun":
        return _aliyun(carrier, wanted, secret, at)
    if carrier.provider == "tencent":
        return _tencent(carrier, wanted, secret, at)
    return _http(carrier, wanted, secret, at)


def _aliyun(carrier: Carrier, wanted: Wanted, secret: str, at: datetime) -> Request:
    action, version = ACTIONS["aliyun", carrier.use]
    to, filled = wanted.to.removeprefix(CHINA), json.dumps(dict(wanted.filled), ensure_ascii=False)
    if carrier.use == "sms":
        query = {"PhoneNumbers": to, "SignName": carrier.signature, "TemplateCode": carrier.template}
        query["TemplateParam"] = filled
    else:
        query = {"CalledNumber": to, "TtsCode": carrier.template, "TtsParam": filled}
        query |= {"CalledShowNumber": carrier.sender} if carrier.sender else {}
    query["OutId"] = wanted.key
    headers = {
        "host": urlsplit(carrier.base).netloc,
        "x-acs-action": action,
        "x-acs-content-sha256": sha256(b"").hexdigest(),
        "x-acs-date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "x-acs-signature-nonce": sha256(f"{wanted.key} {at.isoformat()}".encode()).hexdigest()[:32],
        "x-acs-version": version,
    }
    signed = signing.acs3(headers, query, b"", key_id=carrier.key_id, secret=secret)
    url = f"{carrier.base}/?{signing.canonical(query)}"
    return Request(url, {**headers, "authorization": signed}, b"")


def _tencent(carrier: Carrier, wanted: Wanted, secret: str, at: datetime) -> Request:
    action, version = ACTIONS["tencent", carrier.use]
    to = wanted.to if wanted.to.startswith("+") else f"{CHINA}{wanted.to}"
    said: dict[str, object] = {
        "TemplateId": carrier.template,
        "TemplateParamSet": list(wanted.filled.values()),
        "SessionContext": wanted.key,
    }
    if carrier.use == "sms":
        said |= {"PhoneNumberSet": [to], "SmsSdkAppId": carrier.sender, "SignName": carrier.signature}
    else:
        said |= {"CalledNumber": to, "VoiceSdkAppid": carrier.sender}
    body, host = json.dumps(said, ensure_ascii=False).encode(), urlsplit(carrier.base).netloc
    signed = signing.tc3(
        service=carrier.use if carrier.use == "sms" else "vms",
        host=host,
        body=body,
        at=at,
        key_id=carrier.key_id,
        secret=secret,
    )
    headers = {
        "content-type": signing.JSON,
        "host": host,
        "x-tc-action": action,
        "x-tc-version": version,
        "x-tc-timestamp": str(int(at.timestamp())),
        **({"x-tc-region": carrier.region} if carrier.region else {}),
        "authorization": signed,
    }
    return Request(f"{carrier.base}/", headers, body)


def _http(carrier: Carrier, wanted: Wanted, secret: str, at: datetime) -> Request:
    """A gateway of the company's own, signed as our webhooks are."""
    said = {"use": carrier.use, "to": wanted.to, "template": carrier.template, "values": dict(wanted.filled)}
    body, stamp = json.dumps(said, ensure_ascii=False).encode(), str(int(at.timestamp()))
    headers = {
        "content-type": signing.JSON,
        "webhook-id": wanted.key,
        "webhook-timestamp": stamp,
        "webhook-signature": sign(secret, wanted.key, stamp, body),
    }
    return Request(carrier.base, headers, body)
