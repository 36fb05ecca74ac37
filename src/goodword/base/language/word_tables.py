"""The table of an index of words (`word_index`), as a migration makes it and takes it away."""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from .word_index import WordIndex

FTS5 = "CREATE VIRTUAL TABLE {table} USING fts5(words, tokenize = 'unicode61 remove_diacritics 0', columnsize = 0)"
TSVECTOR = "CREATE TABLE {table} (rowid bigint PRIMARY KEY, words tsvector NOT NULL)"
GIN = "CREATE INDEX {table}_words ON {table} USING gin (words)"
OFF = "DROP TABLE {table}"


def make(index: WordIndex, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the table."""
    _do(FTS5 if editor.connection.vendor == "sqlite" else TSVECTOR, index, editor)


def finish(index: WordIndex, editor: BaseDatabaseSchemaEditor) -> None:
    """Create its index where that is one of its own, after what is there already was written."""
    if editor.connection.vendor == "postgresql":
        _do(GIN, index, editor)


def drop(index: WordIndex, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the table away again."""
    _do(OFF, index, editor)


def _do(statement: str, index: WordIndex, editor: BaseDatabaseSchemaEditor) -> None:
    # nosemgrep: sql-from-pieces - the room's own constant
    editor.execute(statement.format(table=index.table))
