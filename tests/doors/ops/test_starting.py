"""A start that finds everything as it was does not look again; any change makes it look."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from goodword.base.core import environment
from goodword.doors.ops.starting import FILE, recall, remember


def chosen(folder: Path, **given: str) -> dict[str, Any]:
    return environment.read({"GOODWORD_DATA_DIR": str(folder), **given})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder that was started once."""
    (tmp_path / "goodword.sqlite3").write_bytes(b"")
    remember(chosen(tmp_path), wording="en", announced="log-ins")
    return tmp_path


def test_nothing_is_known_before_the_first_start(tmp_path: Path) -> None:
    assert recall(chosen(tmp_path), wording="en") is None


def test_what_was_announced_is_announced_again(folder: Path) -> None:
    assert recall(chosen(folder), wording="en") == "log-ins"
    assert (folder / FILE).stat().st_mode & 0o077 == 0


def test_other_settings_or_another_language_make_it_look(folder: Path) -> None:
    assert recall(chosen(folder, GOODWORD_TIME_ZONE="Europe/Berlin"), wording="en") is None
    assert recall(chosen(folder), wording="zh") is None


def test_a_database_that_is_gone_or_another_makes_it_look(folder: Path) -> None:
    database = folder / "goodword.sqlite3"
    another = folder / "another"
    another.write_bytes(b"")
    another.replace(database)
    assert recall(chosen(folder), wording="en") is None
    database.unlink()
    assert recall(chosen(folder), wording="en") is None


def test_postgresql_is_always_looked_at(folder: Path) -> None:
    on_postgres = chosen(folder, DATABASE_URL="postgresql://a@127.0.0.1/b")
    remember(on_postgres, wording="en", announced="x")
    assert recall(on_postgres, wording="en") is None


def test_a_file_that_makes_no_sense_makes_it_look(folder: Path) -> None:
    for content in ("", "[]", "{}", "null"):
        (folder / FILE).write_text(content)
        assert recall(chosen(folder), wording="en") is None
