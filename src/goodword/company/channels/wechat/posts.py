"""Whether a post really comes from WeChat, just now, and what is in it; and the answer in the shape WeChat reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from goodword.base.core.errors import Invalid

from ..tencent.envelope import EnvelopeError, key_of, opened, sealed
from ..tencent.reading import cdata, fields_of
from ..tencent.signing import Query, is_signed, signature
from .settings import PLAIN, WeChat

TAKEN = "success"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a post is turned away: `unset`, `query`, `plain`, `signature`, `time`, `replayed`."""

    why: str


@dataclass(frozen=True, slots=True)
class Believed:
    """A post that is WeChat's. name: of the post. raw: the message; the whole body where its envelope cannot be opened.

    fault: why it cannot be opened; empty when it could.
    """

    name: str
    raw: bytes
    fault: str = ""


def believed(query: Query, body: bytes, *, chosen: WeChat, at: datetime) -> Believed | Refusal:
    """What came, if it is WeChat's. In safe and compatible mode the envelope alone counts, and its signature."""
    if why := refusal(query, chosen=chosen, at=at):
        return Refusal(why)
    if query.is_sealed:
        return _unsealed(query, body, chosen)
    return Believed(f"{query.stamp}.{query.nonce}", body) if chosen.mode == PLAIN else Refusal("plain")


def _unsealed(query: Query, body: bytes, chosen: WeChat) -> Believed | Refusal:
    name = f"{query.stamp}.{query.nonce}.{query.sealed_signature[:40]}"
    try:
        envelope = fields_of(body).get("Encrypt", "")
    except Invalid as problem:
        return Believed(name, body, fault=problem.fields["body"])
    if not is_signed(query.sealed_signature, chosen.token, query.stamp, query.nonce, envelope):
        return Refusal("signature")
    try:
        return Believed(name, opened(envelope, key=key_of(chosen.aes_key), receiver=chosen.appid))
    except EnvelopeError as problem:
        return Believed(name, body, fault=f"envelope: {problem}")


def unsealed(raw: bytes, chosen: WeChat) -> bytes:
    """The message in bytes that were kept: what is in the envelope, where it is one. Raises Invalid."""
    envelope = fields_of(raw).get("Encrypt", "")
    if not envelope:
        return raw
    try:
        return opened(envelope, key=key_of(chosen.aes_key), receiver=chosen.appid)
    except EnvelopeError as problem:
        raise Invalid(
            "密文无法打开。", "The envelope cannot be opened.", fields={"Encrypt": str(problem)}
        ) from None


def refusal(query: Query, *, chosen: WeChat, at: datetime) -> str:
    """Why a post, or WeChat's asking whether we are there, is turned away by its address alone; "" when it is not."""
    if not chosen.can_hear:
        return "unset"
    if not query.is_whole:
        return "query"
    if not is_signed(query.signature, chosen.token, query.stamp, query.nonce):
        return "signature"
    return "" if query.is_timely(may_differ=chosen.may_differ, at=at) else "time"


def answer(
    text: str, *, openid: str, account: str, query: Query, chosen: WeChat, at: datetime, ahead: bytes
) -> str:
    """What WeChat shows at once; `success` for nothing. Sealed as the post was. ahead: 16 random bytes."""
    if not text:
        return TAKEN
    stamp = str(int(at.timestamp()))
    said = (
        f"<xml><ToUserName>{cdata(openid)}</ToUserName><FromUserName>{cdata(account)}</FromUserName>"
        f"<CreateTime>{stamp}</CreateTime><MsgType>{cdata('text')}</MsgType><Content>{cdata(text)}</Content></xml>"
    )
    if not query.is_sealed:
        return said
    envelope = sealed(said.encode(), key=key_of(chosen.aes_key), receiver=chosen.appid, ahead=ahead)
    signed = signature(chosen.token, stamp, query.nonce, envelope)
    return (
        f"<xml><Encrypt>{cdata(envelope)}</Encrypt><MsgSignature>{cdata(signed)}</MsgSignature>"
        f"<TimeStamp>{stamp}</TimeStamp><Nonce>{cdata(query.nonce)}</Nonce></xml>"
    )
