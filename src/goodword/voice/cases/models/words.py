"""The index of what customers said: an FTS5 table on SQLite, a `tsvector` with GIN on PostgreSQL."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler


class WordsField(models.TextField):  # type: ignore[type-arg]  # only ever compared with a question
    """The signs of a text (`base.language.bigrams`), written by `actions/_words.py` and asked by `says`."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """`tsvector` on PostgreSQL."""
        return "tsvector" if connection.vendor == "postgresql" else "text"


@WordsField.register_lookup
class Says(models.Lookup):
    """`words__says="…"`: the question in the database's own language, from `queries.searching.asked_for`."""

    lookup_name = "says"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """`words MATCH …` or `words @@ …::tsquery`."""
        column, of_column = self.process_lhs(compiler, connection)
        operator, cast = ("@@", "::tsquery") if connection.vendor == "postgresql" else ("MATCH", "")
        return f"{column} {operator} %s{cast}", (*of_column, self.rhs)


class CaseWords(models.Model):
    """The words of one case by its number, masked before they were taken: what is hidden is in no index.

    The key is called `rowid` because SQLite's full-text tables know no other, and give their rows in its order: the
    newest case first costs no sorting.
    """

    number = models.BigIntegerField(primary_key=True, db_column="rowid")
    words = WordsField()

    class Meta:
        db_table = "cases_words"

    def __str__(self) -> str:
        return f"words of #{self.number}"
