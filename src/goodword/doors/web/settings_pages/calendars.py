"""Working calendars: a year on one page, next year's list, single days; each change is a new version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from goodword.base.worktime.models import WorkCalendar
from goodword.base.worktime.queries import current
from goodword.wiring.administration import calendars as administration

from ..access import WebRequest, page
from ..bilingual import Both
from ..templatetags.goodword_ui import t, tr
from .common import checked, draw, typed_for
from .forms.calendars import DayForm, YearForm
from .months import year_of

FIRST = "office"
YEARS = (2010, 2100)
KIND_WORDS = {
    "holiday": Both("放假", "off"),
    "work": Both("上班", "worked"),
    "usual": Both("照常", "as usual"),
}
MONTHS_EN = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@page(right="people.roster")
def calendars(request: WebRequest) -> HttpResponse:
    """The office's calendar."""
    return HttpResponseRedirect(reverse("web:settings-calendar", args=[FIRST]))


@page(right="people.roster")
def calendar(request: WebRequest, code: str) -> HttpResponse:
    """A year of one calendar, `?year=2026`, and the forms that change it."""
    today = timezone.localtime(request.now).date()
    return _drawn(request, code, year=_year(request.GET.get("year", ""), today.year))


@page(right="calendars.edit", methods="POST", back=calendar)
def preview(request: WebRequest, code: str) -> HttpResponse:
    """What a year's list would change, day by day, before it is published. Nothing is written."""
    typed = checked(YearForm(request.POST, request.FILES))
    found = administration.preview_year(code, **typed, by=request.actor)
    days = [(each, KIND_WORDS[each.before], KIND_WORDS[each.after]) for each in found.days]
    shown = {"preview": found, "changed_days": days, "rows": typed["rows"]}
    return _drawn(request, code, year=typed["year"], **shown)


def _drawn(request: WebRequest, code: str, *, year: int, **more: Any) -> HttpResponse:
    version, compiled = current(code)
    today = timezone.localtime(request.now).date()
    document: dict[str, Any] = version.document
    known_until = str(document.get("known_until") or "")
    months = year_of(year, compiled, document, today=today)
    return draw(
        request,
        "settings-calendars",
        "calendar.html",
        code=code,
        version=version,
        year=year,
        months=[
            {"month": month, "name": tr(f"{month.number} 月", MONTHS_EN[month.number - 1])}
            for month in months
        ],
        working_days=sum(month.working_days for month in months),
        is_provisional=_is_provisional(year, known_until),
        years=[(one, _is_provisional(one, known_until)) for one in range(year - 1, year + 3)],
        known_until=known_until,
        kinds=_kinds(code, year),
        versions=version.calendar.versions.defer("document").order_by("-number")[:10],
        may_edit=request.actor.has("calendars.edit"),
        year_form=YearForm(
            typed_for(request, "year"), initial={"year": int(known_until[:4]) + 1 if known_until else year}
        ),
        day_form=DayForm(typed_for(request, "day")),
        **more,
    )


@page(right="calendars.edit", methods="POST", back=calendar, one_fact=False)
def publish_year(request: WebRequest, code: str) -> HttpResponse:
    """A year's list of holidays and make-up days. Each due time that moves is a fact of its own."""
    typed = checked(YearForm(request.POST, request.FILES))
    done = administration.publish_year(code, **typed, by=request.actor, at=request.now)
    return _back(request, code, typed["year"], done)


@page(right="calendars.edit", methods="POST", back=calendar, one_fact=False)
def set_day(request: WebRequest, code: str) -> HttpResponse:
    """One day off, worked, or as usual again."""
    typed = checked(DayForm(request.POST))
    done = administration.set_day(code, **typed, by=request.actor, at=request.now)
    return _back(request, code, typed["day"].year, done)


def _back(request: WebRequest, code: str, year: int, done: administration.Published) -> HttpResponse:
    said = t(
        "已发布第 {n} 版，{moved} 个未完成的到期时间随之调整。",
        "Version {n} is published; {moved} open due times moved with it.",
        n=done.version.number,
        moved=done.moved,
    )
    messages.success(request, said)
    return HttpResponseRedirect(f"{reverse('web:settings-calendar', args=[code])}?year={year}")


def _kinds(code: str, year: int) -> list[dict[str, Any]]:
    rows = WorkCalendar.objects.order_by("pk")
    return [
        {
            "url": f"{reverse('web:settings-calendar', args=[row.code])}?year={year}",
            "label": tr(row.name_zh, row.name_en),
            "current": row.code == code,
        }
        for row in rows
    ]


def _is_provisional(year: int, known_until: str) -> bool:
    """Whether the year's holidays are not in yet; a calendar without holidays has no such year."""
    return bool(known_until) and f"{year}-12-31" > known_until


def _year(text: str, this_year: int) -> int:
    first, last = YEARS
    asked = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else this_year
    return min(max(asked, first), last)
