"""FB-4.2e: words to a customer avoid blunt refusals; the writer is warned, offered a kinder wording, and may insist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from goodword.base.core.clock import local_day
from goodword.base.core.errors import Refused
from goodword.base.language.phrases import negative_phrases
from goodword.engine.policy.queries import values_of

CLAUSE = "FB-4.2e"


@dataclass(frozen=True, slots=True)
class PhraseHit:
    """A phrase found at `start`..`end` of the text, with the guide's wording in both languages ("" where it has none)."""

    phrase: str
    start: int
    end: int
    zh: str = ""
    en: str = ""


class PhraseWarning(Refused):
    """The text holds phrases to avoid: `hits`. The same action with `anyway=True` goes through and is recorded."""

    code = "warning"

    def __init__(self, hits: tuple[PhraseHit, ...]) -> None:
        found = dict.fromkeys(hit.phrase for hit in hits)
        super().__init__(
            f"这段话里有“{'”“'.join(found)}”,客户读了会不舒服。",
            f"The text says “{'”, “'.join(found)}”, which a customer takes badly.",
            clauses=(CLAUSE,),
            cure_zh="换成建议的说法,或确认仍按原文发送。",
            cure_en="Use the wording offered, or confirm that it goes out as it is.",
        )
        self.hits = hits


def hits_in(text: str, *, at: datetime) -> tuple[PhraseHit, ...]:
    """Every phrase of the policy that `text` uses, in order, with what to say instead."""
    values = values_of(CLAUSE, on=local_day(at))
    phrases = [*values["phrases"], *values.get("phrases_en", ())]
    replacements = [*values["replacements"], *values.get("replacements_en", ())]
    kinder = {each["phrase"]: each for each in replacements}
    return tuple(
        PhraseHit(
            hit.phrase,
            hit.start,
            hit.end,
            zh=kinder.get(hit.phrase, {}).get("zh", ""),
            en=kinder.get(hit.phrase, {}).get("en", ""),
        )
        for hit in negative_phrases(text, phrases)
    )


def warning(text: str, *, at: datetime, anyway: bool) -> PhraseWarning | None:
    """The warning the writer gets; None for words without such phrases, and for a writer who insists."""
    hits = () if anyway else hits_in(text, at=at)
    return PhraseWarning(hits) if hits else None
