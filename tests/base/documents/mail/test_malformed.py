"""Any bytes give a mail, in time that grows with their number: generated, mutated and built to be slow."""

from __future__ import annotations

import json
import os
import random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.base.documents.mail.letters import enveloped, file, letter, part, several, winmail

from goodword.base.documents.mail import read
from goodword.base.documents.mail.quoting import fold
from goodword.base.documents.mail.reading import as_dict

MUTATED = {"quick": 150, "slow": 2_000, "full": 10_000}
SLOWEST = 1.0  # seconds of computing for one mutated mail; the 99th of a hundred
PIECES = [
    b"\r\n", b"\n", b"\r", b"\0", b"--b1\r\n", b"--b1--", b"=?utf-8?B?", b"?=", b"=?gbk?Q?", b"<", b">", b'"', b"(", b",", b";", b":",
    b"Content-Type: multipart/mixed; boundary=b1\r\n", b"Content-Type: message/rfc822\r\n", b"Content-Type: text/html\r\n\r\n",
    b"Content-Transfer-Encoding: base64\r\n", b"From ", b"On 2026, x@y wrote:", b"begin 644 a\n", b"end\n", b"<div>", b"</blockquote>",
    b"\xff\xfe", b"\xe8\xae", b"\x81", b"charset=utf-7", b"%E4*0*=", b"\x1b$B", b"format=flowed", b"\xf0\x9f\x98\x80",
]  # fmt: skip


def seeds() -> list[bytes]:
    """One of each kind that has a reader of its own."""
    inner = several(part("text/plain", "words"), file("a.pdf", b"x"))
    page = '<div class="gmail_quote"><blockquote>old</blockquote></div><table><tr><td>x</table>'
    return [
        letter(
            "编码器坏了\n\n在 2026-01-06 12:09:37，客服 <d@example.com> 写道：\n> 您好",
            References="<a@x> <b@x>",
        ),
        several(part("text/plain; format=flowed", "a \r\nb"), part("text/html", page), kind="alternative"),
        several(part("message/rfc822", inner), part("image/png", b"x", Content_ID="<p>"), kind="related"),
        letter(winmail({"a.pdf": b"x"}, text="words"), Content_Type="application/ms-tnef"),
        letter(enveloped(inner, chunked=True), Content_Type="application/pkcs7-mime"),
        several(
            part("message/delivery-status", "Final-Recipient: rfc822; a@b\r\nStatus: 5.1.1"), kind="report"
        ),
        letter("begin 644 a.txt\r\n%:&5L;&\\ \r\n`\r\nend", Date="Mon, 6 Jan 2020 12:09:37 +0800"),
    ]


def mutated(raw: bytes, chance: random.Random) -> bytes:
    data = bytearray(raw)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(4):
            case 0:
                data[at : at + chance.randint(1, 40)] = b""
            case 1:
                data[at:at] = chance.choice(PIECES) * chance.choice((1, 1, 1, 300))
            case 2 if data:
                data[at % len(data)] = chance.randrange(256)
            case _:
                data[at:at] = data[: chance.randint(0, len(data))]
    return bytes(data)


def test_mutated_mails_are_read_and_quickly(request):
    seed = int(os.environ.get("GOODWORD_SEED", random.randrange(2**32)))
    print(f"GOODWORD_SEED={seed}")
    chance, times, originals = random.Random(seed), [], seeds()
    for _ in range(MUTATED[request.config.getoption("--size")]):
        raw = mutated(chance.choice(originals), chance)
        began = process_time()
        said = as_dict(read(raw))
        times.append(process_time() - began)
        assert "\0" not in json.dumps(said, ensure_ascii=False).encode("utf-8").decode()
    assert sorted(times)[len(times) * 99 // 100] < SLOWEST


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=20)), max_size=30).map(b"".join))
def test_any_bytes_give_a_mail_that_can_be_stored(raw):
    for data in (raw, b"From: a@example.com\r\n" + raw, letter(raw)):
        json.dumps(as_dict(read(data)), ensure_ascii=False).encode("utf-8")


@given(st.text(st.sampled_from("On>\n写道:：-–@<2026 ab.\u3000\xa0"), max_size=300))
def test_folding_any_text_keeps_words_of_it_alone(text):
    said = fold(text)
    assert all(line.strip() in text for line in said.split("\n"))
    assert bool(said) == bool(text.strip())


def slow() -> dict[str, bytes]:
    """A quarter megabyte each of what costs a careless reader its square."""
    text, page = {"Content_Type": "text/plain; charset=utf-8"}, {"Content_Type": "text/html; charset=utf-8"}
    report = "multipart/report; report-type=delivery-status; boundary=b"
    return {
        "leads": letter("On 2026 <\n" * 25_000, **text),
        "dashes": letter("--\n" * 80_000, **text),
        "heads": letter("From: x\n" * 30_000, **text),
        "blank": letter("\n \n" * 80_000, **text),
        "begins": letter("begin 644 a\n" * 20_000, **text),
        "nested": letter("<div>" * 50_000, **page),
        "formatting": letter("<b><p>" * 40_000, **page),
        "links": letter("<a href=x><p>" * 20_000, **page),
        "open": letter("<" * 250_000, **page),
        "attributes": letter("<div " + "".join(f"a{at} " for at in range(40_000)) + ">", **page),
        "words": letter(Subject="=?a?q?" * 40_000),
        "quotes": letter(From='"\\' * 30_000),
        "brackets": letter(From="<(" * 30_000),
        "folds": letter(X="a\r\n " * 60_000),
        "parts": several(*[part("text/plain", "x")] * 10_000),
        "statuses": letter(
            "--b\r\nContent-Type: message/delivery-status\r\n\r\n" + "\r\nx\r\n" * 50_000, Content_Type=report
        ),
    }


@pytest.mark.parametrize("name", slow())
def test_what_is_built_to_be_slow_is_not(name):
    began = process_time()
    read(slow()[name])
    assert process_time() - began < 3
