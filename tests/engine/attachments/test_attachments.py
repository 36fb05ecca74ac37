"""Attachments: judged by content, kept under a random name, journalled where they belong, refused with a reason."""

from __future__ import annotations

import io
import os
import resource
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from goodword.base.core.errors import Forbidden, Invalid, NotFound
from goodword.base.core.ids import uuid7
from goodword.base.core.outages import FULL, outage_of
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import CUSTOMER, SYSTEM, Actor
from goodword.engine.attachments.actions.storing import store, take
from goodword.engine.attachments.actions.sweeping import sweep
from goodword.engine.attachments.laying import laid_down
from goodword.engine.attachments.models import Attachment
from goodword.engine.attachments.queries import attachment_of, attachments_of, open_for_download
from goodword.engine.attachments.rules import MOST_BYTES, MOST_PER_SUBJECT, FileRefused
from goodword.engine.journal.queries import entries_of

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
CASE = ("case", "7")
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
PDF = b"%PDF-1.7\n" + b"x" * 100


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, settings: Any, db: None) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def add(content: Any = PNG, name: str = "照片.png", **changes: Any) -> Attachment:
    facts: dict[str, Any] = {"subject": CASE, "by": SYSTEM, "at": AT}
    return store(content, name=name, **{**facts, **changes})


def on_disk(storage: Path) -> list[Path]:
    return [path for path in storage.rglob("*") if path.is_file()]


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def test_a_file_is_kept_whole_under_a_name_that_says_nothing(storage: Path):
    kept = add(name="../../etc/合同 张测试.png")
    assert kept.name == "合同 张测试.png"
    (path,) = on_disk(storage)
    assert path.read_bytes() == PNG
    assert "张" not in str(path.relative_to(storage))
    assert path.suffix == ""
    assert len(path.name) == 32
    assert (kept.content_type, kept.size, kept.state, kept.origin) == ("image/png", len(PNG), "ok", "staff")


def test_the_subjects_chain_tells_of_it_without_its_name():
    kept = add()
    (entry,) = entries_of(*CASE)
    assert entry.kind == "attachment.added"
    assert entry.facts == {
        "attachment": str(kept.pk), "content_type": "image/png", "size": len(PNG), "origin": "staff",
    }  # fmt: skip


def test_the_type_is_what_the_bytes_say_and_not_the_name():
    assert add(PDF, "照片.png").content_type == "application/pdf"
    assert add(zipped("word/document.xml"), "a.docx").content_type.endswith("wordprocessingml.document")
    assert add("第一行\n第二行".encode(), "记录.txt").content_type == "text/plain"


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "a.png", "empty"),
        (b"<html><script>alert(1)</script>", "a.png", "active"),
        (b"   <!DOCTYPE html>", "a.txt", "active"),
        (b"<?xml version='1.0'?><svg xmlns='x'/>", "a.svg", "active"),
        (b"hello", "a.SVG", "active"),
        (b"MZ\x90\x00" + bytes(50), "setup.exe", "active"),
        (b"MZ\x90\x00" + bytes(50), "photo.jpg", "unknown"),
        (b"\x7fELF\x02\x01" + bytes(50), "photo.jpg", "unknown"),
        (b"@echo off", "run.bat", "active"),
        (zipped("META-INF/MANIFEST.MF"), "a.jar", "active"),
        (zipped("xl/vbaProject.bin"), "a.xlsm", "active"),
        (PNG, "a.png.exe", "active"),
    ],
)
def test_what_could_act_or_cannot_be_named_is_refused_with_a_sentence(
    content: bytes, name: str, reason: str, storage: Path
):
    with pytest.raises(FileRefused) as refused:
        add(content, name)
    assert refused.value.reason == reason
    assert isinstance(refused.value, Invalid)
    assert refused.value.zh.endswith("。")
    assert refused.value.en.endswith(".")
    assert not Attachment.objects.exists()
    assert on_disk(storage) == []


def test_twenty_five_megabytes_are_taken_and_one_byte_more_is_not(storage: Path):
    assert add(io.BytesIO(PDF.ljust(MOST_BYTES, b"x"))).size == MOST_BYTES
    with pytest.raises(FileRefused) as refused:
        add(io.BytesIO(PDF.ljust(MOST_BYTES + 1, b"x")))
    assert refused.value.reason == "large"
    assert len(on_disk(storage)) == 1


def test_an_endless_upload_is_read_little_beyond_the_limit():
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"%PDF" + bytes(size - 4)

    source = Endless()
    with pytest.raises(FileRefused):
        add(source)
    assert source.given <= MOST_BYTES + 2 * 2**20


def test_the_twenty_first_file_of_a_subject_is_refused(storage: Path):
    for number in range(MOST_PER_SUBJECT):
        add(PDF + bytes([number]) * 3)
    with pytest.raises(FileRefused) as refused:
        add(PDF)
    assert refused.value.reason == "many"
    assert len(on_disk(storage)) == MOST_PER_SUBJECT
    assert add(PDF + bytes([3]) * 3).state == "ok"
    assert add(PDF, subject=("case", "8")).state == "ok"


def test_the_same_bytes_again_are_the_same_attachment(storage: Path):
    first = add()
    assert add(name="又一次.png", at=AT + timedelta(hours=1)) == first
    assert len(on_disk(storage)) == 1
    assert entries_of(*CASE).count() == 1
    assert add(subject=("case", "8")) != first
    assert len(on_disk(storage)) == 2


def test_a_rival_who_was_first_leaves_one_row_and_one_file(storage: Path):
    rival: list[Attachment] = []

    def token() -> str:
        if not rival:
            rival.append(add())
        return "ab" * 16

    assert add(token=token) == rival[0]
    assert len(on_disk(storage)) == 1


def test_a_name_that_is_taken_in_the_storage_overwrites_nothing(storage: Path):
    first, second = add(token=lambda: "ab" * 16), add(PDF, token=lambda: "ab" * 16)
    assert first.storage_name != second.storage_name
    assert {path.read_bytes() for path in on_disk(storage)} == {PNG, PDF}


def test_who_may_add():
    assert add(by=CUSTOMER).origin == "customer"
    engineer = Actor(None, None, grants=frozenset({("engineer", "technology")}))
    assert add(PDF, by=engineer).origin == "staff"
    assert add(PDF + b"1", origin="customer").origin == "customer"
    with pytest.raises(Forbidden):
        add(PDF + b"2", by=Actor(None, None))


def test_where_nobody_can_be_asked_a_refused_file_leaves_a_row_with_the_reason(storage: Path):
    for _ in range(2):
        kept = take(b"<html>", name="a.html", subject=CASE, by=SYSTEM, at=AT, origin="customer")
    assert (kept.state, kept.refusal, kept.storage_name) == ("refused", "active", None)
    assert [(e.kind, e.facts["reason"]) for e in entries_of(*CASE)] == [("attachment.refused", "active")]
    assert take(PNG, name="a.png", subject=CASE, by=SYSTEM, at=AT).state == "ok"
    assert len(on_disk(storage)) == 1
    with pytest.raises(NotFound):
        open_for_download(kept)


def test_a_download_gives_the_bytes_and_what_they_are():
    download = open_for_download(add())
    with download.content:
        assert download.content.read() == PNG
    assert (download.name, download.content_type, download.size) == ("照片.png", "image/png", len(PNG))


def test_a_file_of_another_subject_or_gone_from_the_storage_is_not_found():
    kept = add()
    assert attachment_of(*CASE, kept.pk) == kept
    for subject, wanted in ((("case", "8"), kept.pk), (CASE, uuid7())):
        with pytest.raises(NotFound):
            attachment_of(*subject, wanted)
    default_storage.delete(kept.storage_name)
    with pytest.raises(NotFound):
        open_for_download(kept)


@pytest.mark.parametrize("count", [1, 3])
def test_a_subjects_files_cost_one_query(count: int, django_assert_num_queries: Any):
    for number in range(count):
        add(PDF + bytes([65 + number]))
    with django_assert_num_queries(1):
        assert [row.uploaded_by for row in attachments_of(*CASE)] == [None] * count


def test_what_no_row_names_is_swept_after_a_day_and_nothing_else(storage: Path):
    kept = add()
    for name, hours in (("aa/old", 25), ("aa/young", 23)):
        default_storage.save(name, ContentFile(b"x"))
        moment = (AT - timedelta(hours=hours)).timestamp()
        os.utime(storage / name, (moment, moment))
    os.utime(storage / kept.storage_name, (0, 0))
    assert sweep(now=AT) == 1
    assert {str(p.relative_to(storage)) for p in on_disk(storage)} == {"aa/young", kept.storage_name}


def test_sweeping_an_empty_installation_does_nothing(settings: Any, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path / "none"
    assert sweep(now=AT) == 0


def test_an_undone_fact_leaves_no_row():
    with one_fact():
        add()
        transaction.set_rollback(True)
    assert not Attachment.objects.exists()
    assert not entries_of(*CASE).exists()


def test_the_database_refuses_a_second_row_of_the_same_bytes_and_a_kept_file_without_a_place():
    kept = add()
    facts = {"subject_type": "case", "subject_id": "7", "content_type": "x", "size": 1, "at": AT, "name": "x"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.create(sha256=kept.sha256, storage_name="zz", **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.create(sha256="0" * 64, **facts)


@given(content=st.binary(max_size=300), name=st.text(max_size=60))
def test_whatever_comes_is_kept_or_refused_and_never_an_error(content: bytes, name: str):
    with transaction.atomic():
        kept = take(content, name=name, subject=("case", "9"), by=SYSTEM, at=AT)
        if kept.state == "ok":
            with open_for_download(kept).content as copy:
                assert copy.read() == content
        else:
            assert kept.refusal in {"empty", "active", "unknown", "many"}
        transaction.set_rollback(True)


def test_what_the_disk_has_no_room_for_leaves_no_half_file(storage: Path):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, hard))  # no file of this process grows beyond
    try:
        with pytest.raises(OSError, match="large") as refused:
            add(PNG + bytes(300_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert outage_of(refused.value) is FULL
    assert on_disk(storage) == []
    assert not Attachment.objects.exists()
    add(PNG + bytes(300_000))
    assert len(on_disk(storage)) == 1


def test_what_was_laid_down_before_its_fact_is_taken_as_it_lies_and_the_rest_is_removed(storage: Path):
    with laid_down([PNG, PDF, b""]) as [kept, left, empty]:
        lying = {str(path.relative_to(storage)) for path in on_disk(storage)}
        assert lying == {kept.stored, left.stored}, "nothing of what has no size that is taken"
        with pytest.raises(FileRefused):
            add(empty)
        row, again = add(kept), add(kept)
    assert (row.storage_name, again.pk, row.sha256) == (kept.stored, row.pk, kept.sha256)
    assert [str(path.relative_to(storage)) for path in on_disk(storage)] == [row.storage_name]
