"""The elements a record holds (FB-2.2e) beside the form that takes them down: what to ask, what was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from goodword.base.language.script import chosen
from goodword.engine.policy.queries import values_of
from goodword.voice.cases.rules.record_elements import CLAUSE

BY_ITSELF = "received_at"
GIVEN_BY: dict[str, tuple[str, ...]] = {
    "customer": ("name", "found", "customer", "order"),
    "contact": ("phone", "found", "customer", "order"),
    "device_type": ("device_type", "device"),
}
"""The form's fields any of which gives an element, the one to fill first; else the field of its own name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One element: what it is called, the question that brings it, the fields that give it, whether it is given."""

    code: str
    name: str
    question: str
    fields: tuple[str, ...]
    given: bool


def asked_for(form: forms.Form, *, on: date) -> list[Asked]:
    """Every element the regulation asks for that day, but the time, which is kept by itself."""
    return [_asked(form, e) for e in values_of(CLAUSE, on=on)["elements"] if e["code"] != BY_ITSELF]


def _asked(form: forms.Form, element: dict[str, Any]) -> Asked:
    code = element["code"]
    fields = tuple(name for name in GIVEN_BY.get(code, (code,)) if name in form.fields)
    question = chosen(element.get("ask_zh", ""), element.get("ask_en", ""))
    return Asked(
        code,
        chosen(element["zh"], element["en"]),
        question,
        fields,
        any(form[name].value() for name in fields),
    )
