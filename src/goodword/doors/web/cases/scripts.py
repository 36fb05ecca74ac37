"""Scripts in the reply box: those in use, with this case's values in the places of their variables (FB-2.1c)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils import timezone

from goodword.base.people.actors import Actor
from goodword.base.people.models import Account
from goodword.company.knowledge.models import ScriptVersion
from goodword.company.knowledge.queries import in_use, version_in_use
from goodword.company.knowledge.variables import filled
from goodword.voice.cases.models import Case
from goodword.voice.cases.queries.obligations import open_of
from goodword.wiring.administration.company import company_name

from ..access import WebRequest
from ..templatetags.goodword_ui import is_english

PROMISE = "FB-2.2d"
"""The clause by whose duty the receipt promises the customer news."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A script as the reply box offers it: ready to be sent in the page's language, and in the other one (or "")."""

    version: ScriptVersion
    text: str
    other: str


def offered(case: Case, actor: Actor) -> list[tuple[str, list[Offered]]]:
    """(situation, its scripts) for this case. Some six queries, however many scripts there are."""
    zh, en = (values(case, actor, english=english) for english in (False, True))
    english = is_english()
    found = []
    for version in in_use():
        said, in_english = filled(version.text, zh), filled(version.text_en, en)
        first, other = (in_english, said) if english and in_english else (said, in_english)
        found.append(Offered(version, first, other))
    groups = (list(group) for _, group in groupby(found, key=lambda one: one.version.situation))
    return [(_situation(group), group) for group in groups]


def _situation(group: list[Offered]) -> str:
    """What the situation of these scripts is called in the page's language; one that says it in English will do."""
    in_english = next((one.version.situation_en for one in group if one.version.situation_en), "")
    return (is_english() and in_english) or group[0].version.situation


def chosen(request: WebRequest, case: Case) -> dict[str, Any]:
    """First values of the reply form where the address names a script: `?script=12`, in the other language `&other=1`."""
    wanted = request.GET.get("script", "")
    version = version_in_use(int(wanted)) if wanted.isdecimal() and len(wanted) < 19 else None
    if version is None:
        return {}
    english = is_english() != bool(request.GET.get("other"))
    text = (version.text_en or version.text) if english else version.text
    speaks = english and bool(version.text_en)
    return {"text": filled(text, values(case, request.actor, english=speaks)), "script": version.pk}


def values(case: Case, actor: Actor, *, english: bool) -> dict[str, str]:
    """{variable: words}, without those nobody knows yet. A person is addressed by as much of the name as pages show."""
    known = {
        "customer": case.customer.shown_name.rstrip("*") if case.customer else "",
        "case": f"#{case.number}",
        "order": case.order.number if case.order else "",
        "company": company_name().said(english=english),
        "promised": _promised(case, english=english),
        "me": _name(actor, english=english),
    }
    return {name: words for name, words in known.items() if words}


def _promised(case: Case, *, english: bool) -> str:
    """By when the customer was promised news, while that is owed."""
    due = next((row.due_at for row in open_of(case) if row.clause_id == PROMISE), None)
    if due is None:
        return ""
    at = timezone.localtime(due)
    return f"{at:%H:%M} on {at.day} {at:%B}" if english else f"{at.month}月{at.day}日 {at:%H:%M}"


def _name(actor: Actor, *, english: bool) -> str:
    account = Account.objects.select_related("person").get(pk=actor.staff_id)
    return (english and account.person.name_en) or account.person.name
