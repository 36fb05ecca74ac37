"""Keeping the index of words: in the transaction that writes the words, and again whenever they change."""

from __future__ import annotations

from django.db import connection

from goodword.base.core.masks import mask_text
from goodword.base.core.transactions import require_transaction
from goodword.base.language.bigrams import signs

from ..models import Case

SQLITE = "INSERT OR REPLACE INTO cases_words (rowid, words) VALUES (%s, %s)"
POSTGRES = (
    "INSERT INTO cases_words (rowid, words) VALUES (%s, %s::tsvector) "
    "ON CONFLICT (rowid) DO UPDATE SET words = excluded.words"
)
MOST_PLACES = 16_000
"""Signs with a place of their own in a `tsvector`."""
LONGEST_SIGN = 2_000
"""Bytes a sign may have in a `tsvector` (2,046); what is longer is no word anybody looks for."""


def index_words(case: Case) -> None:
    """Make the case findable by the words of its subject and text, and by no others. One statement.

    They are masked first (FB-1.3a), so nothing that is hidden can be found, not even by parts. A case whose words
    are empty is found by none.
    """
    require_transaction()
    with connection.cursor() as cursor:
        sql, parameters = statement(case.number, case.subject, case.text)
        cursor.execute(sql, parameters)


def statement(number: int, subject: str, text: str) -> tuple[str, list[int | str]]:
    """The statement that indexes a case's words, and its parameters."""
    found = signs(mask_text(f"{subject}\n{text}"))
    if connection.vendor == "postgresql":
        return POSTGRES, [number, vector(found)]
    return SQLITE, [number, " ".join(found)]


def vector(found: list[str]) -> str:
    """A `tsvector` written out: 'sign':place, whatever parser the server has."""
    short = [sign for sign in found[:MOST_PLACES] if len(sign.encode()) <= LONGEST_SIGN]
    return " ".join(f"'{sign}':{place}" for place, sign in enumerate(short, start=1))
