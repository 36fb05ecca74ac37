"""Bytes of a text file to text: UTF-8 and UTF-16 with or without mark, else GB18030 (GBK, GB2312)."""

from __future__ import annotations

import codecs
import re

from goodword.base.documents.failures import ParseFailed, Remark

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE_BYTES = 1 << 16
LOST = "\ufffd"
PLAIN = re.compile("[\t\r\n\x20-\x7e\u00a0-\u00ff\u2010-\u203a\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def decode(data: bytes) -> tuple[str, str, list[Remark]]:
    """The text, the name of its encoding, and remarks on what was lost. Raises ParseFailed if no text."""
    encoding = _encoding(data)
    text = data.decode(encoding, "replace").removeprefix("\ufeff")
    remarks: list[Remark] = []
    if "\0" in text:
        text = text.replace("\0", "")
        remarks.append(Remark("文件里有空字节，已去掉。", "The file held NUL bytes; they were removed."))
    lost = text.count(LOST)
    if lost and data.decode(encoding, "ignore").count(LOST) < lost:
        remarks.append(
            Remark(
                f"有 {lost} 处字符无法按 {encoding} 解码，显示为 {LOST}。",
                f"{lost} characters could not be decoded as {encoding} and show as {LOST}.",
            )
        )
    if _is_noise(text[:SAMPLE_BYTES]):
        raise ParseFailed("这不是文本或表格文件。", "This is neither text nor a table.", kind="foreign")
    return text, encoding, remarks


def _encoding(data: bytes) -> str:
    for mark, name in MARKS:
        if data.startswith(mark):
            return name
    wide = _wide_without_mark(data[:SAMPLE_BYTES])
    if wide:
        return wide
    for name in ("utf-8", "gb18030"):
        try:
            data.decode(name)
        except UnicodeDecodeError:
            continue
        return name
    return min(("utf-8", "gb18030"), key=lambda name: data.decode(name, "replace").count(LOST))


def _wide_without_mark(head: bytes) -> str | None:
    """UTF-16 without a mark: many zero bytes, and one reading order that gives Chinese and Latin text.

    Zeros alone do not tell the order: the second byte of 言 (U+8A00) is zero as the first of a comma is.
    """
    if head.count(0) < len(head) * 0.02:
        return None
    even = head[: len(head) // 2 * 2]
    shares = {name: _plain_share(even.decode(name, "replace")) for name in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] > 0.9 else None


def _plain_share(text: str) -> float:
    """How much of a text is Latin, Chinese or their punctuation, from 0 to 1."""
    return sum(1 for sign in text if PLAIN.match(sign)) / max(1, len(text))


def _is_noise(sample: str) -> bool:
    strange = sum(1 for sign in sample if sign == LOST or (sign < " " and sign not in "\t\r\n\x0b\x0c\x1a"))
    return strange > max(4, len(sample) * 0.1)
