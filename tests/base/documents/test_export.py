"""What is exported opens as text: nothing a customer wrote is run by a spreadsheet."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.base.documents.export import Table, begins_formula, neutral, write_csv, write_xlsx
from goodword.base.documents.sheets import read_sheet

CHINA = ZoneInfo("Asia/Shanghai")
DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠x", " =1", "\u3000=1",
             '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0"]  # fmt: skip


def book_of(*tables: Table) -> openpyxl.Workbook:
    stream = io.BytesIO()
    write_xlsx(stream, tables, tz=CHINA)
    return openpyxl.load_workbook(io.BytesIO(stream.getvalue()))


def lines_of(header: list[str], rows: list[list[object]]) -> list[list[str]]:
    stream = io.BytesIO()
    write_csv(stream, header, rows, tz=CHINA)
    text = stream.getvalue().decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula(text: str) -> None:
    sheet = book_of(Table("表", ["标题", text], [[text, "ok"]])).active
    for cell in (sheet["A2"], sheet["B1"]):
        assert cell.data_type == "s"
        assert cell.hyperlink is None
    assert sheet["A2"].quotePrefix
    assert not sheet["B2"].quotePrefix
    header, row = lines_of(["标题", text], [[text, "ok"]])
    assert header[1] == row[0] == f"'{text}"
    assert row[1] == "ok"


@given(st.text())
def test_no_csv_cell_ever_begins_like_a_formula(text: str) -> None:
    assert not begins_formula(neutral(text))
    assert neutral(text) in (text, f"'{text}")


def test_every_type_of_value_keeps_its_meaning() -> None:
    at = datetime(2020, 1, 6, 4, 9, 38, tzinfo=UTC)
    row = [
        "文字",
        5,
        -1.5,
        Decimal("2.50"),
        True,
        None,
        at,
        date(2020, 1, 6),
        123456789012345678,
        float("nan"),
        "http://x",
    ]
    cells = [cell.value for cell in book_of(Table("表", ["x"] * len(row), [row])).active[2]]
    assert cells == ["文字", 5, -1.5, 2.5, True, None, datetime(2020, 1, 6, 12, 9, 38), datetime(2020, 1, 6),
                     "123456789012345678", "nan", "http://x"]  # fmt: skip
    _, line = lines_of(["x"] * len(row), [row])
    assert line[:9] == [
        "文字",
        "5",
        "-1.5",
        "2.50",
        "True",
        "",
        "2020-01-06 12:09:38",
        "2020-01-06",
        "123456789012345678",
    ]


def test_what_is_exported_is_read_back_the_same(tmp_path: Path) -> None:
    rows = [["=1+1", "第一行\n第二行"], ["＠你", '引号"和,逗号;']]
    write_xlsx(tmp_path / "a.xlsx", [Table("表", ["编号", "内容"], rows)])
    write_csv(tmp_path / "a.csv", ["编号", "内容"], rows)
    for name in ("a.xlsx", "a.csv"):
        sheet = read_sheet(tmp_path / name)
        assert (sheet.header, sheet.rows) == (["编号", "内容"], rows)


def test_sheet_names_are_made_acceptable_and_different() -> None:
    names = book_of(
        *(Table(name, ["a"], []) for name in ("客户/反馈[1]", "x" * 40, "x" * 40, "X" * 40, "", "'"))
    ).sheetnames
    assert len({name.lower() for name in names}) == 6
    assert all(0 < len(name) <= 31 for name in names)


def test_text_beyond_a_cell_is_cut_visibly_and_strange_signs_do_not_break_the_book() -> None:
    sheet = book_of(Table("表", ["a", "b"], [["字" * 40_000, "\x00\x01\ud800\ufffe"]])).active
    assert len(sheet["A2"].value) == 32_767
    assert sheet["A2"].value.endswith("…")
    assert lines_of(["a"], [["\ud800"]])


def test_more_rows_than_a_sheet_holds_are_an_error() -> None:
    rows = ([] for _ in range(1_048_576))
    with pytest.raises(ValueError, match="1,048,575"):
        write_xlsx(io.BytesIO(), [Table("表", ["a"], rows)])
