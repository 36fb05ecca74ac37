"""One spelling for one word: Traditional to Simplified, full width to half, lower case, common typos."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

# Control and format characters (zero-width, right-to-left marks) would split words; line ends stay.
_CONTROL = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\ufeff]"
)
_SPACES = re.compile(r"[ \t\u00a0\u3000]+")


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415 - its tables cost start-up time others need not pay

    return OpenCC("t2s")


def tidy(text: str) -> str:
    """Return `text` without control characters and with NFKC width; case and script are kept."""
    whole = text.encode("utf-8", "ignore").decode("utf-8")  # lone surrogates are not text
    return _CONTROL.sub("", unicodedata.normalize("NFKC", whole))


def normalise(text: str) -> str:
    """Return `text` as the lexicon spells words: tidied, Simplified, lower case, single blanks."""
    simplified: str = _converter().convert(tidy(text))
    return _SPACES.sub(" ", simplified.lower())
