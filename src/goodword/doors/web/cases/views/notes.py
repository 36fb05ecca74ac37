"""Note: `/cases/<number>/notes/`."""

from __future__ import annotations

from goodword.voice.cases.actions import notes

from ..ability import Ability, always, calls
from ..forms.note import NoteForm
from .attachments import with_files

ABILITY = Ability(
    name="notes",
    zh="内部备注",
    en="Note",
    icon="note",
    right="cases.note",
    possible=always,
    act=with_files(calls(notes.note)),
    form=NoteForm,
    group="more",
    key="n",
)
