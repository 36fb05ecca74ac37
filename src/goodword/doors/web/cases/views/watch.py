"""Watch: `/cases/<number>/watch/`."""

from __future__ import annotations

from goodword.voice.cases.actions import notes

from ..ability import Ability, always, calls
from ..forms.watch import WatchForm

ABILITY = Ability(
    name="watch",
    zh="关注",
    en="Watch",
    icon="eye",
    right="cases.see",
    possible=always,
    act=calls(notes.watch),
    form=WatchForm,
    group="",
)
