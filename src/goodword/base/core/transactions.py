"""One fact, one transaction."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, transaction

_beside = threading.local()
"""`written`: what this thread's transaction wrote outside the database."""
_undivided: ContextVar[bool] = ContextVar("undivided", default=False)


class OneFact(transaction.Atomic):
    """An atomic block that, as the outermost, sees to what a database cannot undo (`if_undone`)."""

    def __exit__(self, *failure: Any) -> None:
        try:
            super().__exit__(*failure)
        finally:
            if not connection.in_atomic_block:
                for one in vars(_beside).pop("written", ()):
                    one.settle()


def one_fact() -> OneFact:
    """The block in which a business row, its journal entry, obligations and outbox rows are written together."""
    return OneFact(DEFAULT_DB_ALIAS, savepoint=not _undivided.get(), durable=False)


@contextmanager
def undivided() -> Iterator[None]:
    """One fact whose parts have no savepoint of their own: when any of them fails, all of it is undone.

    For many alike that are tried again one by one when one of them fails. What fails within must be raised: the
    database takes no further statement, and `TransactionManagementError` says so.
    """
    with one_fact():
        token = _undivided.set(True)
        try:
            yield
        finally:
            _undivided.reset(token)


@contextmanager
def one_reading() -> Iterator[None]:
    """The block in which everything is read as it was at one moment, whoever writes meanwhile; within a fact, as the
    fact sees it. Nothing is held up by it.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # Django's own block would keep writers out
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with one_fact(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield


def require_transaction() -> None:
    """Raise when the caller is outside `one_fact`: a journal entry alone would be half a fact."""
    if not connection.in_atomic_block:
        raise RuntimeError("a fact must be written inside one_fact()")


@dataclass(slots=True)
class _Written:
    """Something outside the database that stands only if the fact does."""

    undo: Callable[[], object]
    is_kept: bool = False

    def keep(self) -> None:
        self.is_kept = True

    def settle(self) -> None:
        if not self.is_kept:
            self.undo()


def if_undone(function: Callable[..., object], *arguments: object) -> None:
    """Run `function` when this fact, or the one around it, ends without being written. What a crash leaves is swept."""
    require_transaction()
    written = _Written(partial(function, *arguments))
    transaction.on_commit(written.keep)
    vars(_beside).setdefault("written", []).append(written)


def after_commit(function: Callable[..., object], *arguments: object) -> None:
    """Run `function` once the fact is safely written; never when it is rolled back."""
    transaction.on_commit(partial(function, *arguments))
