"""What the lexicon sees in a message: the text as it spells words, the concepts named, the device meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goodword.base.language.figures import figures, is_clock_today
from goodword.base.language.lexicon import Lexicon
from goodword.base.language.matching import Found
from goodword.base.language.readings import Figure, Judgement
from goodword.base.language.scoring import softmax
from goodword.base.language.text import normalise, tidy

NO_DEVICE = "none"
_NEAR = 14  # characters within which a trouble belongs to the device named before it
_TROUBLE = {"fault": 1.5, "hazard": 2.5, "hazard_weak": 1.0, "defect": 1.0}


@dataclass(frozen=True, slots=True)
class Seen:
    """A message before it is judged.

    `plain` is the text as the lexicon spells words; `concepts` are the concepts named, each with its
    different phrases (a denied one is `not_…`), `where` the place in `plain` each is named first at.
    """

    tidied: str
    plain: str
    concepts: dict[str, tuple[str, ...]]
    where: dict[str, int]
    device: Judgement
    figures: tuple[Figure, ...]


def see(text: str, rules: Lexicon) -> Seen:
    """Return what `rules` see in `text`; very long texts are read by their beginning and end."""
    tidied = tidy(_ends(text, rules.longest))
    plain = _spelled(normalise(tidied), rules)
    found = rules.matcher.find(plain)
    named = figures(tidied)
    concepts, where = _concepts(found, rules)
    if clocks := tuple(
        figure.value for figure in named if figure.name == "time" and is_clock_today(figure.value)
    ):
        concepts["clock_today"] = clocks
    if concepts and not concepts.keys() & {"question", "ask_strong", "ask_advice"}:
        concepts["statement"] = ()
    device = _device(found, rules)
    if device.label != NO_DEVICE:
        concepts["device"] = device.words
    return Seen(tidied, plain, concepts, where, device, named)


def _ends(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    return text[: longest * 3 // 4] + "\n" + text[-longest // 4 :]


def _spelled(text: str, rules: Lexicon) -> str:
    for wrong, right in rules.spellings.items():
        if wrong in text:
            text = text.replace(wrong, right)
    return text


def _concepts(found: Iterable[Found], rules: Lexicon) -> tuple[dict[str, tuple[str, ...]], dict[str, int]]:
    concepts: dict[str, tuple[str, ...]] = {}
    where: dict[str, int] = {}
    for each in found:
        if each.concept in rules.devices:
            continue
        denied = each.negated and each.concept not in rules.not_negatable
        name = f"not_{each.concept}" if denied else each.concept
        seen = concepts.get(name, ())
        if each.phrase not in seen:
            concepts[name] = (*seen, each.phrase)
            where.setdefault(name, each.start)
    return concepts, where


def _device(found: list[Found], rules: Lexicon) -> Judgement:
    """The device the message is about: named first, or named where the trouble is; "none" when none is named."""
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
        return Judgement(NO_DEVICE, 0.9)
    chances = softmax(scores | {NO_DEVICE: 0.3})
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
