"""Hostile and broken files end in one sentence, quickly, and cost the parent nothing."""

from __future__ import annotations

import random
import struct
import time
import zipfile
from dataclasses import replace

import pytest
from tests.base.documents.makers import LEDGER, raw_xlsx, separated, xls, xlsx, zipped

from goodword.base.documents.limited import Limits, ParseFailed
from goodword.base.documents.sheets import Sheet, read_sheet


def refusal(data: bytes, *, limits: Limits | None = None) -> ParseFailed:
    """The failure of reading `data`, which must come within ten seconds."""
    began = time.monotonic()
    with pytest.raises(ParseFailed) as caught:
        read_sheet(data, "x.xlsx", limits)
    assert time.monotonic() - began < 10
    assert caught.value.reason_zh
    assert caught.value.reason_en
    return caught.value


def outcome(data: bytes) -> Sheet | ParseFailed:
    """What reading gives where both an answer and a refusal are right."""
    try:
        return read_sheet(data)
    except ParseFailed as failure:
        return failure


def cell(at: str, value: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t>{value}</t></is></c>'


def test_a_bomb_by_ratio_is_not_opened() -> None:
    bomb = raw_xlsx("<row>" + cell("A1", "0" * 20_000_000) + "</row>")
    assert len(bomb) < 50_000
    assert refusal(bomb).kind == "bomb"


def test_a_bomb_by_number_of_entries_is_not_opened() -> None:
    assert refusal(zipped({f"xl/{n}": "x" for n in range(2_001)})).kind == "bomb"


def test_a_bomb_whose_table_of_contents_lies_is_found() -> None:
    data = bytearray(raw_xlsx("<row>" + cell("A1", "0" * 20_000_000) + "</row>"))
    for offset in _sizes(bytes(data)):
        struct.pack_into("<I", data, offset, 100)
    assert refusal(bytes(data)).kind == "unreadable"


def _sizes(data: bytes) -> list[int]:
    """Where the central directory states each entry's unpacked size."""
    found, at = [], data.find(b"PK\x01\x02")
    while at >= 0:
        found.append(at + 24)
        at = data.find(b"PK\x01\x02", at + 4)
    return found


def test_cells_at_both_corners_of_the_sheet_do_not_cost_the_sheet() -> None:
    corners = f'<row r="1">{cell("A1", "a")}</row><row r="1048576">{cell("XFD1048576", "b")}</row>'
    data = raw_xlsx(corners)
    assert len(data) < 3_000
    assert refusal(data).kind in ("memory", "crash")


def test_a_huge_shared_string_used_everywhere_is_stopped() -> None:
    noise = "".join(random.Random(7).choices("abcdefghijklmnop0123456789", k=2_000_000))
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 500))
    assert refusal(raw_xlsx(rows, shared=f"<si><t>{noise}</t></si>")).kind in ("output", "memory")


def test_deeply_nested_xml_is_borne() -> None:
    deep = "<x>" * 300_000 + "</x>" * 300_000
    data = raw_xlsx(f"<row>{cell('A1', '编号')}{cell('B1', '内容')}</row>{deep}", packing=zipfile.ZIP_STORED)
    assert read_sheet(data).header == ["编号", "内容"]


def test_entities_that_multiply_are_not_expanded() -> None:
    bomb = '<!DOCTYPE s [<!ENTITY a "' + "x" * 1000 + '"><!ENTITY b "' + "&a;" * 1000 + '">]>'
    row = f"<row>{cell('A1', '编号')}{cell('B1', '&b;&b;')}</row>"
    began = time.monotonic()
    found = outcome(raw_xlsx(row, prolog=bomb, packing=zipfile.ZIP_STORED))
    assert time.monotonic() - began < 5
    assert isinstance(found, ParseFailed) or len(str(found.header)) < 100


def test_a_million_columns_are_refused() -> None:
    assert refusal(b",".join(b"c" for _ in range(1_000_000)) + b"\n").kind == "output"
    assert refusal(xlsx([[f"c{n}" for n in range(1_001)]])).kind == "output"


def test_more_rows_than_allowed_are_refused_not_cut() -> None:
    assert "行数超过 5" in refusal(b"a,b\n" * 6, limits=replace(Limits(), rows=5)).reason_zh
    assert "单元格超过 9" in refusal(b"a,b\n" * 6, limits=replace(Limits(), cells=9)).reason_zh


def test_more_bytes_than_allowed_are_not_read() -> None:
    assert refusal(b"a,b\n" * 100_000, limits=replace(Limits(), unpacked_bytes=100_000)).kind == "output"


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_workbook_cut_short_says_so(part: float) -> None:
    whole = xlsx(LEDGER * 50)
    assert "不完整" in refusal(whole[: int(len(whole) * part)]).reason_zh


def test_a_binary_workbook_cut_short_says_so() -> None:
    assert refusal(xls(LEDGER * 50)[:3_000]).kind in ("unreadable", "crash")


def test_locked_workbooks_say_how_to_unlock_them() -> None:
    ole = bytes.fromhex("d0cf11e0a1b11ae1")
    modern = ole + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(2000)
    binary = xls(LEDGER)
    at = binary.find(bytes.fromhex("42000200"), 512)
    binary = binary[:at] + bytes.fromhex("2f000200") + binary[at + 4 :]
    document = zipped({"content.xml": "x", "META-INF/manifest.xml": "<manifest:encryption-data/>"})
    for data in (modern, binary, document):
        failure = refusal(data)
        assert failure.kind == "locked"
        assert "密码" in failure.reason_zh


def test_encrypted_entries_of_an_archive_are_a_lock_too() -> None:
    data = bytearray(xlsx(LEDGER))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refusal(bytes(data)).kind == "locked"


def test_files_of_another_kind_are_named() -> None:
    word = zipped({"word/document.xml": "<w/>"})
    old_xml = (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'
    )
    for data in (
        word,
        old_xml,
        b"%PDF-1.7 " * 50,
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"MIME-Version: 1.0\r\n\r\nx",
    ):
        assert refusal(data).kind == "foreign"
    assert refusal(random.Random(3).randbytes(5_000)).kind in ("foreign", "unreadable", "empty", "output")


def test_empty_files_say_so() -> None:
    for data in (b"", b"\0" * 50, b"\r\n \n", b"\xef\xbb\xbf", xlsx([]), b"<html><table></table></html>"):
        assert refusal(data).kind == "empty"


def test_formula_cells_give_their_stored_value_never_a_formula() -> None:
    sheet = read_sheet(raw_xlsx(
        f'<row r="1">{cell("A1", "编号")}{cell("B1", "内容")}</row>'
        '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="str"><f>HYPERLINK("http://x")</f><v>link</v></c></row>'
    ))  # fmt: skip
    assert sheet.rows == [[2, "link"]]


def test_ten_thousand_nested_tables_are_borne() -> None:
    page = b"<html>" + b"<table><tr><td>" * 10_000 + b"x"
    assert read_sheet(page).header == ["x"]


def test_random_damage_never_reaches_the_parent() -> None:
    draw = random.Random(20200106)
    sources = [xlsx(LEDGER), xls(LEDGER), separated(LEDGER), separated(LEDGER, encoding="gbk")]
    for _ in range(24):
        data = bytearray(draw.choice(sources))
        for _ in range(draw.randint(1, 30)):
            data[draw.randrange(len(data))] = draw.randrange(256)
        found = outcome(bytes(data))
        assert found.reason_zh if isinstance(found, ParseFailed) else found.header
