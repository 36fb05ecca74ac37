"""What people do to a text on the way must not change how it is read: width, script, noise, typing errors."""

import random

import pytest
from opencc import OpenCC

from goodword.base.language import classify
from goodword.base.language.training.examples import corpus

DIMENSIONS = ("content", "severity", "kind", "sentiment")


def wide(text, chance):
    return "".join(chr(ord(ch) + 0xFEE0) if "!" <= ch <= "~" else ch for ch in text)


def traditional(text, chance):
    return OpenCC("s2t").convert(text)


def hidden_marks(text, chance):
    return "".join(ch + chance.choice(["", "", "\u200b", "\u200f"]) for ch in text)


def emoji(text, chance):
    return text + chance.choice(["😂", "🙏", "😅😅", "！！"])


def english(text, chance):
    return text.replace("直播", " live ").replace("机器", "machine").replace("客服", "CS ")


def dropped(text, chance):
    at = chance.randrange(len(text))
    return text[:at] + text[at + 1 :]


def swapped(text, chance):
    at = chance.randrange(max(1, len(text) - 1))
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


@pytest.fixture(scope="module")
def rows():
    return random.Random(7).sample(corpus(), 150)


def share(rows, change):
    """How many labels stay as they were read before the change."""
    chance = random.Random(7)
    same = total = 0
    for row in rows:
        before, after = classify(row.text), classify(change(row.text, chance))
        same += sum(getattr(before, name).label == getattr(after, name).label for name in DIMENSIONS)
        total += len(DIMENSIONS)
    return same / total


@pytest.mark.parametrize(
    ("change", "least"),
    [
        (wide, 1.0),
        (hidden_marks, 1.0),
        (traditional, 0.98),
        (emoji, 0.95),
        (dropped, 0.94),
        (swapped, 0.93),
        (english, 0.94),
    ],
)
def test_labels_stay_when_a_text_is_written_otherwise(rows, change, least):
    assert share(rows, change) >= least
