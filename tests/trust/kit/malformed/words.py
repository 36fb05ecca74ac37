"""Words nobody should type: control and direction signs, half characters, other people's languages and programs."""

from __future__ import annotations

import random

AWKWARD = (
    "", " ", "\x00", "a\x00b", "\u202e\u2066xcod.exe", "\ufeff\ufeff", "\u200b" * 40, "\ud800", "黑\udfff屏", "😀" * 60,
    "e\u0301" * 30, "Z" + "\u0335\u0336\u0337" * 80, "\u3164", "\x1b[2J\x1b[31m", "\x7f\x85\u2028\u2029", "\r\nSet-Cookie: a=b",
    "'; DROP TABLE cases_case; --", "' OR 1=1 --", "1); SELECT pg_sleep(9); --", "<script>x</script>", "<svg/onload=x>",
    "javascript:alert(1)", "{{7*7}}", "{% include 'x' %}", "${jndi:ldap://127.0.0.1/x}", "%s%n%x", "%00", "%c0%ae%c0%ae/",
    "../../etc/passwd", "..\\..\\windows\\win.ini", "//evil.example/x", "https://evil.example/", "file:///etc/passwd",
    "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://evil.example\",\"点我\")", "@SUM(1+1)", "+1", "-1", "＝1+1",
    "0", "-0", "99999999999999999999", "1e309", "-1e400", "NaN", "Infinity", "0x1F", "1_000", "１３８００００１２３４", "١٢٣",
    "9" * 4_400, "0." + "0" * 400 + "1", "2026-02-30", "2026-13-45T99:99", "0000-00-00", "0001-01-01T00:00", "9999-12-31T23:59:59",
    "2026-02-13T17:30+99:99", "-2026-01-01", "24:00", "null", "true", "undefined", "[]", "{}", "on", "a" * 5_000, "黑" * 20_000,
)  # fmt: skip
"""Each has broken some program before."""

LONE = ("\ud800", "\udc00", "\udbff", "\udfff")


def word(chance: random.Random) -> str:
    """An awkward one, a few joined, random signs of any plane, or a long one; now and then with half a character."""
    draw = chance.random()
    if draw < 0.5:
        return chance.choice(AWKWARD)
    if draw < 0.65:
        return "".join(chance.choice(AWKWARD)[:300] for _ in range(chance.randint(2, 5)))
    if draw < 0.95:
        return "".join(chr(_sign(chance)) for _ in range(chance.randint(1, 60)))
    return chance.choice(["好", "a ", "\n", "\t,", '"', "é"]) * chance.randint(100, 8_000)


def _sign(chance: random.Random) -> int:
    plane = chance.choice([0x7F, 0x2FF, 0x9FFF, 0xFFFF, 0x10FFFF])
    return chance.randint(0, plane)


def encoded(text: str, chance: random.Random) -> bytes:
    """As bytes: UTF-8 for the most part (half characters as they are), else in a code the reader does not expect."""
    code = (
        "utf-8" if chance.random() < 0.8 else chance.choice(["gb18030", "utf-16", "big5", "utf-7", "latin-1"])
    )
    try:
        return text.encode(code, "surrogatepass" if code.startswith("utf-8") else "strict")
    except (UnicodeError, ValueError):
        return text.encode("utf-8", "surrogatepass")


def spoilt(raw: bytes, chance: random.Random) -> bytes:
    """Sound bytes after a few accidents: flipped, cut off, torn, repeated, filled with noughts, overwritten."""
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at, other = (chance.randint(0, len(raw)) for _ in range(2))
        here, there = min(at, other), max(at, other)
        draw = chance.randrange(8)
        if draw == 0:
            raw = raw[:at]
        elif draw == 1 and raw:
            place = min(at, len(raw) - 1)
            raw = raw[:place] + bytes([raw[place] ^ (1 << chance.randrange(8))]) + raw[place + 1 :]
        elif draw == 2:
            raw = raw[:here] + raw[there:]
        elif draw == 3:
            raw = raw[:there] + raw[here : here + 2_000] + raw[there:]
        elif draw == 4:
            raw = raw[:here] + bytes(min(there - here, 500)) + raw[there:]
        elif draw == 5:
            raw = raw[:at] + chance.randbytes(chance.randint(1, 30)) + raw[at:]
        elif draw == 6:
            raw = (
                raw[:at]
                + chance.choice([b"\xff", b"\x00", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\r\n\r\n", b"--"])
                + raw[at:]
            )
        else:
            raw = (
                raw[:here]
                + chance.choice([b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x00\x00\x00\x80"])
                + raw[here + 4 :]
            )
    return raw
