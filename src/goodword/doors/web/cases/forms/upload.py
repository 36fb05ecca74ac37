"""Files of the case."""

from __future__ import annotations

from typing import Any

from django import forms

from goodword.engine.attachments.rules import MEGABYTE, MOST_BYTES, MOST_PER_SUBJECT

from ...bilingual import Both
from .base import CaseForm


class ManyFiles(forms.ClearableFileInput):
    """A file field that takes several."""

    allow_multiple_selected = True


LIMITS = {"most": MOST_PER_SUBJECT, "megabytes": MOST_BYTES // MEGABYTE}
"""What is told before anything is sent."""


class FilesField(forms.FileField):
    """Several files at once; where none has to be, an empty list for none."""

    limits = LIMITS

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=ManyFiles(), **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each of them, cleaned."""
        several = data if isinstance(data, list | tuple) else [data]
        cleaned = [super(FilesField, self).clean(each, initial) for each in several]
        return [file for file in cleaned if file]


def beside_words() -> FilesField:
    """The field of files that go along with words, none needed."""
    return FilesField(label=Both("附件", "Files"), required=False)


class UploadForm(CaseForm):
    """Files of the case."""

    file = FilesField(label=Both("选择文件", "Files"))
