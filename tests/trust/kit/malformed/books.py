"""Spreadsheets no office program should save: sound ones with accidents, and ones made to harm."""

from __future__ import annotations

import functools
import io
import random
import zipfile
from dataclasses import dataclass

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from tests.base.documents.makers import raw_xlsx, separated, xls, xlsx, zipped
from tests.trust.kit.malformed.words import encoded, spoilt, word
from tests.voice.cases.ledger.ledgers import ASKED, FAULT, HEADER, LATE

NAMES = (
    "a.csv",
    "a.xlsx",
    "a.xls",
    "a.ods",
    "a.txt",
    "a",
    "台账.CSV",
    "../../a.csv",
    "a.csv.exe",
    "a\u202excsv.xlsx",
    "=1+1.csv",
    "a" * 300 + ".xlsx",
)
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "big5")
ROWS: list[list[object]] = [list(HEADER), list(FAULT), list(ASKED), list(LATE)]
HARD = (
    "=cmd|' /C calc'!A0", '=HYPERLINK("http://evil.example","x")', "@SUM(1)", 1e308, -1, 10**15, "9" * 400, "9999-12-31 23:59:59", "0001-01-01",
    2958466, -693594, 1e10, "1900-02-29", "13/13/2019", "二〇一九年六月三日", "\u202e黑屏", "a\tb\r\nc\"d", "🙂" * 3_000, True, None, "x" * 32_000,
)  # fmt: skip
"""Cell values that are not what the column wants."""


@dataclass(frozen=True)
class Book:
    """A file as it is uploaded, and in a word what is wrong with it."""

    raw: bytes
    name: str
    about: str


def book(chance: random.Random) -> Book:
    """One file: of ten, two made to harm, three sound with strange cells, the others with accidents to their bytes."""
    draw = chance.random()
    if draw < 0.2:
        about = chance.choice(sorted(harmful()))
        return Book(harmful()[about], chance.choice(NAMES), about)
    raw, kind = _strange_cells(chance)
    if draw < 0.5:
        return Book(raw, f"a.{kind}" if chance.random() < 0.7 else chance.choice(NAMES), f"cells of {kind}")
    if kind in ("xlsx", "ods") and chance.random() < 0.6:
        return Book(_spoilt_inside(raw, chance), f"a.{kind}", f"inside of {kind}")
    return Book(spoilt(raw, chance), chance.choice(NAMES), f"bytes of {kind}")


def _strange_cells(chance: random.Random) -> tuple[bytes, str]:
    rows = [list(row) for row in ROWS] + [
        list(chance.choice(ROWS[1:])) for _ in range(chance.choice((0, 0, 3, 20)))
    ]
    for _ in range(chance.choice((1, 2, 5, 15))):
        row = chance.choice(rows)
        row[chance.randrange(len(row))] = (
            chance.choice(HARD) if chance.random() < 0.6 else word(chance)[:3_000]
        )
    if chance.random() < 0.2:
        chance.choice(rows).extend([word(chance)[:20]] * chance.choice((1, 30, 240)))
    kind = chance.choice(("csv", "csv", "xlsx", "xls", "ods"))
    if kind == "csv":
        return _csv(rows, chance), kind
    plain = [[_writable(cell) for cell in row] for row in rows]
    if kind == "xls":
        return xls([[_short(cell) for cell in row[:256]] for row in plain]), kind
    return (xlsx(plain), kind) if kind == "xlsx" else (_ods(plain), kind)


def _csv(rows: list[list[object]], chance: random.Random) -> bytes:
    text = (
        separated(rows, delimiter=chance.choice(",,;\t|"), encoding="utf-8-sig") if _is_whole(rows) else b""
    )
    if text and chance.random() < 0.6:
        return text.decode("utf-8-sig").encode(chance.choice(ENCODINGS), "replace")
    return b"\r\n".join(b",".join(encoded(str(cell), chance) for cell in row) for row in rows)


def _is_whole(rows: list[list[object]]) -> bool:
    """Whether there is no half character in any cell."""
    return not any("\ud800" <= sign <= "\udfff" for row in rows for cell in row for sign in str(cell))


def _writable(cell: object) -> object:
    """What openpyxl lets through; what it does not is tried in raw XML."""
    if isinstance(cell, str):
        return ILLEGAL_CHARACTERS_RE.sub("", cell.encode("utf-8", "ignore").decode())
    return cell


def _short(cell: object) -> object:
    if isinstance(cell, int) and abs(cell) > 10**300:
        return str(cell)[:200]
    return cell[:30_000] if isinstance(cell, str) else cell


def _ods(rows: list[list[object]]) -> bytes:
    cells = "".join(
        f"<table:table-row>{''.join(_ods_cell(cell) for cell in row)}</table:table-row>" for row in rows
    )
    return ods(f'<table:table table:name="S">{cells}</table:table>')


def _ods_cell(cell: object) -> str:
    text = str(cell).replace("&", "&amp;").replace("<", "&lt;").replace("\uffff", "").replace("\ufffe", "")
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def ods(tables: str, *, prolog: str = "") -> bytes:
    """The smallest open document around the given tables."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{prolog}<office:document-content {spaces} office:version="1.2"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    return zipped(
        {
            "mimetype": kind,
            "META-INF/manifest.xml": manifest,
            "content.xml": content.encode("utf-8", "replace"),
        }
    )


def _spoilt_inside(raw: bytes, chance: random.Random) -> bytes:
    """One inner file spoilt and packed again, so that the accident meets the reader of the cells, not the archive."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        entries: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([n for n in entries if "xl/" in n or n == "content.xml"] or list(entries))
    inside = entries[name]
    assert isinstance(inside, bytes)
    if chance.random() < 0.15:
        del entries[name]
    else:
        entries[name] = spoilt(inside, chance)
    return zipped(entries)


def _cell(at: str, value: str, kind: str = "inlineStr") -> str:
    inner = f"<is><t>{value}</t></is>" if kind == "inlineStr" else f"<v>{value}</v>"
    return f'<c r="{at}" t="{kind}">{inner}</c>'


def _row(*cells: str) -> str:
    return f"<row>{''.join(cells)}</row>"


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HEADINGS = _row(*(_cell(f"{chr(65 + n)}1", name) for n, name in enumerate(HEADER)))


def _harmful_archives() -> dict[str, bytes]:
    sound = xlsx(ROWS)
    flagged = bytearray(sound)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = flagged.find(sign)
        while place >= 0:
            flagged[place + offset] |= 1
            place = flagged.find(sign, place + 4)
    bomb = raw_xlsx(_row(_cell("A1", "0" * 20_000_000)))
    lying = bytearray(bomb)
    place = lying.find(b"PK\x01\x02")
    while place >= 0:
        lying[place + 24 : place + 28] = b"\x64\x00\x00\x00"
        place = lying.find(b"PK\x01\x02", place + 4)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("../../../../tmp/x", "x")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("/etc/passwd", "x")
    return {
        "a bomb by ratio": bomb,
        "a bomb that lies about its size": bytes(lying),
        "a bomb of many entries": zipped({f"xl/{n}": "x" for n in range(2_001)}),
        "an archive in an archive in an archive": zipped(
            {"xl/workbook.xml": zipped({"a.zip": zipped({"b.zip": sound})})}
        ),
        "entries that climb out": stream.getvalue(),
        "under a password": bytes(flagged),
        "encrypted by an office program": _compound("EncryptedPackage", "EncryptionInfo"),
        "a compound file with nothing in it": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        "a compound file whose chain goes round": _compound("Workbook"),
        "half of an archive": sound[: len(sound) // 2],
        "an archive with nothing in it": zipped({}),
        "an archive's end alone": b"PK\x05\x06" + b"\xff" * 18,
    }


def _compound(*names: str) -> bytes:
    """A compound file's head, its allocation table pointing at itself, and a directory with these streams."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    head[24:34] = b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00"
    head[44:52] = b"\x01\x00\x00\x00\x01\x00\x00\x00"
    head[76:80] = b"\x00\x00\x00\x00"
    directory = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + bytes([len(name) * 2 + 2, 0, 2, 1]) + b"\x00" * 60
        for name in ("Root Entry", *names)
    )
    return bytes(head) + b"\x00\x00\x00\x00" * 128 + directory.ljust(512, b"\0")


def _harmful_xml() -> dict[str, bytes]:
    doctype = f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY h SYSTEM "http://127.0.0.1:9/x">]>'
    return {
        "entities that multiply": raw_xlsx(HEADINGS + _row(_cell("A2", "&l9;")), prolog=doctype),
        "an entity of a file": raw_xlsx(HEADINGS + _row(_cell("E2", "&e;")), prolog=doctype),
        "an entity of an address": raw_xlsx(HEADINGS + _row(_cell("E2", "&h;")), prolog=doctype),
        "entities in an open document": ods("<table:table><table:table-row><table:table-cell><text:p>&l9;&e;</text:p></table:table-cell></table:table-row></table:table>", prolog=doctype),
        "a cell in the last place there is": raw_xlsx(HEADINGS + _row(_cell("XFD1048576", "x"))),
        "a cell beyond every place": raw_xlsx(HEADINGS + _row(_cell("ZZZZZZZ99999999999", "x"))),
        "a shared word that is not there": raw_xlsx(HEADINGS + _row(_cell("E2", "4294967295", "s"), _cell("F2", "-1", "s"))),
        "an open document of endless rows": ods('<table:table><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row></table:table>'),
        "elements without end": raw_xlsx("<row><c>" * 20_000),
        "control signs in cells": raw_xlsx(HEADINGS + _row(_cell("E2", "a&#0;b&#x1;&#xD800;&#xFFFF;"))),
        "numbers without sense": raw_xlsx(HEADINGS + _row(*(_cell(f"{c}2", v, "n") for c, v in zip("ABCDE", ("1e999", "NaN", "-1e308", "9" * 400, "0x10"), strict=True)))),
        "dates without sense": raw_xlsx(HEADINGS + _row(*(_cell(f"{c}2", v, "d") for c, v in zip("ABCD", ("9999-99-99", "-0001-01-01", "2019-06-03T99:99", ""), strict=True)))),
        "a formula in each cell": raw_xlsx(HEADINGS + _row(*(f'<c r="{c}2" t="str"><f>cmd|" /C calc"!A0</f><v>=1+1</v></c>' for c in "ABCDE"))),
        "a page that says it is a workbook": b"<html><table>" + b"<tr><td>x" * 2_000,
        "tables within tables": b"<table><tr><td>" * 5_000,
    }  # fmt: skip


def _harmful_texts() -> dict[str, bytes]:
    head = ",".join(HEADER).encode() + b"\r\n"
    return {
        "a quote that never ends": head + b'1,"' + b"x," * 50_000,
        "nothing but noughts": b"\x00" * 20_000,
        "noughts between": head + b"1\x00,\x002,\x003\r\n" * 200,
        "a thousand and one columns": b",".join(b"c%d" % n for n in range(1_001)) + b"\r\n" + b"," * 1_000,
        "one line of a megabyte": head + b"x" * 1_100_000,
        "half characters": head + b"\xed\xa0\x80,\xff\xfe,\xc0\xaf,\xf5\x80\x80\x80\r\n" * 40,
        "one order mark after another": b"\xef\xbb\xbf" * 500 + head,
        "an order mark of another code": b"\xff\xfe" + head + ",".join(FAULT).encode(),
        "only headings": head,
        "headings twice": head + head,
        "lines ended in every way": head.replace(b"\r\n", b"\r")
        + "\r\r\n\n\x0b\x0c\x1c\u2028".join(FAULT).encode(),
        "a program": b"MZ\x90\x00" + b"\x00" * 400,
        "a picture": b"\x89PNG\r\n\x1a\n" + b"\x00" * 400,
        "a paper": b"%PDF-1.7\n" + b"\xff" * 400,
        "old binary records": b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\xff\xff" * 400,
        "compressed text": b"\x1f\x8b\x08\x00" + b"\x00" * 400,
    }


@functools.cache
def harmful() -> dict[str, bytes]:
    """Every file made to harm, by what is wrong with it; made once, some are twenty megabytes unpacked."""
    return {**_harmful_archives(), **_harmful_xml(), **_harmful_texts()}
