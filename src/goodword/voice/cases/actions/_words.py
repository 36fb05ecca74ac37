"""Keeping the index of words: in the transaction that writes the words, and again whenever they change."""

from __future__ import annotations

from goodword.base.core.masks import mask_text
from goodword.base.core.transactions import require_transaction
from goodword.base.language.word_index import Statement

from ..models import Case
from ..models.words import INDEX


def index_words(case: Case) -> None:
    """Make the case findable by the words of its subject and text, and by no others. One statement.

    They are masked first (FB-1.3a), so nothing that is hidden can be found, not even by parts. A case whose words
    are empty is found by none.
    """
    require_transaction()
    INDEX.write(case.number, _masked(case.subject, case.text))


def statement(number: int, subject: str, text: str) -> Statement:
    """The statement that indexes a case's words, and its parameters."""
    return INDEX.statement(number, _masked(subject, text))


def _masked(subject: str, text: str) -> str:
    return mask_text(f"{subject}\n{text}")
