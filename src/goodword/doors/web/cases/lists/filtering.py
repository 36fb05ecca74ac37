"""What the address of a list asks: read with care, said in words, put into conditions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone

from goodword.base.people.actors import Actor
from goodword.company.customers.queries import by_number, find
from goodword.voice.cases.queries import listing

from ...asked import cleaned
from ...templatetags.goodword_ui import t
from .columns import COLUMNS

CHOICES = ("state", "department", "kind", "severity", "content", "channel", "came_to", "device_type")
SWITCHES = ("mine", "owned", "unassigned", "waiting", "overdue")
DAYS = ("from", "to")
FILTERS = ("q", *CHOICES, *SWITCHES, "received", *DAYS, "customer", "order", "device", "cause")
"""Every name that narrows a list, in the order in which people read them."""
KEPT = ("columns", "sort", "view")
"""What else of a list stands in its address."""
SORTS = ("", "oldest")
MOST_DIGITS = 9
"""Digits of the number of a case or customer in an address: what is longer is none."""
YEARS = range(1970, 9000)
LOOKED_UP = frozenset({"q", "customer", "order", "device", "cause"})
"""What is looked up by questions of its own: a list narrowed by it is not counted beside the others."""
SPANS: dict[str, tuple[str, str, Callable[[date], tuple[date, date]]]] = {
    "today": ("今天", "today", lambda day: (day, day)),
    "yesterday": ("昨天", "yesterday", lambda day: (day - timedelta(days=1), day - timedelta(days=1))),
    "week": ("近 7 天", "last 7 days", lambda day: (day - timedelta(days=6), day)),
    "month": ("近 30 天", "last 30 days", lambda day: (day - timedelta(days=29), day)),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A list as it is asked for. filters: {name: value}, only names there are. columns: codes. sort: one of `SORTS`.

    view: the saved view it began with, 0 for none. misread: names whose value means nothing; they narrow nothing.
    """

    filters: dict[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    sort: str = ""
    view: int = 0
    misread: tuple[str, ...] = ()

    @property
    def is_counted(self) -> bool:
        """Whether its count comes with those of the other lists."""
        return not LOOKED_UP & self.filters.keys()

    def query(self, *, without: str = "", **changed: str) -> str:
        """Its address again, `?` and all; without one filter, or with something changed. Empty for the whole list."""
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in self.filters.items() if name != without})
        kept = {"columns": ",".join(self.columns), "sort": self.sort, "view": str(self.view or "")}
        query.update({name: value for name, value in (kept | changed).items() if value})
        return f"?{query.urlencode(safe=',')}" if query else ""

    def pairs(self, *names: str) -> Iterator[tuple[str, str]]:
        """(name, value) of what a form must carry along: everything but `names`."""
        kept = {"columns": ",".join(self.columns), "sort": self.sort, "view": str(self.view or "")}
        for name, value in (self.filters | kept).items():
            if value and name not in names:
                yield name, value


def asked_by(query: QueryDict) -> Asked:
    """The list an address asks for. Names there are not and signs nobody types are passed over."""
    typed = {name: cleaned(query.get(name, "")) for name in (*FILTERS, *KEPT)}
    filters = {name: typed[name] for name in FILTERS if typed[name]}
    misread = [name for name, value in filters.items() if not _means_something(name, value)]
    if "cause" in filters and "device" not in filters:
        misread.append("cause")
    codes = [code for value in query.getlist("columns") for code in cleaned(value).split(",")]
    return Asked(
        filters={name: value for name, value in filters.items() if name not in misread},
        columns=tuple(dict.fromkeys(code for code in map(str.strip, codes) if code in COLUMNS)),
        sort=typed["sort"] if typed["sort"] in SORTS else "",
        view=int(typed["view"]) if _is_number(typed["view"]) else 0,
        misread=tuple(misread),
    )


def conditions(
    asked: Mapping[str, str], actor: Actor, *, now: datetime, late: Q | None = None
) -> dict[str, Q]:
    """What must hold of a case in the list, by name, for this person at this moment.

    late: what counts as overdue; not given, all that is, which is one query. A customer nobody knows has no cases;
    words are looked for also as a customer's number, name or last four digits.
    """
    wanted: dict[str, Any] = {
        name: asked.get(name) or None for name in (*CHOICES, "order", "device", "cause")
    }
    wanted |= {name: bool(asked.get(name)) for name in ("unassigned", "waiting")}
    wanted["assignee"] = (actor.account_id or 0) if asked.get("mine") else None
    wanted["owner"] = (actor.account_id or 0) if asked.get("owned") else None
    wanted["overdue"] = True if asked.get("overdue") and late is None else None
    wanted["received_from"], wanted["received_to"] = received(asked, now)
    if number := asked.get("customer", ""):
        customer = by_number(int(number))
        wanted["customer"] = customer.pk if customer else UUID(int=0)
    if text := asked.get("q", ""):
        wanted |= {"text": text, "customers": [customer.pk for customer in find(text)]}
    found = listing.conditions(**wanted)
    if asked.get("overdue") and late is not None:
        found["overdue"] = late
    return found


def narrow(asked: Asked, actor: Actor, *, now: datetime) -> listing.Narrow:
    """A function that leaves the cases of the list."""
    wanted = list(conditions(asked.filters, actor, now=now).values())
    return lambda cases: cases.filter(*wanted)


def received(asked: Mapping[str, str], now: datetime) -> tuple[datetime | None, datetime | None]:
    """The moments [from, to) the list spans, in the company's zone; a named span and days given hold together."""
    zone = timezone.get_current_timezone()
    first, last = _day(asked.get("from", "")), _day(asked.get("to", ""))
    if (span := SPANS.get(asked.get("received", ""))) is not None:
        begins, ends = span[2](timezone.localtime(now).date())
        first, last = max(first or begins, begins), min(last or ends, ends)
    return (
        datetime.combine(first, time(), zone) if first else None,
        datetime.combine(last + timedelta(days=1), time(), zone) if last else None,
    )


def misread_words(asked: Asked, labels: Mapping[str, str]) -> str:
    """One sentence about what could not be understood; empty where everything could."""
    if not asked.misread:
        return ""
    names = t("、", ", ").join(labels.get(name, name) for name in asked.misread)
    return t("看不懂这些条件，已忽略：{names}", "Not understood and left out: {names}", names=names)


def _means_something(name: str, value: str) -> bool:
    if name in DAYS:
        return _day(value) is not None
    if name == "received":
        return value in SPANS
    return name != "customer" or _is_number(value)


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) <= MOST_DIGITS


def _day(value: str) -> date | None:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if day.year in YEARS else None
