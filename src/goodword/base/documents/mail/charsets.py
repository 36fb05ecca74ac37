"""Bytes of a mail to text, whatever charset it declares, wrongly declares or leaves out."""

from __future__ import annotations

import codecs
import re

LOST = "\ufffd"
WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "hz": "hz",
    "big5": "big5hkscs",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso2022_jp": "iso2022_jp_ext",
    "tis-620": "cp874",
}
"""What is read in place of a declared charset: the wider set senders mean by its name."""
ALIASES = {
    "x-gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "gb2312_charset": "gb18030",
    "x-gb2312": "gb18030",
    "gb": "gb18030",
    "cn-gb": "gb18030",
    "cn-big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "ks_c_5601": "cp949",
    "unicode-1-1-utf-7": "utf-7",
    "x-unicode-2-0-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "x-mac-roman": "mac-roman",
    "windows-874": "cp874",
    "utf-8mb4": "utf-8",
    "hz-gb-2312": "hz",
}
BYTE_WISE = {"cp1252", "cp1254", "iso8859-15"}
"""Charsets in which any bytes are text, so that decoding proves nothing; often declared for something else."""
PAIRED = {"gb18030", "big5hkscs", "cp932", "cp949", "euc_jp"}
"""Charsets of pairs of bytes, in which UTF-8 can be read too: as characters nobody writes."""
EASTERN = re.compile(
    "[\u00b7\u2010-\u2030\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff00-\uffef\U0001f000-\U0001faff]"
)
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
HANZI_ONLY = re.compile(rb"(?:[\x00-\x7f]|[\xa1-\xa9\xb0-\xf7][\xa1-\xfe])*+")
HIGH_PAIRS = re.compile(rb"[\xb0-\xf7][\xa1-\xfe]")
PAIRS = re.compile(rb"[\x81-\xfe][\x40-\xfe]")
SEVEN_BIT = ((re.compile(rb"\x1b\$[@B]|\x1b\([JI]"), "iso2022_jp_ext"), (re.compile(rb"~\{[!-w]"), "hz"))
SAMPLE_BYTES = 1 << 16
NOT_KEPT = re.compile("[\x00\ud800-\udfff]")


def decode(data: bytes, declared: str = "", *, hint: str = "") -> str:
    """The text of `data`, newlines as they are; without NUL and lone surrogates.

    declared: the charset the mail names for it; hint: one named elsewhere in the mail, for bytes without their own.
    """
    for mark, name in MARKS:
        if data.startswith(mark) and (name == "utf-8" or known(declared).startswith("utf-16")):
            return _clean(data[len(mark) :].decode(name, "replace"))
    return _clean(_text(data, known(declared), known(hint)))


def known(name: str) -> str:
    """The codec a charset's name stands for, the widest of its family; empty for none that is known."""
    name = name.strip("\"' \t;").lower().replace(" ", "")
    name = ALIASES.get(name, name)
    if not name or len(name) > 40 or not name.isascii():
        return ""
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    if not found._is_text_encoding or found.name in ("idna", "punycode", "undefined", "mbcs", "oem"):
        return ""
    return WIDER.get(found.name, found.name)


def _text(data: bytes, declared: str, hint: str) -> str:
    if data.isascii():
        if declared in ("utf-7", "hz") or declared.startswith(("iso2022", "utf-16", "utf-32")):
            return _lenient(data, declared)
        shifted = _seven_bit(data) if declared in ("", "cp1252", "gb18030") else ""
        return _lenient(data, shifted) if shifted else data.decode("ascii")
    if not declared.startswith(("utf-8", "utf-16", "utf-32", "iso2022")):
        utf8 = _strict(data, "utf-8")
        if utf8 is not None and (declared not in PAIRED or _is_eastern(utf8)):
            return utf8
    if declared and declared not in BYTE_WISE:
        strict = _strict(data, declared)
        if strict is not None:
            return strict
    return _guess(data, declared, hint)


def _guess(data: bytes, declared: str, hint: str) -> str:
    """Bytes that are not what they are said to be: what else was named, Chinese, nearly so, at last the nearest."""
    if hint and hint not in BYTE_WISE:
        found = _strict(data, hint)
        if found is not None:
            return found
    if _is_hanzi(data) and not (_nearly(data, "utf-8") and _is_eastern(_lenient(data, "utf-8"))):
        return _lenient(data, "gb18030")
    for name in (declared, "utf-8"):
        if name not in ("", *BYTE_WISE) and _nearly(data, name):
            return _lenient(data, name)
    return _lenient(data, declared if declared in BYTE_WISE else "cp1252")


def _is_eastern(text: str) -> bool:
    """Whether nearly all beyond ASCII is what Chinese, Japanese or Koreans write."""
    beyond = [sign for sign in text[:SAMPLE_BYTES] if sign > "\x7f" and sign != LOST]
    return len(EASTERN.findall("".join(beyond))) * 10 >= len(beyond) * 9


def _nearly(data: bytes, name: str) -> bool:
    """Whether few of the bytes beyond ASCII are lost in this charset: a cut character, a stray byte."""
    head = data[:SAMPLE_BYTES]
    high = sum(1 for byte in head if byte > 0x7F)
    return _lenient(head, name).count(LOST) * 8 <= high


def _is_hanzi(data: bytes) -> bool:
    """Whether the bytes beyond ASCII pair up as hanzi: all within GB2312, as no Latin text does, or mostly so in GBK.

    The second byte tells: in a Latin word a letter follows (Müller), in Chinese the next half of a character.
    """
    head = data[:SAMPLE_BYTES]
    end = HANZI_ONLY.match(head)
    assert end is not None
    if end.end() >= len(head) - 1 and HIGH_PAIRS.search(head) is not None:
        return True
    pairs = PAIRS.findall(head)
    high = sum(1 for pair in pairs if pair[1] > 0x7F)
    return len(pairs) > 1 and high * 2 >= len(pairs) and _strict(data, "gb18030") is not None


def _seven_bit(data: bytes) -> str:
    return next((name for sign, name in SEVEN_BIT if sign.search(data[:SAMPLE_BYTES])), "")


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, ValueError):
        return None


def _lenient(data: bytes, name: str) -> str:
    try:
        return data.decode(name, "replace")
    except (UnicodeError, ValueError):  # some multi-byte codecs raise whatever the error handler says
        return data.decode("latin-1")


def _clean(text: str) -> str:
    return NOT_KEPT.sub("", text.removeprefix("\ufeff"))
