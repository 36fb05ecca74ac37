"""An internal note; the customer never sees it."""

from __future__ import annotations

from ...bilingual import Both
from .base import CaseForm, ColleaguesField, Words
from .upload import beside_words


class BareNoteForm(CaseForm):
    """An internal note; the customer never sees it."""

    text = Words(label=Both("备注", "Note"))
    mentions = ColleaguesField(label=Both("提到同事", "Mention colleagues"), required=False)


class NoteForm(BareNoteForm):
    """A note with files."""

    attached = beside_words()
