"""Load the lexicon: concepts (groups of phrases), devices, and what each concept speaks for within a content."""

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
class Dimension:
    """How one dimension is judged by rules: priors and weights in log-odds, and the probability under which the
    answer is unclassified."""

    labels: tuple[str, ...]
    prior: Mapping[str, float]
    weights: Mapping[str, Mapping[str, float]]
    at_least: float


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the rules need, compiled."""

    matcher: Matcher
    spellings: Mapping[str, str]
    not_negatable: frozenset[str]
    dimensions: Mapping[str, Dimension]
    devices: Mapping[str, str]
    not_asked: Mapping[str, frozenset[str]]
    tone: frozenset[str]
    unsure: float
    longest: int


def read_yaml(name: str) -> dict[str, Any]:
    """Return one file of the lexicon."""
    source = resources.files("goodword.base.language") / "lexicon" / name
    answer: dict[str, Any] = yaml.load(source.read_text("utf-8"), Loader=_Loader)  # nosec B506 # noqa: S506 - a safe loader
    return answer


def _dimension(data: dict[str, Any]) -> Dimension:
    labels = tuple(data["labels"])
    weights: dict[str, dict[str, float]] = data["weights"]
    if any(not set(named) <= set(labels) for named in weights.values()):
        raise ValueError(f"lexicon: a label that is none of {labels}")
    return Dimension(labels, data.get("prior", {}), weights, data["at_least"])


@cache
def lexicon() -> Lexicon:
    """Return the lexicon of the package, read once."""
    concepts = read_yaml("concepts.yaml")
    devices = read_yaml("devices.yaml")["devices"]
    judging = read_yaml("judging.yaml")
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
        not_asked={name: frozenset(these) for name, these in judging["not_asked"].items()},
        tone=frozenset(judging["tone"]),
        unsure=judging["unsure"],
        longest=judging["longest"],
    )
