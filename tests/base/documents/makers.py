"""Files as people and attackers make them, built in the test that needs them."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import xlwt

LEDGER = [
    ["留言编号", "留言用户", "留言主题", "留言时间", "留言详情"],
    [1, "张测试", "平板无法开机", "2020/1/6 12:09:38", "昨天收到的设备，按住电源键没有反应。"],
    [2, "李示例", "退押金太慢", "2019-12-01 08:30", "已经寄回两周，\n押金还没有退。"],
]

CONTENT_TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
</Types>"""
ROOT_RELS = """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
BOOK = """<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"""
BOOK_RELS = """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"""


def xlsx(rows: list[list[object]], *, title: str = "台账") -> bytes:
    """A workbook as Excel would save it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return saved(book)


def xls(rows: list[list[object]]) -> bytes:
    """A workbook of the old binary kind."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(at, column, value)
    return saved(book)


def saved(book: openpyxl.Workbook | xlwt.Workbook) -> bytes:
    """The bytes a book saves to."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def raw_xlsx(
    sheet_data: str, *, shared: str = "", prolog: str = "", packing: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """The smallest workbook around the given XML of its rows: what no library would write."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return zipped(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": ROOT_RELS,
            "xl/workbook.xml": BOOK,
            "xl/_rels/workbook.xml.rels": BOOK_RELS,
            "xl/sharedStrings.xml": f'<?xml version="1.0"?><sst {space}>{shared}</sst>',
            "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?>{prolog}<worksheet {space}><sheetData>{sheet_data}</sheetData></worksheet>',
        },
        packing=packing,
    )


def zipped(entries: dict[str, str | bytes], *, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of the entries."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", packing) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return stream.getvalue()


def separated(rows: list[list[object]], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Rows as separated values, cells with line breaks quoted."""
    lines = [delimiter.join(f'"{cell}"' if "\n" in str(cell) else str(cell) for cell in row) for row in rows]
    return "\r\n".join(lines).encode(encoding)
