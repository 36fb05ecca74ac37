"""Where a message to the customer goes, and how it went: sent, arrived, or by which other channel and why."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from goodword.base.language.script import chosen
from goodword.company.channels.correspondence.actions.writing import correspondent
from goodword.company.channels.correspondence.carrying import Carriage
from goodword.company.channels.correspondence.models import Letter
from goodword.company.channels.correspondence.queries import letters_of
from goodword.company.channels.correspondence.ways import CHANNELS
from goodword.engine.attachments.rules import MEGABYTE
from goodword.voice.cases.models import Case
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


@dataclass(frozen=True, slots=True)
class GoesTo:
    """Where an answer goes that is written now. hindrance: why it cannot, in words; empty when it can. carries: files."""

    channel: str
    address: str
    hindrance: str
    carries: Carriage

    @property
    def files_going_along(self) -> str:
        """Which files go along, in words; "" for none."""
        return t("、", ", ").join(
            t(
                "{what}（{size} MB 以内）",
                "{what} (up to {size} MB)",
                what=chosen(*load.name),
                size=load.most // MEGABYTE,
            )
            for load in self.carries.loads
        )

    @property
    def loads(self) -> str:
        """The same for the page's script: media types and most bytes of each kind, as JSON."""
        return json.dumps([{"types": sorted(load.types), "most": load.most} for load in self.carries.loads])


def goes_to(case: Case, *, names: Names, at: datetime) -> GoesTo | None:
    """Whom an answer by the case's own channel reaches; None where nothing sends it. Two queries at most."""
    channel = CHANNELS.get(case.channel)
    party = correspondent(case.pk, case.channel) if channel is not None else None
    if channel is None or party is None:
        return None
    hindrance = party.gone_why if party.gone_at is not None else channel.hindrance(party, at)
    return GoesTo(names.channel(case.channel), str(party.address), hindrance, channel.carries(party, at))


def how_it_went(letters: Sequence[Letter], *, names: Names) -> str:
    """In a few words: each channel that was tried, and why one failed."""
    return " → ".join(_one(letter, names=names, alone=len(letters) == 1) for letter in letters)


def _one(letter: Letter, *, names: Names, alone: bool) -> str:
    said = chosen(*STATES[letter.state])
    if letter.state in ("failed", "unknown") and letter.why:
        said = t("{state}（{why}）", "{state} ({why})", state=said, why=letter.why)
    return said if alone else f"{names.channel(letter.channel)} {said}"
