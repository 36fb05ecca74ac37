"""What a model is worth beside the usual one: TF-IDF and logistic regression of scikit-learn on the same rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import rjieba
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from goodword.base.language.readings import Judgement, Reading, reading_of
from goodword.base.language.training import vectors
from goodword.base.language.training.examples import LABELS, Example
from goodword.base.language.training.settings import Settings
from goodword.base.language.training.training import MOODS, opinion

STRENGTH = 4.0


def tfidf(analyzer: str) -> Any:
    """Return the usual classifier over runs of one to three characters ("char") or one and two words ("word")."""
    if analyzer == "char":
        found = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True)
    else:
        found = TfidfVectorizer(
            tokenizer=rjieba.cut, token_pattern=None, ngram_range=(1, 2), min_df=2, sublinear_tf=True
        )
    return make_pipeline(found, LogisticRegression(C=STRENGTH, max_iter=400))


def baseline(examples: Sequence[Example], analyzer: str) -> Callable[[str], Reading]:
    """Return a reader by TF-IDF, trained on the examples."""
    models = {}
    for name in LABELS:
        rows = [each for each in examples if name in each.labels]
        models[name] = tfidf(analyzer).fit([each.text for each in rows], [each.labels[name] for each in rows])

    def read(text: str) -> Reading:
        judged: dict[str, Judgement] = {}
        for name, model in models.items():
            [chances] = model.predict_proba([text])
            at = int(np.argmax(chances))
            judged[name] = Judgement(str(model.classes_[at]), float(chances[at]))
        return reading_of(judged)

    return read


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Right answers, as shares, on a category of reviews nobody learned from."""

    category: str
    rows: int
    ours: float
    tfidf_char: float
    tfidf_word: float


def leave_out(reviews: Sequence[Example], settings: Settings, categories: Sequence[str]) -> Iterator[LeftOut]:
    """Train on all other categories, try on the one left out, ours and TF-IDF, for each category in turn."""
    moods = [each for each in reviews if each.labels["sentiment"] in MOODS]
    bag = vectors.bags([each.text for each in moods])
    for category in categories:
        learn = [each for each in moods if each.category != category]
        left = [each for each in moods if each.category == category]
        wanted = np.array([each.labels["sentiment"] for each in left])
        others = np.flatnonzero([each.category != category for each in moods])
        same = np.flatnonzero([each.category == category for each in moods])
        taught = opinion(bag.pick(others), [each.labels["sentiment"] for each in learn], settings)
        leaning = taught.leaning(bag.pick(same))
        shares = [float(np.mean(np.where(leaning > 0, "pos", "neg") == wanted))]
        for analyzer in ("char", "word"):
            plain = tfidf(analyzer).fit(
                [each.text for each in learn], [each.labels["sentiment"] for each in learn]
            )
            shares.append(float(np.mean(plain.predict([each.text for each in left]) == wanted)))
        yield LeftOut(category, len(left), *(round(share, 4) for share in shares))
