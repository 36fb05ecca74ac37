"""Several writes in one commit: each its own savepoint, each acknowledged after the commit, all lost with it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.utils import translation

from goodword.base.core.committing import MOST_TOGETHER, committed
from goodword.base.core.connections import forget_replaced_file
from goodword.base.core.models import Setting
from goodword.base.people.models import Account

pytestmark = pytest.mark.django_db(transaction=True)


def put(name: str) -> str:
    Setting.objects.create(name=name, value=1)
    return name


def together(*acts: Callable[[], Any]) -> list[Any]:
    """What each gives or raises when all the others come in while the first is at work."""
    begun, may_go = threading.Event(), threading.Event()

    def first() -> Any:
        try:
            return acts[0]()
        finally:  # written and not committed: whoever writes the like comes second, on PostgreSQL too
            begun.set()
            assert may_go.wait(10)

    def outcome(act: Callable[[], Any]) -> Any:
        try:
            return committed(act)
        except Exception as error:
            return type(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        leading = pool.submit(outcome, first)
        assert begun.wait(10)
        others = [pool.submit(outcome, act) for act in acts[1:]]
        may_go.set()
        return [future.result(30) for future in (leading, *others)]


def names() -> set[str]:
    return set(Setting.objects.values_list("name", flat=True)) & {"a", "b", "c", "d"}


def test_a_write_that_fails_takes_nobody_with_it():
    def fails() -> None:
        put("b")
        raise ZeroDivisionError

    def rivals() -> str:
        return put("a")  # one of that name is there already

    found = together(lambda: put("a"), fails, rivals, lambda: put("c"))
    assert found == ["a", ZeroDivisionError, IntegrityError, "c"]
    assert names() == {"a", "c"}


def test_nobody_hears_of_a_write_whose_commit_failed():
    if connection.vendor != "sqlite":
        pytest.skip("on PostgreSQL each write has its own commit")

    def dangling() -> None:
        Account.objects.create(username="nobody", person_id=-1)  # refused when it is committed

    found = together(lambda: put("a"), dangling, lambda: put("b"))
    assert IntegrityError in found
    assert names() == {name for name in found if isinstance(name, str)}
    assert committed(lambda: put("c")) == "c"


def test_many_more_than_fit_into_one_commit_are_all_written():
    count = 3 * MOST_TOGETHER

    def one(number: int) -> str:
        try:
            return committed(lambda: put(f"n{number}"))
        finally:
            connection.close()

    with ThreadPoolExecutor(24) as pool:
        found = list(pool.map(one, range(count)))
    assert sorted(found) == sorted(f"n{n}" for n in range(count))
    assert Setting.objects.filter(name__startswith="n").count() == count


def test_a_write_speaks_its_callers_language():
    with translation.override("en"):
        assert committed(translation.get_language) == "en"
    with translation.override("zh-hans"):
        assert committed(translation.get_language) == "zh-hans"


def test_a_connection_gives_up_a_file_that_was_replaced(tmp_path: Path):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only")
    live = Path(connection.settings_dict["NAME"])
    connection.ensure_connection()
    forget_replaced_file()
    kept = connection.connection
    assert kept is not None, "the same file: the connection is kept"
    with sqlite3.connect(tmp_path / "copy") as copy:
        kept.backup(copy)
    copy.close()
    shutil.copystat(live, tmp_path / "copy")
    os.replace(tmp_path / "copy", live)
    for suffix in ("-wal", "-shm"):
        live.with_name(live.name + suffix).unlink(missing_ok=True)
    forget_replaced_file()
    assert connection.connection is None
    assert committed(lambda: put("d")) == "d"
    assert names() == {"d"}
