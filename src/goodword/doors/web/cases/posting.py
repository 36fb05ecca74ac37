"""How a message to the customer went: sent, arrived, or by which other channel and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from goodword.base.language.script import chosen
from goodword.company.channels.correspondence.models import Letter
from goodword.company.channels.correspondence.queries import letters_of
from goodword.company.channels.correspondence.ways import CHANNELS
from goodword.voice.cases.queries.timeline import Moment

from ..templatetags.goodword_ui import t
from .naming import Names

STATES = {
    "queued": ("待发送", "to be sent"),
    "sent": ("已送出", "sent"),
    "delivered": ("已送达", "delivered"),
    "failed": ("未送达", "not delivered"),
    "unknown": ("结果未知", "outcome unknown"),
}
Posted = Mapping[int, Sequence[Letter]]
"""{message: its letters, the first try first}."""


def posted(moments: Sequence[Moment]) -> Posted:
    """The letters behind these moments. One query for each case whose words go by a channel that sends; mostly none."""
    ours = {
        moment.case_id
        for moment in moments
        if moment.kind == "out" and moment.facts.get("channel") in CHANNELS and moment.case_id is not None
    }
    return {message: letters for case_id in ours for message, letters in letters_of(case_id).items()}


def how_it_went(letters: Sequence[Letter], *, names: Names) -> str:
    """In a few words: each channel that was tried, and why one failed."""
    return " → ".join(_one(letter, names=names, alone=len(letters) == 1) for letter in letters)


def _one(letter: Letter, *, names: Names, alone: bool) -> str:
    said = chosen(*STATES[letter.state])
    if letter.state in ("failed", "unknown") and letter.why:
        said = t("{state}（{why}）", "{state} ({why})", state=said, why=letter.why)
    return said if alone else f"{names.channel(letter.channel)} {said}"
