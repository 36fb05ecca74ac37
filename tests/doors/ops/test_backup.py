"""Backup and restore: exact, whole or not at all, and held until released."""

from __future__ import annotations

import io
import json
import stat
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.installation import Installation, installation

from goodword.doors.ops.backups.archive import BadBackup, unpacked

FILL = """
from io import BytesIO
from django.core.files.base import ContentFile
from goodword.base.core import clock
from goodword.base.people.actors import SYSTEM
from goodword.company.customers.actions.registering import register
from goodword.engine.attachments.actions.storing import store
from goodword.voice.cases.actions.receiving import Word, receive
for number in range(3):
    case = receive(Word(text=f"拉杆卡住收不回去 {number}", channel="hotline"), by=SYSTEM, at=clock.now()).case
    store(f"现场记录 {number}".encode(), name=f"记录{number}.txt", subject=("case", str(case.pk)), by=SYSTEM, at=clock.now())
"""
LOOK = """
import hashlib, json
from django.core.files.storage import default_storage
from django.db import connection
from goodword.engine.attachments.models import Attachment
from goodword.engine.journal.models import Entry
tables = {}
with connection.cursor() as cursor:
    for name in sorted(connection.introspection.table_names(cursor)):
        cursor.execute(f'SELECT COUNT(*) FROM "{name}"')
        tables[name] = cursor.fetchone()[0]
files = {a.name: hashlib.sha256(default_storage.open(a.storage_name).read()).hexdigest() == a.sha256 for a in Attachment.objects.all()}
newest = Entry.objects.filter(subject_type="case").order_by("pk").last()
print(json.dumps([tables, files, newest.digest]))
"""


@pytest.fixture(scope="module")
def lived_in(prepared: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with cases and attachments."""
    with installation(tmp_path_factory.mktemp("lived-in"), like=prepared) as made:
        made.do(FILL)
        yield made


@pytest.fixture(scope="module")
def backup(lived_in: Installation) -> Path:
    """A backup of it."""
    file = lived_in.folder / "backup.tar"
    done = lived_in.run("backup", str(file))
    if "version mismatch" in done.stderr or "pg_dump is not here" in done.stderr:
        pytest.skip(f"no pg_dump of this server's version: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    assert "3 attachments" in done.stdout
    return file


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Installation]:
    """An installation with nothing in it."""
    with installation(tmp_path) as made:
        yield made


@pytest.fixture
def begun(prepared: Installation, tmp_path: Path) -> Iterator[Installation]:
    """An installation with tables and foundations, and keys of its own."""
    with installation(tmp_path, like=prepared) as made:
        (made.folder / "data/keys.json").unlink()
        assert made.run("migrate").returncode == 0
        yield made


def test_a_restored_copy_is_exact_sends_nothing_and_can_be_released(
    lived_in: Installation, backup: Path, fresh: Installation
) -> None:
    done = fresh.run("restore", str(backup))
    assert done.returncode == 0, done.stderr
    assert "all compared" in done.stdout
    added = (
        "from goodword.base.core.models import Setting; from goodword.engine.journal.models import Entry; "
    )
    held = fresh.do(
        added
        + "print(Setting.objects.get(name='held').value, Entry.objects.filter(subject_type='installation').count())"
    )
    assert held == "True 1\n"
    assert fresh.run("journal", "verify").returncode == 0, "the keys came with it"
    assert "nothing is sent" in fresh.run("check").stdout
    assert fresh.run("release").returncode == 0
    assert "not held" in fresh.run("release").stdout
    tables, files, newest = eval_json(lived_in)
    restored, restored_files, restored_newest = eval_json(fresh)
    own = {
        "journal_entry": 2,
        "journal_head": 1,
        "core_setting": 0,
    }  # restored and released, in its own chain
    sequences = {"sqlite_sequence"}
    assert {name: rows - own.get(name, 0) for name, rows in restored.items() if name not in sequences} == {
        name: rows for name, rows in tables.items() if name not in sequences
    }
    assert restored_files == files == dict.fromkeys(("记录0.txt", "记录1.txt", "记录2.txt"), True)
    assert restored_newest == newest


def eval_json(place: Installation) -> tuple[dict[str, int], dict[str, bool], str]:
    """What LOOK prints."""
    tables, files, newest = json.loads(place.do(LOOK))
    return tables, files, newest


def test_a_backup_can_be_read_by_its_owner_only_and_is_not_overwritten_unasked(
    lived_in: Installation, backup: Path
) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    again = lived_in.run("backup", str(backup))
    assert again.returncode != 0
    assert "--replace" in again.stderr
    assert not list(backup.parent.glob("*.part"))


def rewritten(source: Path, target: Path, change: dict[str, bytes | None]) -> Path:
    """A copy of the backup with members changed, or left out where the content is None."""
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for member in old:
            stream = old.extractfile(member)
            assert stream is not None
            content: bytes | None = change.get(member.name, stream.read())
            if content is not None:
                member.size = len(content)
                new.addfile(member, io.BytesIO(content))
    return target


@pytest.mark.either
def test_a_backup_that_was_changed_cut_or_is_none_is_refused_and_nothing_is_touched(
    backup: Path, begun: Installation
) -> None:
    with tarfile.open(backup) as tar:
        names = tar.getnames()
    attachment = next(name for name in names if name.startswith("attachments/"))
    database = names[0]
    keys = (begun.folder / "data/keys.json").read_bytes()
    cut = begun.folder / "cut.tar"
    cut.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])
    nothing = begun.folder / "nothing.tar"
    nothing.write_bytes(b"no tar at all")
    bad = [
        rewritten(backup, begun.folder / "a.tar", {attachment: b"other"}),
        rewritten(backup, begun.folder / "b.tar", {attachment: None}),
        rewritten(backup, begun.folder / "c.tar", {database: b"other"}),
        rewritten(backup, begun.folder / "d.tar", {"manifest.json": None}),
        rewritten(backup, begun.folder / "e.tar", {"manifest.json": b"{}"}),
        cut,
        nothing,
    ]
    for number, file in enumerate(bad):
        with pytest.raises(BadBackup):
            unpacked(file, begun.folder / f"unpacked{number}")
    done = begun.run("restore", str(bad[0]))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert (begun.folder / "data/keys.json").read_bytes() == keys
    assert begun.do("from goodword.voice.cases.models import Case; print(Case.objects.count())") == "0\n"


def test_a_member_that_climbs_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    evil = tmp_path / "evil.tar"
    with tarfile.open(evil, "w") as tar:
        member = tarfile.TarInfo("../escaped")
        member.size = 1
        tar.addfile(member, io.BytesIO(b"x"))
    with pytest.raises(BadBackup):
        unpacked(evil, tmp_path / "inside")
    assert not list(tmp_path.rglob("escaped"))


@pytest.mark.either
def test_an_installation_in_use_is_not_overwritten_unasked(backup: Path, begun: Installation) -> None:
    begun.run(
        "account",
        "create",
        "admin1",
        "--name",
        "张测试",
        "--role",
        "administrator",
        "--password-stdin",
        given="correct horse 9\n",
    )
    assert "--replace" in begun.run("restore", str(backup)).stderr
    begun.run("worker", "--once")
    assert "stop web and worker" in begun.run("restore", str(backup), "--replace").stderr
    begun.do("from goodword.base.core.models import Heartbeat; Heartbeat.objects.all().delete()")
    done = begun.run("restore", str(backup), "--replace")
    assert done.returncode == 0, done.stderr
    assert begun.do("from goodword.voice.cases.models import Case; print(Case.objects.count())") == "3\n"
    assert (begun.folder / "data/keys-before-restore.json").exists()
