"""What a message says: its labels with probabilities and reasons, figures, nearness. Pure; no database."""

from goodword.base.language.classifying import classify
from goodword.base.language.nearness import nearness
from goodword.base.language.phrases import Hit, negative_phrases
from goodword.base.language.readings import Figure, Judgement, Reading, as_dict

__all__ = [
    "Figure",
    "Hit",
    "Judgement",
    "Reading",
    "as_dict",
    "classify",
    "nearness",
    "negative_phrases",
]
