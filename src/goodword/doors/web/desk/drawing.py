"""The lines of the board, drawn without a template: a hundred and twenty of them took two thirds of the page's time."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString

from goodword.base.language.script import chosen, spoken

from ..drawing import drawn
from ..templatetags.goodword_ui import countdown
from .lines import Line

LINE = (
    '<tr id="duty-{key}" data-line>'
    '<th scope="row" class="fit snug"><a href="{page}">{name}</a>{marks}</th>'
    '<td><span class="clamp">{words}</span><span class="muted small">{subject}</span></td>'
    '<td data-label="{owed_label}">{owed}{opener}</td>'
    '<td class="fit snug" data-label="{bearer_label}">{bearer}</td>'
    '<td class="num fit" data-label="{due_label}">'
    '<a class="whylink" data-why href="{story}">{countdown}</a></td></tr>'
)
OPENER = (
    ' <a class="btn btn--secondary btn--sm" data-open href="{url}" aria-label="{deed} #{number}">{deed}</a>'
)
NUMBER, KEY = 10**17 + 7, UUID(int=10**17 + 7)
"""Stand in for a line's own in an address, which is then looked up once."""


class Drawer:
    """Draws lines in the page's language at one moment; what many lines share is drawn once."""

    def __init__(self, *, now: datetime) -> None:
        self.now = now
        self.language = spoken()
        self._labels = {
            "owed_label": chosen("要做什么", "What is owed"),
            "bearer_label": chosen("责任人", "Bearer"),
            "due_label": chosen("时限", "Due"),
        }
        self._urgent = " " + self._drawn("badge", tone="bad", icon="flag", label=chosen("紧急", "Urgent"))
        self._new = " " + self._drawn("badge", tone="info", label=chosen("新", "New"))
        self._owed: dict[str, str] = {}
        self._people: dict[str, str] = {}

    def line(self, line: Line) -> SafeString:
        """One line. Whatever comes from data is escaped here."""
        story = _address("web:obligation", KEY).replace(str(KEY), str(line.key))
        due = countdown(
            line.due_at, warn=line.warn_at, paused=line.is_paused, now=self.now, provisional=line.provisional
        )
        # nosemgrep: html-from-data - components, addresses of this house, and data escaped one by one
        return SafeString(  # nosec B703
            LINE.format(
                key=line.key,
                page=_case("web:case", line.number) if line.number else story,
                name=line.number or escape(line.subject),
                marks=(self._urgent if line.is_urgent else "") + (self._new if line.is_new else ""),
                words=escape(line.words),
                subject=escape(line.subject),
                owed=self._owed.get(line.clause.id) or self._owes(line),
                opener=self._opener(line),
                bearer=self._people.get(line.bearer) or self._person(line.bearer),
                story=story,
                countdown=due,
                **self._labels,
            )
        )

    def _opener(self, line: Line) -> str:
        if line.number is None:
            return ""
        url = f"{_case('web:case-in-place', line.number)}?duty={line.key}"
        return OPENER.format(url=url, number=line.number, deed=escape(line.deed or chosen("打开", "Open")))

    def _owes(self, line: Line) -> str:
        clause = line.clause
        chip = self._drawn("clause", id=clause.id, citation=clause.citation, title=clause.title)
        self._owed[clause.id] = f"{escape(clause.title)} {chip}"
        return self._owed[clause.id]

    def _person(self, name: str) -> str:
        self._people[name] = self._drawn("person", name=name)
        return self._people[name]

    def _drawn(self, component: str, **attributes: object) -> str:
        return drawn(component, attributes, language=self.language)


@lru_cache(maxsize=8)
def _address(name: str, *arguments: object) -> str:
    return reverse(name, args=list(arguments))


def _case(name: str, number: int) -> str:
    return _address(name, NUMBER).replace(str(NUMBER), str(number))
