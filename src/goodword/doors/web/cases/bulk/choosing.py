"""Which cases: those ticked, the whole page, or all that the filter leaves, up to GOODWORD_BULK_MOST."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import QueryDict

from goodword.base.people.actors import Actor
from goodword.voice.cases.models import Case
from goodword.voice.cases.queries import listing
from goodword.voice.cases.queries.leafing import OLDEST, newest, reached

from ...access import WebRequest
from ..lists.filtering import MOST_DIGITS, asked_by, narrow

SHOWN = (
    *("number", "subject", "text", "state", "kind", "content", "severity", "proposal", "received_at"),
    *("responsible", "assignee", "channel", "owner"),
    *("customer__public_name", "customer__name", "responsible__code"),
    *("responsible__name_zh", "responsible__name_en"),
)
PICKED, PAGE, ALL = "picked", "page", "all"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The cases chosen, in the order of the list; `left_out`: more than may be done at once were asked for.

    unseen: numbers sent that are no case this person may see.
    """

    cases: list[Case]
    left_out: bool = False
    unseen: int = 0

    @property
    def numbers(self) -> str:
        """The cases as the next form sends them."""
        return ",".join(str(case.number) for case in self.cases)


def chosen(request: WebRequest, asked: QueryDict) -> Chosen:
    """What the list's form, or a later one, chose. Two or three queries, however many cases."""
    most = settings.GOODWORD_BULK_MOST
    if asked.get("scope") == ALL:
        listed = asked_by(QueryDict(asked.get("filter", "")))
        wanted = narrow(listed, request.actor, now=request.now)
        if listed.sort == "oldest":
            leaf = newest(request.actor, wanted, limit=most, before=OLDEST, read=_rows())
            return Chosen(leaf.cases[::-1], left_out=leaf.later)
        leaf = newest(request.actor, wanted, limit=most, read=_rows())
        return Chosen(leaf.cases, left_out=leaf.earlier)
    ticked = [asked.get("cases", ""), *asked.getlist("case")]
    sent = [asked.get("page", "")] if asked.get("scope") == PAGE else ticked
    numbers = list(dict.fromkeys(_numbers(",".join(sent))))
    cases = _seen(request.actor, numbers[:most])
    return Chosen(cases, left_out=len(numbers) > most, unseen=len(numbers[:most]) - len(cases))


def how_many(request: WebRequest, listed: QueryDict) -> int:
    """How many cases the list with this address leaves; one more than may be done at once where there are more."""
    wanted = narrow(asked_by(listed), request.actor, now=request.now)
    return reached(request.actor, wanted, limit=settings.GOODWORD_BULK_MOST + 1)


def _numbers(sent: str) -> list[int]:
    words = (word.strip() for word in sent.split(","))
    return [int(word) for word in words if word.isdecimal() and len(word) <= MOST_DIGITS]


def _seen(actor: Actor, numbers: Sequence[int]) -> list[Case]:
    """Those of the numbers the person may see, the newest first."""
    if not numbers:
        return []
    found = listing.visible_to(actor).filter(number__in=numbers).select_related(None)
    rows = {case.number: case for case in _rows().filter(pk__in=found.values("pk"))}
    return sorted(rows.values(), key=lambda case: (case.received_at, case.number), reverse=True)


def _rows() -> Any:
    return Case.objects.select_related("customer", "responsible").only(*SHOWN)
