"""Read one message: propose its labels with probabilities and the words that decided."""

from __future__ import annotations

from collections.abc import Mapping

from goodword.base.language.current import in_force
from goodword.base.language.lexicon import Lexicon, lexicon
from goodword.base.language.model import Model
from goodword.base.language.readings import Judgement, Reading, reading_of
from goodword.base.language.scoring import Features, judge
from goodword.base.language.seeing import Seen, see
from goodword.base.language.weighing import Odds, chances, enough, features, judged, opinion, weigh

NOTHING: frozenset[str] = frozenset()


def classify(text: str) -> Reading:
    """Return what is proposed for `text`.

    Labels are those of flows.md §1; where there is no model, or the text says nothing it knows, they are None:
    unclassified, never a default. Very long texts are read by their beginning and end. Never raises for any
    string.
    """
    return read_by(in_force().model, text)


def read_by(model: Model | None, text: str) -> Reading:
    """Return what `model` proposes for `text`; without one only the figures named."""
    rules = lexicon()
    seen = see(str(text), rules)
    if model is None:
        return reading_of({}, figures=seen.figures)
    found = features(seen)
    weighed = weigh(found, model.messages)
    if not enough(seen, weighed):
        return reading_of({}, figures=seen.figures, model=model.version)
    leaning = opinion(found, model)
    unsure = rules.unsure if seen.concepts.keys() <= rules.tone else 1.0
    odds: dict[str, Odds] = {}
    by_model: dict[str, Judgement] = {}
    for name, head in model.heads.items():
        if rules.not_asked.get(name, NOTHING).isdisjoint(seen.concepts):
            odds[name] = chances(weighed, head, leaning, odds, unsure)
            by_model[name] = judged(weighed, head, odds[name], seen, model.messages)
    return reading_of(
        by_model | {"device_type": seen.device, "subclass": _subclass(seen, by_model, rules)},
        figures=seen.figures,
        model=model.version,
    )


def _subclass(seen: Seen, by_model: Mapping[str, Judgement], rules: Lexicon) -> Judgement:
    """By rules, within the content; what has no content has no sub-class."""
    content, kind = by_model.get("content"), by_model.get("kind")
    if content is None or kind is None:
        return Judgement(None, 0.0)
    concepts: Features = seen.concepts | {f"kind={kind.label}": ()}
    return judge(concepts, rules.dimensions[f"subclass.{content.label}"])
