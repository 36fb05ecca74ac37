"""Read one message: propose its labels with probabilities and the words that decided."""

from __future__ import annotations

from collections.abc import Iterable

from goodword.base.language.figures import figures, is_clock_today
from goodword.base.language.lexicon import Lexicon, lexicon
from goodword.base.language.matching import Found
from goodword.base.language.readings import Judgement, Reading
from goodword.base.language.scoring import judge, softmax
from goodword.base.language.text import normalise, tidy

_NEAR = 14  # characters within which a trouble belongs to the device named before it
_TROUBLE = {"fault": 1.5, "hazard": 2.5, "hazard_weak": 1.0, "defect": 1.0}


def classify(text: str) -> Reading:
    """Return what is proposed for `text`.

    Labels are those of flows.md §1; what the words do not support is unclassified (label None), never a
    default. Very long texts are read by their beginning and end. Never raises for any string.
    """
    rules = lexicon()
    tidied = tidy(_ends(str(text), rules.longest))
    plain = _spelled(normalise(tidied), rules)
    found = rules.matcher.find(plain)
    named = figures(tidied)
    features = _features(found, rules)
    if clocks := tuple(
        figure.value for figure in named if figure.name == "time" and is_clock_today(figure.value)
    ):
        features["clock_today"] = clocks
    if features and not features.keys() & {"question", "ask_strong", "ask_advice"}:
        features["statement"] = ()
    judged: dict[str, Judgement] = {"device_type": _device(found, rules, evidence=bool(features))}
    if judged["device_type"].label not in (None, "none"):
        features["device"] = judged["device_type"].words
    for name in ("content", "kind", "severity", "sentiment", "stage"):
        judged[name] = judge(features, rules.dimensions[name])
        features |= {f"{name}={judged[name].label}": ()}
    judged["subclass"] = _subclass(features, judged["content"].label, rules)
    return Reading(figures=named, model="", **judged)


def _ends(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    return text[: longest * 3 // 4] + "\n" + text[-longest // 4 :]


def _spelled(text: str, rules: Lexicon) -> str:
    for wrong, right in rules.spellings.items():
        if wrong in text:
            text = text.replace(wrong, right)
    return text


def _features(found: Iterable[Found], rules: Lexicon) -> dict[str, tuple[str, ...]]:
    """Concepts named, each with its different phrases; a denied one becomes `not_…`."""
    features: dict[str, tuple[str, ...]] = {}
    for each in found:
        if each.concept in rules.devices:
            continue
        denied = each.negated and each.concept not in rules.not_negatable
        name = f"not_{each.concept}" if denied else each.concept
        seen = features.get(name, ())
        if each.phrase not in seen:
            features[name] = (*seen, each.phrase)
    return features


def _device(found: list[Found], rules: Lexicon, *, evidence: bool) -> Judgement:
    """The device the message is about: named first, or named where the trouble is."""
    scores: dict[str, float] = {}
    words: dict[str, tuple[str, ...]] = {}
    mentions = [each for each in found if each.concept in rules.devices]
    for order, each in enumerate(mentions):
        label = rules.devices[each.concept]
        scores[label] = scores.get(label, 0.0 if order else 1.0) + 0.8
        words[label] = (*words.get(label, ()), each.phrase)
    for label, weight in _troubles(found, mentions, rules):
        scores[label] += weight
    if not scores:
        return Judgement("none", 0.9) if evidence else Judgement(None, 0.0)
    chances = softmax(scores | {"none": 0.3})
    label = max(scores, key=chances.__getitem__)
    return Judgement(label, chances[label], tuple(dict.fromkeys(words[label])))


def _troubles(found: list[Found], mentions: list[Found], rules: Lexicon) -> Iterable[tuple[str, float]]:
    """Each trouble with the device named last before it; the gravest counts once per device."""
    gravest: dict[str, float] = {}
    for each in found:
        if each.concept not in _TROUBLE or each.negated:
            continue
        before = [one for one in mentions if 0 <= each.start - one.end <= _NEAR]
        if before:
            label = rules.devices[before[-1].concept]
            gravest[label] = max(gravest.get(label, 0.0), _TROUBLE[each.concept])
    return gravest.items()


def _subclass(features: dict[str, tuple[str, ...]], content: str | None, rules: Lexicon) -> Judgement:
    if content is None:
        return Judgement(None, 0.0)
    return judge(features, rules.dimensions[f"subclass.{content}"])
