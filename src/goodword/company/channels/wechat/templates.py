"""The fields of a template message: the company's words with what the letter says, within what WeChat lets each hold."""

from __future__ import annotations

import re
from datetime import datetime

from django.utils import timezone

from ..correspondence.ways import LetterToSend
from .settings import Template

NAMED = ("number", "subject", "text", "time")
_VARIABLE = re.compile(r"\{(" + "|".join(NAMED) + r")\}")
_BETWEEN = re.compile(r"\s+")
MOST = {"thing": 20, "character_string": 32, "letter": 32, "number": 32, "phrase": 5, "name": 10, "const": 20}
"""Letters WeChat lets a field of each kind hold; the kind is the field's name without its digits."""
ORDINARY = 200


def filled(template: Template, letter: LetterToSend, *, at: datetime) -> dict[str, dict[str, str]]:
    """{field: {"value": words}}. A variable's value is put in as it is: nothing in it is looked for once more."""
    values = {
        "number": str(letter.number),
        "subject": letter.subject,
        "text": letter.text,
        "time": timezone.localtime(at, timezone.get_default_timezone()).strftime("%Y-%m-%d %H:%M"),
    }
    return {name: {"value": _value(name, words, values)} for name, words in template.fields.items()}


def _value(name: str, words: str, values: dict[str, str]) -> str:
    said = _VARIABLE.sub(lambda found: values[found[1]], words)
    said = _BETWEEN.sub(" ", said).strip()
    most = MOST.get(name.rstrip("0123456789"), ORDINARY)
    return said if len(said) <= most else said[: most - 1] + "…"
