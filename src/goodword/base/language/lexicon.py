"""Load the lexicon: concepts (groups of phrases) and, per dimension, what each concept speaks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from goodword.base.language.matching import Matcher

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Combination:
    """Weights added when `every` feature is there and none of `without`."""

    every: frozenset[str]
    without: frozenset[str]
    add: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Dimension:
    """How one dimension is judged: priors and weights in log-odds, floors in probability.

    `at_least` is the probability under which the answer is unclassified; `favour` gives labels that are
    taken as soon as they reach their own, lower probability (an urgent matter missed costs more).
    """

    labels: tuple[str, ...]
    prior: Mapping[str, float]
    weights: Mapping[str, Mapping[str, float]]
    combinations: tuple[Combination, ...]
    at_least: float
    favour: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the rules need, compiled."""

    matcher: Matcher
    spellings: Mapping[str, str]
    not_negatable: frozenset[str]
    dimensions: Mapping[str, Dimension]
    devices: Mapping[str, str]
    longest: int


def _read(name: str) -> dict[str, Any]:
    source = resources.files("goodword.base.language") / "lexicon" / name
    answer: dict[str, Any] = yaml.load(source.read_text("utf-8"), Loader=_Loader)  # nosec B506 # noqa: S506 - a safe loader
    return answer


def _dimension(data: dict[str, Any]) -> Dimension:
    labels = tuple(data["labels"])
    weights: dict[str, dict[str, float]] = data.get("weights", {})
    combinations = tuple(
        Combination(frozenset(each["every"]), frozenset(each.get("without", ())), each["add"])
        for each in data.get("combinations", ())
    )
    for named in (*weights.values(), *(each.add for each in combinations)):
        if not set(named) <= set(labels):
            raise ValueError(f"lexicon: unknown label in {named}")
    return Dimension(
        labels, data.get("prior", {}), weights, combinations, data["at_least"], data.get("favour", {})
    )


@cache
def lexicon() -> Lexicon:
    """Return the lexicon of the package, read once."""
    concepts = _read("concepts.yaml")
    devices = _read("devices.yaml")["devices"]
    judging = _read("judging.yaml")
    words = {name: str(data["words"]).split() for name, data in concepts["concepts"].items()}
    words |= {f"device:{name}": str(aliases).split() for name, aliases in devices.items()}
    negatable = {name for name, data in concepts["concepts"].items() if data.get("negatable")}
    return Lexicon(
        matcher=Matcher(
            {name: [word.replace("_", " ") for word in each] for name, each in words.items()},
            negations=concepts["negations"],
            exclusive={name for name, data in concepts["concepts"].items() if data.get("exclusive")},
        ),
        spellings=concepts["spellings"],
        not_negatable=frozenset(set(words) - negatable),
        dimensions={name: _dimension(data) for name, data in judging["dimensions"].items()},
        devices={f"device:{name}": name for name in devices},
        longest=judging["longest"],
    )
