"""Files of the case."""

from __future__ import annotations

from typing import Any

from django import forms

from ...bilingual import Both
from .base import CaseForm


class ManyFiles(forms.ClearableFileInput):
    """A file field that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=ManyFiles(), **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each of them, cleaned."""
        several = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each, initial) for each in several]


class UploadForm(CaseForm):
    """Files of the case."""

    file = FilesField(label=Both("选择文件", "Files"))
