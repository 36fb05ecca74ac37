"""Train a model: opinion from reviews first, then every dimension from messages, with figures on folds left out."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib import metadata
from typing import Any

import numpy as np

from goodword.base.language.training import heads, vectors
from goodword.base.language.training.dimension import Answer, answered, asked
from goodword.base.language.training.examples import LABELS, REVIEWS, Example
from goodword.base.language.training.packing import Packed, pack
from goodword.base.language.training.settings import Settings
from goodword.base.language.training.vectors import Bags, Floats, Keys
from goodword.base.language.weighing import LEANING

Say = Callable[[str], None]
MOODS = ("neg", "pos")


@dataclass(frozen=True, slots=True)
class Trained:
    """A model ready to be written; `figures` per dimension are of rows left out of the fit."""

    header: dict[str, Any]
    tables: dict[str, Packed]
    figures: dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What reviews teach: a log-odds of good over bad per text."""

    keys: Keys
    squares: Floats
    fitted: heads.Fitted

    def leaning(self, these: Bags) -> Floats:
        """Return the log-odds of texts, within what it may count."""
        logits = self.fitted.logits(vectors.rows(these, self.keys, self.squares))
        return np.clip(logits[:, 1] - logits[:, 0], -LEANING, LEANING)


def opinion(bag: Bags, moods: Sequence[str], settings: Settings) -> Opinion:
    """Learn good from bad of reviews; those in between teach nothing here."""
    kept = [at for at, mood in enumerate(moods) if mood in MOODS]
    bag = bag.pick(kept)
    keys, squares = vectors.common(bag, least=settings.least_reviews)
    fitted = heads.fit(
        vectors.rows(bag, keys, squares),
        [moods[at] for at in kept],
        order=MOODS,
        strength=settings.strength_reviews,
        weights=np.ones(len(kept)),
    )
    return Opinion(keys, squares, fitted)


def train(
    messages: Sequence[Example],
    reviews: Sequence[Example],
    settings: Settings,
    *,
    seed: int,
    day: date,
    say: Say = lambda _: None,
) -> Trained:
    """Return a model. `day` is told in its version; the same examples, seed and versions give the same bytes.

    Without reviews the mood of a message is judged by messages alone. Raises ValueError without messages.
    """
    messages = _once(messages)
    if not messages:
        raise ValueError("there are no labelled messages to learn from")
    say(f"reading {len(messages)} messages")
    bag = vectors.bags([each.text for each in messages])
    keys, squares = vectors.common(bag, least=settings.least)
    tables: dict[str, Packed] = {}
    header: dict[str, Any] = {}
    leaning = np.zeros(len(messages))
    taught = messages
    if reviews:
        say(f"learning good from bad of {len(reviews)} reviews")
        beside, rest = _apart(reviews, settings, seed=seed)
        texts = vectors.bags([each.text for each in rest])
        learned = opinion(texts, [each.labels["sentiment"] for each in rest], settings)
        taught = [*messages, *beside]
        bag = vectors.bags([each.text for each in taught])
        leaning = learned.leaning(bag)
        tables["reviews"], header["opinion"] = _packed_opinion(learned)
    judged: dict[str, Answer] = {}
    for name in LABELS:
        say(f"fitting {name}")
        question = asked(name, taught, bag, leaning / LEANING, settings)
        judged[name] = answered(question, keys, squares, settings, judged, seed=seed)
    answers = list(judged.values())
    tables["messages"] = pack(keys, squares, [each.fitted.weights[: len(keys)] for each in answers])
    header["heads"] = _heads(answers, tables["messages"].scales)
    figures = {each.name: each.figures for each in answers}
    header |= _provenance(messages, reviews, figures, seed=seed, day=day)
    header["version"] = _version(header, tables, day)
    return Trained(header, tables, figures)


def _apart(
    reviews: Sequence[Example], settings: Settings, *, seed: int
) -> tuple[list[Example], list[Example]]:
    """Return (a few reviews to teach what a message's mood is beside the messages, the others).

    The few are kept out of what the others teach, so that its log-odds are as good on them as on a message.
    """
    order = np.random.default_rng(seed).permutation(len(reviews))
    edge = min(settings.reviews_beside, len(reviews) // 10)
    few = [replace(reviews[at], weight=settings.reviews_weigh) for at in sorted(order[:edge])]
    return few, [reviews[at] for at in sorted(order[edge:])]


def _once(messages: Sequence[Example]) -> list[Example]:
    """Each text once: the label given last counts, so a company's correction overrules the corpus."""
    last = {each.text: each for each in messages}
    return list(last.values())


def _heads(judged: Sequence[Answer], scales: Sequence[float]) -> dict[str, Any]:
    """What a reading needs beside the table, temperature taken in."""
    told, first = {}, 0
    for each, scale in zip(judged, scales, strict=True):
        leaning = each.fitted.weights[-1] / LEANING
        told[each.name] = {
            "labels": each.fitted.labels,
            "first": first,
            "scale": scale / each.temperature,
            "bias": [round(float(bias) / each.temperature, 5) for bias in each.fitted.bias],
            "leaning": [round(float(step) / each.temperature, 5) for step in leaning],
            "favour": each.favour,
            "goes_with": each.goes_with,
        }
        first += len(each.fitted.labels)
    return told


def _packed_opinion(taught: Opinion) -> tuple[Packed, dict[str, Any]]:
    """One lane: good less bad."""
    fitted = taught.fitted
    table = pack(taught.keys, taught.squares, [(fitted.weights[:, 1] - fitted.weights[:, 0])[:, None]])
    bias = float(fitted.bias[1] - fitted.bias[0])
    head = {
        "labels": ["pos"],
        "first": 0,
        "scale": table.scales[0],
        "bias": [bias],
        "leaning": [0.0],
        "favour": {},
        "goes_with": {},
    }
    return table, head


def _provenance(
    messages: Sequence[Example],
    reviews: Sequence[Example],
    figures: Mapping[str, Any],
    *,
    seed: int,
    day: date,
) -> dict[str, Any]:
    return {
        "day": day.isoformat(),
        "seed": seed,
        "messages": dict(sorted(Counter(each.source for each in messages).items())),
        "reviews": dict(sorted(Counter(each.category or REVIEWS for each in reviews).items())),
        "figures": figures,
        "made_with": {name: metadata.version(name) for name in ("numpy", "scipy", "scikit-learn")},
    }


def _version(header: Mapping[str, Any], tables: Mapping[str, Packed], day: date) -> str:
    """The day and eight letters of what is in it: two models of one name are the same."""
    contents = hashlib.sha256(repr(header["heads"]).encode())
    for name in sorted(tables):
        contents.update(tables[name].keys.tobytes() + tables[name].rows)
    return f"{day.isoformat()}-{contents.hexdigest()[:8]}"
