"""An index of words in the database, by the number of what says them: an FTS5 table on SQLite, a `tsvector` with GIN on PostgreSQL.

A room keeps one as a table with a model of its own: the key in the column `rowid`, because SQLite's full-text tables know
no other and give their rows in its order (the newest first costs no sorting), and a `WordsField` called `words`.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

from .bigrams import Phrase, phrases, signs

MOST_PLACES = 16_000
"""Signs with a place of their own in a `tsvector`."""
LONGEST_SIGN = 2_000
"""Bytes a sign may have in a `tsvector` (2,046); what is longer is no word anybody looks for."""
Statement = tuple[str, list[int | str]]
"""SQL and its parameters."""


class WordsField(models.TextField):  # type: ignore[type-arg]  # only ever compared with a question
    """The signs of a text (`bigrams`), written by `WordIndex.write` and asked by `says`."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """`tsvector` on PostgreSQL."""
        return "tsvector" if connection.vendor == "postgresql" else "text"


@WordsField.register_lookup
class Says(models.Lookup):
    """`words__says="…"`: the question in the database's own language, from `asked_for`."""

    lookup_name = "says"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """`words MATCH …` or `words @@ …::tsquery`."""
        column, of_column = self.process_lhs(compiler, connection)
        operator, cast = ("@@", "::tsquery") if connection.vendor == "postgresql" else ("MATCH", "")
        return f"{column} {operator} %s{cast}", (*of_column, self.rhs)


def asked_for(question: str) -> str:
    """The question in the query language of this database, every part of it wanted; empty where there is nothing to look for.

    Signs are letters and digits, so nothing needs escaping.
    """
    write = _tsquery if connection.vendor == "postgresql" else _fts5
    joined = " & " if connection.vendor == "postgresql" else " AND "
    return joined.join(write(phrase) for phrase in phrases(question))


INTO_FTS5 = "INSERT OR REPLACE INTO {table} (rowid, words) VALUES (%s, %s)"
INTO_TSVECTOR = (
    "INSERT INTO {table} (rowid, words) VALUES (%s, %s::tsvector) "
    "ON CONFLICT (rowid) DO UPDATE SET words = excluded.words"
)
OUT_OF = "DELETE FROM {table} WHERE rowid = %s"


class WordIndex:
    """The table of one room. table: its name, a constant of that room and the only thing its statements are made with."""

    def __init__(self, table: str) -> None:
        self.table = table

    def write(self, number: int, text: str) -> None:
        """Make what has this number findable by the words of `text`, and by no others. One statement."""
        with connection.cursor() as cursor:
            cursor.execute(*self.statement(number, text))

    def forget(self, number: int) -> None:
        """Make it findable by nothing. One statement."""
        with connection.cursor() as cursor:
            # nosemgrep: sql-from-pieces - the room's own constant
            cursor.execute(OUT_OF.format(table=self.table), [number])

    def statement(self, number: int, text: str) -> Statement:
        """What `write` executes."""
        into = INTO_TSVECTOR if connection.vendor == "postgresql" else INTO_FTS5
        return into.format(table=self.table), [number, self.column(text)]

    def column(self, text: str) -> str:
        """What stands in the column `words` for `text`."""
        found = signs(text)
        return vector(found) if connection.vendor == "postgresql" else " ".join(found)


def vector(found: list[str]) -> str:
    """A `tsvector` written out: 'sign':place, whatever parser the server has."""
    short = [sign for sign in found[:MOST_PLACES] if len(sign.encode()) <= LONGEST_SIGN]
    return " ".join(f"'{sign}':{place}" for place, sign in enumerate(short, start=1))


def _tsquery(phrase: Phrase) -> str:
    signs = [f"'{sign}'" for sign in phrase.signs]
    if phrase.begins:
        signs[-1] += ":*"
    return f"({' <-> '.join(signs)})"


def _fts5(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.signs)}"{"*" if phrase.begins else ""}'
