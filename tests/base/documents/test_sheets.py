"""Ledgers as companies keep them are read, whatever their kind, encoding and shape."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from tests.base.documents.makers import LEDGER, saved, separated, xls, xlsx, zipped

from goodword.base.documents.columns import detect
from goodword.base.documents.moments import parse_moment
from goodword.base.documents.sheets import read_sheet

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "complaints_with_replies.xlsx"
ODS = """<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="T">{}</table:table></office:spreadsheet></office:body>
</office:document-content>"""


def as_text(rows: list[list[object]]) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in rows]


@pytest.mark.parametrize("make", [xlsx, xls])
def test_a_workbook_gives_its_header_and_rows(make) -> None:
    sheet = read_sheet(make(LEDGER), "ledger.xlsx")
    assert sheet.header == LEDGER[0]
    assert sheet.rows == LEDGER[1:]
    assert (sheet.names, sheet.name, sheet.numbers, sheet.warnings) == (["台账"], "台账", [2, 3], [])


def test_an_open_document_gives_the_same() -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    row = "<table:table-row>{}</table:table-row>"
    body = "".join(row.format("".join(cell.format(value) for value in line)) for line in LEDGER[:2])
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="m"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    data = zipped({"mimetype": kind, "content.xml": ODS.format(body), "META-INF/manifest.xml": manifest})
    assert read_sheet(data).rows == as_text(LEDGER[1:2])


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_separated_values_in_any_encoding_and_with_any_delimiter(encoding: str, delimiter: str) -> None:
    sheet = read_sheet(separated(LEDGER, delimiter=delimiter, encoding=encoding), "ledger.csv")
    assert sheet.header == LEDGER[0]
    assert sheet.rows == as_text(LEDGER[1:])
    assert sheet.delimiter == delimiter
    assert sheet.encoding == encoding.replace("gbk", "gb18030")


def test_typed_dates_come_as_moments_and_whole_numbers_as_integers() -> None:
    moment = datetime(2020, 1, 6, 12, 9, 38)
    sheet = read_sheet(xlsx([["电话", "时间", "分"], [13800000001, moment, 1.5]]))
    assert sheet.rows == [[13800000001, moment, 1.5]]


def test_rows_above_the_headings_are_skipped_and_told_of() -> None:
    rows = [["客户反馈台账"], ["导出时间：", "2020/1/6"], [], *LEDGER]
    sheet = read_sheet(xlsx(rows))
    assert sheet.header == LEDGER[0]
    assert sheet.numbers == [5, 6]
    assert "略过" in sheet.warnings[0].zh


def test_ragged_rows_are_filled_and_longer_ones_keep_their_cells() -> None:
    sheet = read_sheet("编号,内容,时间\n1,短\n2,长,x,多出\n\n3,好,y\n".encode())
    assert sheet.rows == [["1", "短", None], ["2", "长", "x", "多出"], ["3", "好", "y"]]
    assert sheet.numbers == [2, 3, 5]
    assert "第一处在第 3 行" in sheet.warnings[0].zh


def test_nul_bytes_are_taken_out_and_told_of() -> None:
    sheet = read_sheet("编号,内容\n1,开\0机\n2,好的\n".encode())
    assert sheet.rows[0] == ["1", "开机"]
    assert "NUL" in sheet.warnings[0].en


def test_one_spoilt_byte_does_not_turn_a_whole_file_into_another_encoding() -> None:
    data = separated(LEDGER * 20).replace("押金".encode(), "押".encode() + b"\xe9\x87", 1)
    sheet = read_sheet(data)
    assert (sheet.encoding, sheet.header) == ("utf-8", LEDGER[0])
    assert sheet.warnings


def test_a_quote_never_closed_does_not_swallow_the_rows_after_it() -> None:
    sheet = read_sheet(('编号,内容\n1,"没有合上\n' + "".join(f"{n},正常\n" for n in range(2, 50))).encode())
    assert len(sheet.rows) == 49
    assert "引号" in sheet.warnings[0].zh


def test_the_tricks_of_exporters_are_undone() -> None:
    data = 'sep=;\n编号;电话;内容\n="00123";13800000001\t;\'=1+1\n'.encode("gbk")
    assert read_sheet(data).rows == [["00123", "13800000001", "=1+1"]]


def test_text_and_web_pages_under_the_name_of_a_workbook_are_read_as_what_they_are() -> None:
    text = read_sheet(separated(LEDGER, delimiter="\t", encoding="gbk"), "ledger.xls")
    assert (text.format, text.header) == ("text", LEDGER[0])
    assert ".xls" in text.warnings[0].zh
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in LEDGER[:2])
    page = f'<html><meta charset="gb2312"><script>x("<td>")</script><table>{cells}</table></html>'
    sheet = read_sheet(page.encode("gbk"), "ledger.xls")
    assert (sheet.format, sheet.rows) == ("html", as_text(LEDGER[1:2]))


def test_of_several_sheets_the_first_visible_with_content_is_read_or_the_one_named() -> None:
    book = openpyxl.Workbook()
    book.active.title = "空"
    hidden = book.create_sheet("隐藏")
    hidden.append(["甲", "乙"])
    hidden.sheet_state = "hidden"
    for name in ("一月", "二月"):
        for row in LEDGER:
            book[name].append(row) if name in book.sheetnames else book.create_sheet(name).append(row)
    data = saved(book)
    assert read_sheet(data).name == "一月"
    assert read_sheet(data, sheet="二月").name == "二月"
    assert read_sheet(data).names == ["空", "隐藏", "一月", "二月"]


def test_a_table_of_figures_alone_gets_numbered_columns() -> None:
    sheet = read_sheet(b"1,2\n3,4\n")
    assert sheet.header == ["第1列", "第2列"]
    assert len(sheet.rows) == 2


@pytest.mark.skipif(not REAL.exists(), reason="the shared ledger is not here")
def test_the_real_ledger_is_read_whole_in_under_three_seconds_and_its_columns_known() -> None:
    from zoneinfo import ZoneInfo

    began = time.monotonic()
    sheet = read_sheet(REAL, REAL.name)
    assert time.monotonic() - began < 3
    assert len(sheet.rows) == 2816
    found = {
        field: sheet.header[match.column] for field, match in detect(sheet.header, sheet.rows[:50]).items()
    }
    assert found == {
        "outside_id": "留言编号",
        "customer": "留言用户",
        "subject": "留言主题",
        "received_at": "留言时间",
        "text": "留言详情",
        "answer": "答复意见",
        "answered_at": "答复时间",
    }
    zone = ZoneInfo("Asia/Shanghai")
    assert all(parse_moment(row[3], zone) and parse_moment(row[6], zone) for row in sheet.rows)
