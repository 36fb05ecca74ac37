"""Cases by what customers said: the newest first, in the time of an index."""

from __future__ import annotations

import re

from goodword.base.language.word_index import asked_for

from ..models.words import CaseWords

MOST = 2_000
"""Of a common word, the newest so many cases are found; whoever looks further asks more narrowly."""
MASKED = re.compile(r"\d{4}|@")
"""What a telephone number, a card or a mail address is made of: it is shown masked (FB-1.3a), so it is not looked for
in the words either, or the digits that are hidden could be guessed one by one."""


def numbers_saying(text: str, *, most: int = MOST) -> list[int]:
    """The numbers of the cases in whose subject or text every part of `text` stands, the newest first.

    Two characters are enough; one is looked for too. Traditional and Simplified, width and case are alike; words of
    letters are found by their beginning. Empty for what is masked. One query.
    """
    wanted = "" if MASKED.search(text) else asked_for(text)
    if not wanted:
        return []
    rows = CaseWords.objects.filter(words__says=wanted)
    return list(rows.order_by("-number").values_list("number", flat=True)[:most])
