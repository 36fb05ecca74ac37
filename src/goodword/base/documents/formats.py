"""Which kind of table a file really is, by its content; its name is only a hint."""

from __future__ import annotations

from typing import Literal

from goodword.base.documents.archives import check, locked
from goodword.base.documents.failures import ParseFailed
from goodword.base.documents.limits import Limits
from goodword.base.documents.locks import OLE, is_locked_ole
from goodword.base.documents.sniff import content_type

Kind = Literal["workbook", "html", "text"]

WORKBOOKS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
HEAD_BYTES = 8192


def kind(data: bytes, limits: Limits) -> Kind:
    """workbook (xlsx, xlsm, xlsb, xls, ods), html (a page with a table) or text (separated values).

    Raises ParseFailed for empty, locked, oversized and foreign files, naming what it is.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise ParseFailed("文件是空的。", "The file is empty.", kind="empty")
    if data.startswith(b"PK"):
        return _archive(data, limits)
    if data.startswith(OLE):
        if is_locked_ole(data):
            raise locked()
        return "workbook"
    return _markup_or_text(data)


def _archive(data: bytes, limits: Limits) -> Kind:
    names = {name.lower().replace("\\", "/") for name in check(data, limits)}
    if names.isdisjoint(WORKBOOKS):
        raise foreign("application/zip")
    return "workbook"


def _markup_or_text(data: bytes) -> Kind:
    head = data[:HEAD_BYTES]
    flat = head.replace(b"\0", b"").lower()  # UTF-16 markup reads alike
    if b"urn:schemas-microsoft-com:office:spreadsheet" in flat:
        raise foreign("Excel 2003 XML")
    if flat.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"mime-version:"):
        raise foreign("MHTML")
    found = content_type(head)
    if found == "text/html" and flat.lstrip(b"\xff\xfe\xef\xbb\xbf\r\n\t ").startswith(b"<"):
        return "html"
    if found.split("/")[0] in ("image", "video", "audio") or found == "application/pdf":
        raise foreign(found)
    return "text"


def foreign(found: str) -> ParseFailed:
    """The failure for a file that is no table we read; found: what it is instead."""
    return ParseFailed(
        f"这不是可读取的表格文件（实际类型：{found}）。请另存为 .xlsx 或 .csv 后再上传。",
        f"This is not a table that can be read (it is {found}). Save it as .xlsx or .csv and upload again.",
        kind="foreign",
        detail=found,
    )
