"""Note: `/cases/<number>/notes/`."""

from __future__ import annotations

from goodword.voice.cases.actions import notes

from ..ability import Ability, always, calls
from ..forms.note import NoteForm

ABILITY = Ability(
    name="notes",
    zh="内部备注",
    en="Note",
    icon="note",
    right="cases.note",
    possible=always,
    act=calls(notes.note),
    form=NoteForm,
    group="more",
    key="n",
)
