"""What is said when a file cannot be read. Imported by parent and child alike: no Django here."""

from __future__ import annotations

from typing import NamedTuple

from goodword.base.core.errors import Invalid


class Remark(NamedTuple):
    """One sentence for the person, in both languages."""

    zh: str
    en: str


class ParseFailed(Invalid):
    """A file could not be read; the raw bytes stay where they are.

    kind: memory, cpu, wall, output, crash (the parse was stopped or died); unreadable, empty, locked, bomb,
    foreign (the file is at fault).
    detail: a word for the log (exception class, signal); never a value from the file.
    """

    code = "parse_failed"

    def __init__(self, reason_zh: str, reason_en: str, *, kind: str = "unreadable", detail: str = "") -> None:
        super().__init__(reason_zh, reason_en)
        self.kind = kind
        self.detail = detail

    @property
    def reason_zh(self) -> str:
        """The sentence in Chinese."""
        return self.zh

    @property
    def reason_en(self) -> str:
        """The sentence in English."""
        return self.en


STOPPED = {
    "memory": Remark(
        "读取这个文件需要的内存过多，已停止。请删去多余的空行、空列和格式，或拆分后再上传。",
        "Reading this file needs too much memory and was stopped. Remove spare rows, columns and "
        "formatting, or split it, and upload again.",
    ),
    "cpu": Remark(
        "读取这个文件耗时过长，已停止。请拆分后再上传。",
        "Reading this file took too much computing time and was stopped. Split it and upload again.",
    ),
    "wall": Remark(
        "读取这个文件超过了时限，已停止。请稍后再试，或拆分后再上传。",
        "Reading this file ran past its time limit and was stopped. Try again later, or split it.",
    ),
    "output": Remark(
        "这个文件的内容过多，已停止读取。请拆分后再上传。",
        "This file holds too much and reading was stopped. Split it and upload again.",
    ),
    "crash": Remark(
        "这个文件无法读取，可能已损坏。原文件已保留；请另存为 .xlsx 或 .csv 后再试。",
        "This file cannot be read; it may be damaged. The original is kept; save it again as .xlsx or "
        ".csv and retry.",
    ),
}


def stopped(kind: str, *, detail: str = "") -> ParseFailed:
    """The failure for a parse that was stopped or died, `kind` being one of STOPPED."""
    zh, en = STOPPED[kind]
    return ParseFailed(zh, en, kind=kind, detail=detail)
