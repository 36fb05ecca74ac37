"""The index of what customers said (`base.language.word_index`)."""

from __future__ import annotations

from django.db import models

from goodword.base.language.word_index import WordIndex, WordsField

INDEX = WordIndex("cases_words")


class CaseWords(models.Model):
    """The words of one case by its number, masked before they were taken: what is hidden is in no index."""

    number = models.BigIntegerField(primary_key=True, db_column="rowid")
    words = WordsField()

    class Meta:
        db_table = INDEX.table

    def __str__(self) -> str:
        return f"words of #{self.number}"
