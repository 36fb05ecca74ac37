"""Keeping the index of words: in the transaction that writes the words, and again whenever they change."""

from __future__ import annotations

from goodword.base.core.inserting import insert
from goodword.base.core.masks import mask_text
from goodword.base.core.transactions import require_transaction
from goodword.base.language.word_index import Statement

from ..models import Case
from ..models.words import INDEX, CaseWords


def index_words(case: Case, *, new: bool = False) -> None:
    """Make the case findable by the words of its subject and text, and by no others. One statement.

    They are masked first (FB-1.3a), so nothing that is hidden can be found, not even by parts. A case whose words
    are empty is found by none. new: nothing of it stands in the index yet.
    """
    require_transaction()
    words = _masked(case.subject, case.text)
    if new:
        insert(CaseWords(number=case.number, words=INDEX.column(words)))
    else:
        INDEX.write(case.number, words)


def statement(number: int, subject: str, text: str) -> Statement:
    """The statement that indexes a case's words, and its parameters."""
    return INDEX.statement(number, _masked(subject, text))


def _masked(subject: str, text: str) -> str:
    return mask_text(f"{subject}\n{text}")
