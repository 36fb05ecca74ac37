"""A file's type is what its bytes are; its name is made harmless."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.base.documents.makers import LEDGER, xls, xlsx, zipped

from goodword.base.documents.sniff import content_type, may_show, safe_name


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n\x00", "image/png"),
        (b"GIF89a\x01", "image/gif"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"\x00\x00\x00\x18ftypheic\x00", "image/heic"),
        (b"\x00\x00\x00\x18ftypmif1\x00", "image/heic"),
        (b"\x00\x00\x00\x18ftypisom\x00", "video/mp4"),
        (b"\x00\x00\x00\x14ftypqt  \x00", "video/quicktime"),
        (b"\x00\x00\x00\x18ftypM4A \x00", "audio/mp4"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"ID3\x03\x00", "audio/mpeg"),
        (b"\xff\xfb\x90\x00", "audio/mpeg"),
        (b"RIFF\x10\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"#!AMR\n\x0c", "audio/amr"),
        ("设备无法开机".encode(), "text/plain"),
        ("设备无法开机".encode("gbk"), "text/plain"),
        ("\ufeff设备".encode("utf-16"), "text/plain"),
        (b"MZ\x90\x00\x03\x00", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_kinds_are_known_by_their_first_bytes(head: bytes, kind: str) -> None:
    assert content_type(head) == kind


def test_office_files_are_told_from_plain_archives() -> None:
    office = "application/vnd.openxmlformats-officedocument."
    assert (
        content_type(zipped({"[Content_Types].xml": "x", "word/document.xml": "x"}))
        == office + "wordprocessingml.document"
    )
    assert content_type(zipped({"a.txt": "x"})) == "application/zip"
    assert content_type(xlsx(LEDGER)[:4096]) == office + "spreadsheetml.sheet"
    assert content_type(xls(LEDGER)[:4096]) == "application/x-ole-storage"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"<!DOCTYPE html><p>", "text/html"),
        (b"  \r\n<HTML >", "text/html"),
        (b"hello <ScRiPt>alert(1)</script>", "text/html"),
        (b"<!-- x --><body onload=x>", "text/html"),
        ("\ufeff<script>x".encode("utf-16"), "text/html"),
        (b'<?xml version="1.0"?><svg xmlns="x">', "image/svg+xml"),
        (b"<svg/onload=alert(1)>", "image/svg+xml"),
        (b'<x:svg xmlns:x="y">', "image/svg+xml"),
        (b"<?xml version='1.0'?><note/>", "application/xml"),
    ],
)
def test_what_could_act_in_a_browser_is_named_and_never_shown(head: bytes, kind: str) -> None:
    assert content_type(head) == kind
    assert not may_show(kind)


def test_only_pictures_of_plain_pixels_are_shown() -> None:
    assert may_show("image/png")
    assert not may_show("image/svg+xml")
    assert not may_show("application/pdf")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("照片 1.jpg", "照片 1.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\合同.pdf", "合同.pdf"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("a\r\nb.txt", "ab.txt"),
        ('a"<b>|c?.txt', "a__b__c_.txt"),
        ("CON.txt", "_CON.txt"),
        (".htaccess", "htaccess"),
        ("  .. ", "file"),
        ("", "file"),
        ("a/", "file"),
        ("\ud800x.txt", "x.txt"),
    ],
)
def test_names_are_made_harmless(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_long_name_keeps_its_suffix() -> None:
    assert safe_name("长" * 300 + ".xlsx").endswith("长.xlsx")
    assert len(safe_name("长" * 300 + ".xlsx").encode()) <= 150


@given(st.text())
def test_no_name_escapes(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert not set(safe) & set('/\\\0\r\n"<>:|?*')
    assert not safe.startswith(".")
    assert len(safe.encode()) <= 150


@given(st.binary(max_size=200))
def test_any_bytes_have_a_type(head: bytes) -> None:
    assert "/" in content_type(head)
