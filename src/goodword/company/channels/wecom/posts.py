"""Whether a post really comes from WeCom, just now, and what it says: that an account has something to fetch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from goodword.base.core.errors import Invalid

from ..tencent.envelope import EnvelopeError, key_of, opened
from ..tencent.reading import fields_of
from ..tencent.signing import Query, is_signed
from .settings import WeCom

EVENT = "kf_msg_or_event"
MOST = 200


@dataclass(frozen=True, slots=True)
class Call:
    """There is something at this account; the token lets it be fetched without a limit on how often, for ten minutes.

    Empty account: an event of another kind, which is nothing to us.
    """

    kf_id: str = ""
    token: str = ""


def words_in(query: Query, envelope: str, *, chosen: WeCom, at: datetime) -> tuple[str, bytes]:
    """(why it is turned away, "" for nothing; what is in the envelope): of a post, or of WeCom's asking for us."""
    if not chosen.can_hear:
        return "unset", b""
    if not query.is_whole:
        return "query", b""
    if not is_signed(query.sealed_signature, chosen.token, query.stamp, query.nonce, envelope):
        return "signature", b""
    if not query.is_timely(may_differ=chosen.may_differ, at=at):
        return "time", b""
    try:
        return "", opened(envelope, key=key_of(chosen.aes_key), receiver=chosen.corpid)
    except EnvelopeError:
        return "envelope", b""


def envelope_in(body: bytes) -> str:
    """The envelope of a post; empty where there is none, which no signature fits."""
    try:
        return fields_of(body).get("Encrypt", "")
    except Invalid:
        return ""


def call_in(words: bytes) -> Call:
    """What a post says. Raises Invalid."""
    given = fields_of(words)
    if given.get("MsgType") != "event" or given.get("Event") != EVENT:
        return Call()
    kf_id = given.get("OpenKfId", "")
    if not kf_id or len(kf_id) > 64:
        raise Invalid("消息无法使用。", "The message cannot be used.", fields={"OpenKfId": "必填 / required"})
    return Call(kf_id, given.get("Token", "")[:MOST])
