"""JSON as no program should write it."""

from __future__ import annotations

import json
import random
from typing import Any

from tests.trust.kit.malformed.words import spoilt, word

STRANGE = (
    b"", b"{", b"}", b"[]", b"null", b"0", b'"x"', b"\xff\xfe{\x00}\x00", b"\xef\xbb\xbf{}", b"{}{}", b"{} x", b"{'a':1}", b'{"a":1,}',
    b'{"text":"\\ud800"}', b'{"text":"\\u0000"}', b'{"text":"\x00"}', b'{"text":"\xed\xa0\x80"}', b'{"text":"\xc0\x80"}', b'{"text":1e999}',
    b'{"text":NaN}', b'{"text":-Infinity}', b'{"__proto__":{"a":1}}', b'{"":""}', b'{"text":"a","text":"b","text":3}', b"\x00" * 100,
    b'{"a":' + b"9" * 5_000 + b"}", b'{"a":1.' + b"0" * 9_000 + b"1}", b'{"a":1e-9999999}', b"[" * 200_000, b'{"a":' * 50_000,
    b"[" * 900 + b"]" * 900, b'{"text":' + b'{"a":' * 900 + b"1" + b"}" * 901, b"[" + b"0," * 100_000 + b"0]",
    b"{" + b",".join(b'"f%d":1' % n for n in range(5_000)) + b"}", b'"' + b"a" * 500_000 + b'"',
)  # fmt: skip
TYPES = (
    "application/json", "application/json", "application/json", "application/json; charset=utf-16", "application/json; charset=x", "text/plain",
    "", "application/xml", "multipart/form-data; boundary=x", "multipart/form-data", "application/x-www-form-urlencoded", "*/*", "a" * 2_000,
)  # fmt: skip
NUMBERS = (0, -1, 1, 2**31, 2**53 + 1, 2**63, -(2**63) - 1, 10**40, 10**400, 1e308, 5e-324, -0.0, 0.1 + 0.2)
KEYS = ("", " ", "k", "k" * 201, "k" * 9_000, "a b", "\x01", "键", "%00", "k\tk", "../x", "k;v")
"""Idempotency keys that are none."""


def value(chance: random.Random, *, depth: int = 4) -> Any:
    """Anything JSON can say, half characters included (they are written as escapes)."""
    draw = chance.randrange(9 if depth else 5)
    if draw < 2:
        return word(chance)
    if draw < 5:
        return (None, chance.random() < 0.5, chance.choice(NUMBERS))[draw - 2]
    if draw < 7:
        return [value(chance, depth=depth - 1) for _ in range(chance.randint(0, 4))]
    return {word(chance)[:60]: value(chance, depth=depth - 1) for _ in range(chance.randint(0, 4))}


def body(sound: Any, chance: random.Random) -> bytes:
    """A sound body with values replaced, left out or added somewhere inside; or spoilt bytes; or something strange."""
    draw = chance.random()
    if draw < 0.15:
        return chance.choice(STRANGE)
    if draw < 0.2:
        return written(value(chance, depth=6))
    changed = json.loads(json.dumps(sound))
    for _ in range(chance.choice((0, 1, 1, 1, 2, 4))):
        changed = _changed(changed, chance)
    raw = written(changed)
    if draw < 0.35:
        return spoilt(raw, chance)
    if draw < 0.45 and isinstance(changed, dict) and changed:
        name = chance.choice(list(changed))
        return raw[:-1] + b"," + written({name: value(chance)})[1:]
    return raw


def _changed(whole: Any, chance: random.Random) -> Any:
    """One value somewhere in it replaced, taken out, or one more put in."""
    if isinstance(whole, dict) and whole and chance.random() < 0.9:
        name = chance.choice(list(whole))
        draw = chance.random()
        if draw < 0.1:
            return {other: kept for other, kept in whole.items() if other != name}
        if draw < 0.2:
            return {**whole, word(chance)[:80]: value(chance)}
        return {**whole, name: _changed(whole[name], chance)}
    if isinstance(whole, list) and whole and chance.random() < 0.7:
        place = chance.randrange(len(whole))
        many = chance.choice((1, 1, 1, 300))
        return [*whole[:place], *[_changed(whole[place], chance)] * many, *whole[place + 1 :]]
    return value(chance)


def written(whole: Any) -> bytes:
    """As bytes; non-ASCII as it is where that is possible, as escapes where it is half a character."""
    try:
        return json.dumps(whole, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(whole).encode()
