"""How a model is trained, from lexicon/training.yaml."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goodword.base.language.lexicon import read_yaml


@dataclass(frozen=True, slots=True)
class Settings:
    """See lexicon/training.yaml for what each figure does."""

    folds: int
    least: int
    least_reviews: int
    strength: Mapping[str, float]
    strength_reviews: float
    reviews_beside: int
    reviews_weigh: float
    own_labels_weigh: float
    mood_heard_for: Sequence[str]
    missed_costs: Mapping[str, Mapping[str, float]]
    goes_with: Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]


def settings() -> Settings:
    """Return the settings of the package."""
    return Settings(**read_yaml("training.yaml"))
