"""What a reading of a message looks like: plain values, no behaviour beyond turning into JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

DIMENSIONS = ("content", "subclass", "severity", "kind", "sentiment", "device_type", "stage")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One label with its probability (0..1) and the phrases that decided; `label` None = unclassified.

    chances: the probability of every label, where the reader tells them.
    """

    label: str | None
    probability: float
    words: tuple[str, ...] = ()
    chances: Mapping[str, float] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Figure:
    """A thing named in the text: `name` is order_no, phone (masked), amount or time."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is proposed for one message; `model` is the version of the model that read it, empty for none."""

    content: Judgement
    subclass: Judgement
    severity: Judgement
    kind: Judgement
    sentiment: Judgement
    device_type: Judgement
    stage: Judgement
    figures: tuple[Figure, ...] = ()
    model: str = ""


def reading_of(
    judged: Mapping[str, Judgement], *, figures: tuple[Figure, ...] = (), model: str = ""
) -> Reading:
    """Return a reading; a dimension that was not judged is unclassified."""
    each = {name: judged.get(name, Judgement(None, 0.0)) for name in DIMENSIONS}
    return Reading(
        each["content"],
        each["subclass"],
        each["severity"],
        each["kind"],
        each["sentiment"],
        each["device_type"],
        each["stage"],
        figures=figures,
        model=model,
    )


def as_dict(reading: Reading, *, id: Any = None) -> dict[str, Any]:  # noqa: A002 - the JSON field's name
    """Return the reading as JSON-ready values: {"id", dimension: {"label", "p", "words"}, "figures", "model"}."""
    answer: dict[str, Any] = {} if id is None else {"id": id}
    for name in DIMENSIONS:
        judgement: Judgement = getattr(reading, name)
        answer[name] = {
            "label": judgement.label,
            "p": round(judgement.probability, 3),
            "words": list(judgement.words),
        }
    answer["figures"] = [{"name": figure.name, "value": figure.value} for figure in reading.figures]
    answer["model"] = reading.model
    return answer
