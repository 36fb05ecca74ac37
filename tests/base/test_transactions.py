"""What was written beside the database goes when the fact does."""

from __future__ import annotations

import pytest
from django.db import connection

from goodword.base.core.transactions import if_undone, one_fact

pytestmark = pytest.mark.django_db(transaction=True)


class Broken(Exception):
    pass


def test_what_is_written_beside_a_fact_stays_with_it() -> None:
    undone: list[str] = []
    with one_fact():
        if_undone(undone.append, "file")
    assert undone == []


def test_it_goes_when_the_fact_is_not_written() -> None:
    undone: list[str] = []
    with pytest.raises(Broken), one_fact():  # noqa: PT012 - what is written within it is the point
        if_undone(undone.append, "file")
        raise Broken
    assert undone == ["file"]


def test_a_fact_within_another_is_undone_with_it_and_alone() -> None:
    undone: list[str] = []
    with pytest.raises(Broken), one_fact():  # noqa: PT012 - what is written within it is the point
        with one_fact():
            if_undone(undone.append, "inner")
        assert undone == []
        raise Broken
    with one_fact():
        with pytest.raises(Broken), one_fact():  # noqa: PT012 - as above
            if_undone(undone.append, "alone")
            raise Broken
        if_undone(undone.append, "kept")
    assert undone == ["inner", "alone"]


def test_it_goes_when_the_commit_itself_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> None:
        raise Broken

    undone: list[str] = []
    connection.ensure_connection()
    with monkeypatch.context() as patched, pytest.raises(Broken), one_fact():  # noqa: PT012 - as above
        if_undone(undone.append, "file")
        patched.setattr(connection, "commit", full)
    assert undone == ["file"]


def test_outside_a_fact_there_is_nothing_to_undo() -> None:
    with pytest.raises(RuntimeError):
        if_undone(print)
