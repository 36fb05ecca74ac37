"""Reading a pasted transcript: who, when, what, in the ways the platforms' windows copy it. What fits no way is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_LINES = 2000
_DAY = r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?|\d{1,2}[-/月]\d{1,2}日?|今天|昨天"
_TIME = rf"(?:(?:{_DAY})[\sT]{{0,3}})?\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?"
_WHO = r"[^\s:：\[\]()（）][^:：\[\]()（）\n]{0,38}?"
_WAYS = tuple(
    re.compile(way)
    for way in (
        rf"[\[【(（]\s*(?P<at>{_TIME})\s*[\]】)）]\s*(?P<who>{_WHO})\s*[:：]\s*(?P<text>.*)",
        rf"(?P<at>{_TIME})\s+(?P<who>{_WHO})\s*[:：]\s*(?P<text>.*)",
        rf"(?P<who>{_WHO})\s*[\[【(（]\s*(?P<at>{_TIME})\s*[\]】)）]\s*[:：]?\s*(?P<text>.*)",
        rf"(?P<who>{_WHO})\s+(?P<at>{_TIME})\s*[:：]?\s*(?P<text>.*)",
        rf"(?P<who>{_WHO})\s*[:：]\s*(?P<at>)(?P<text>.+)",
    )
)
_SELLER = re.compile(r"客服|旗舰店|专营店|专卖店|小二|店铺|商家|卖家|机器人|助手|官方")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said. who, at: as they stood there; empty where nothing said so."""

    who: str
    at: str
    text: str


def read(transcript: str) -> list[Line]:
    """The lines of a transcript; one that names nobody goes on with what was said before it."""
    found: list[Line] = []
    for raw in transcript.splitlines()[:MOST_LINES]:
        text = raw.strip()
        if not text:
            continue
        match = next((fits for way in _WAYS if (fits := way.fullmatch(text[:2000]))), None)
        if match is not None:
            found.append(Line(match["who"].strip(), match["at"], match["text"].strip()))
        elif found:
            last = found[-1]
            found[-1] = Line(last.who, last.at, f"{last.text}\n{text}".strip())
        else:
            found.append(Line("", "", text))
    return found


def buyer_of(lines: list[Line], shop: str) -> str:
    """Who the buyer is: the first to speak who is neither the shop nor its staff; empty where nobody can tell."""
    named = (line.who for line in lines if line.who)
    return next((who for who in named if not _SELLER.search(who) and (not shop or shop not in who)), "")
