"""The protocol's own parts, against wechatpy: signatures, envelopes, messages; and what no envelope or XML may do."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.wechat import AES_KEY, APPID, TOKEN, event, signed, words
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto

from goodword.base.core.errors import Invalid
from goodword.company.channels.tencent.envelope import EnvelopeError, key_of, opened, sealed
from goodword.company.channels.tencent.parts import split
from goodword.company.channels.tencent.reading import cdata, fields_of
from goodword.company.channels.tencent.signing import is_signed, signature
from goodword.company.channels.wechat.reading import read

pytestmark = pytest.mark.either
KEY = key_of(AES_KEY)
AHEAD = b"sixteen random b"
written = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), min_size=3, max_size=4))
def test_signatures_are_those_of_wechatpy(parts: list[str]) -> None:
    assert signature(*parts) == signed(*parts)
    assert is_signed(signed(*parts), *parts)
    assert not is_signed(signed(*parts, "x"), *parts)


@given(written)
def test_what_one_seals_the_other_opens(text: str) -> None:
    crypto = WeChatCrypto(TOKEN, AES_KEY, APPID)
    theirs = crypto.encrypt_message(text, "n1", "1700000000")
    envelope = theirs.partition("<Encrypt><![CDATA[")[2].partition("]]>")[0]
    assert opened(envelope, key=KEY, receiver=APPID).decode() == text
    ours = sealed(text.encode(), key=KEY, receiver=APPID, ahead=AHEAD)
    xml = {"Encrypt": ours}
    assert crypto.decrypt_message(xml, signed(TOKEN, "1", "n", ours), "1", "n") == text


@given(st.binary(max_size=200), st.integers(0, 10**6))
def test_a_spoilt_envelope_is_refused_and_nothing_else(noise: bytes, seed: int) -> None:
    chance = random.Random(seed)
    whole = bytearray(sealed(b"<xml/>" + noise, key=KEY, receiver=APPID, ahead=AHEAD).encode())
    for _ in range(chance.randint(1, 4)):
        whole[chance.randrange(len(whole))] = chance.randrange(256)
    with suppress(EnvelopeError):
        assert len(opened(whole.decode("latin-1"), key=KEY, receiver=APPID)) <= len(whole)


@pytest.mark.parametrize(
    ("envelope", "why"),
    [
        ("", "length"), ("===", "base64"), ("汉字", "base64"), ("YWJj", "length"),
        (sealed(b"x", key=KEY, receiver="another", ahead=AHEAD), "receiver"),
        (sealed(b"x", key=bytes(32), receiver=APPID, ahead=AHEAD), "padding"),
    ],
)  # fmt: skip
def test_each_fault_of_an_envelope_has_its_name(envelope: str, why: str) -> None:
    with pytest.raises(EnvelopeError, match=why):
        opened(envelope, key=KEY, receiver=APPID)


@pytest.mark.parametrize("letters", ["", "short", "汉" * 43, "a" * 44, "!" * 43])
def test_a_key_of_another_shape_is_none(letters: str) -> None:
    with pytest.raises(EnvelopeError):
        key_of(letters)


@given(written)
def test_words_are_read_as_wechatpy_reads_them(text: str) -> None:
    xml = words(text.replace("]]>", ""))
    ours, theirs = read(xml.encode()), parse_message(xml)
    assert (ours.openid, ours.name) == (theirs.source, str(theirs.id))
    assert ours.text == (theirs.content or "").strip() or ours.text == "（空消息）"


@pytest.mark.parametrize(
    ("xml", "text", "media"),
    [
        (words(kind="image", MediaId="m", PicUrl="http://x"), "（图片）", ("image", "m")),
        (words(kind="voice", MediaId="m", Format="amr", Recognition="黑屏了。"), "（语音）黑屏了。", ("voice", "m")),
        (words(kind="voice", MediaId="m", Format="amr"), "（语音）", ("voice", "m")),
        (words(kind="shortvideo", MediaId="m", ThumbMediaId="t"), "（小视频）", ("video", "m")),
        (words(kind="location", Location_X="31.2", Location_Y="121.4", Label="某路1号"), "（位置）某路1号 31.2, 121.4", None),
        (words(kind="link", Title="题", Description="述", Url="https://a.example"), "（链接）题\n述\nhttps://a.example", None),
        (words(kind="miniprogrampage", Title="题"), "（miniprogrampage）", None),
    ],
)  # fmt: skip
def test_each_kind_of_message_says_something(xml: str, text: str, media: object) -> None:
    said = read(xml.encode())
    assert (said.text, said.media) == (text, media)


def test_events_are_read_as_wechatpy_reads_them() -> None:
    for xml in (
        event("subscribe"),
        event("subscribe", "qrscene_order:A-1"),
        event("SCAN", "device:S1"),
        event("CLICK", "help"),
    ):
        ours, theirs = read(xml.encode()), parse_message(xml)
        assert ours.event == xml.partition("<Event><![CDATA[")[2].partition("]")[0].lower()
        assert ours.key == (getattr(theirs, "key", None) or getattr(theirs, "scene_id", None) or "")
        assert ours.openid == theirs.source


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"<xml>", b"\xff\xfe<xml/>", b"<xml></xml", b"{}",
        b'<!DOCTYPE xml [<!ENTITY a "aa">]><xml><MsgType>&a;</MsgType></xml>',
        b'<!DOCTYPE xml SYSTEM "file:///etc/passwd"><xml/>',
        b'<?xml version="1.0"?><!DOCTYPE x><xml/>',
        b"<xml>" + b"<a>" * 9000 + b"</a>" * 9000 + b"</xml>",
        b"<xml><MsgType>text</MsgType></xml>", words(openid="<b>").encode(),
        words().replace("<CreateTime>", "<CreateTime>9999999999").encode(), words().replace("<MsgId>7", "<MsgId>x").encode(),
    ],
)  # fmt: skip
def test_what_is_no_message_is_invalid(raw: bytes) -> None:
    with pytest.raises(Invalid):
        read(raw)


def test_control_characters_of_telephones_are_left_out() -> None:
    assert read(words("a\x00b\x08c\x1b").encode()).text == "abc"


@given(st.text(max_size=100))
def test_nothing_breaks_out_of_an_answer(text: str) -> None:
    clean = text.encode(errors="replace").decode()
    found = fields_of(f"<xml><Content>{cdata(clean)}</Content><Last>1</Last></xml>".encode())
    assert found["Last"] == "1"
    assert set(found) == {"Content", "Last"}


@given(st.text(min_size=1, max_size=60), st.integers(1, 100), st.integers(60, 2048))
def test_parts_are_short_enough_and_hold_every_word(text: str, times: int, most: int) -> None:
    clean = text.encode(errors="replace").decode() * times
    parts = split(clean, most=most)
    assert all(0 < len(part.encode()) <= most for part in parts)
    assert "".join("".join(parts).split()) == "".join(clean.split())
