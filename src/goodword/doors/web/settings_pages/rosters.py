"""Who is on duty, who is away and who stands in."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from goodword.base.core.errors import NotFound
from goodword.base.people.models import Absence, Shift
from goodword.wiring.administration import duty_roster

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t
from .common import checked, draw, typed_for
from .forms.rosters import AwayForm, ShiftForm

LOOKED_AHEAD = timedelta(days=28)
MOST = 300


@page(right="people.roster")
def rosters(request: WebRequest, **_of_the_form_refused: int) -> HttpResponse:
    """Shifts and absences of the next four weeks, of the departments this person answers for."""
    now = request.now
    begins = timezone.localtime(now).replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=1)
    at_first = {"starts_at": begins, "ends_at": begins + timedelta(hours=9)}
    columns = ("account__person", "account__department")
    shifts = Shift.objects.filter(_mine(request), ends_at__gt=now, starts_at__lt=now + LOOKED_AHEAD)
    away = Absence.objects.filter(_mine(request), ends_at__gt=now)
    return draw(
        request,
        "settings-rosters",
        "rosters.html",
        days=_by_day(list(shifts.select_related(*columns).order_by("starts_at", "pk")[:MOST])),
        absences=away.select_related(*columns, "stand_in__person").order_by("starts_at")[:MOST],
        shift_form=ShiftForm(typed_for(request, "shift"), initial=at_first),
        away_form=AwayForm(typed_for(request, "away"), initial=at_first, auto_id="id_away_%s"),
    )


@page(right="people.roster", methods="POST", back=rosters)
def add_shift(request: WebRequest) -> HttpResponse:
    """Put a colleague on duty."""
    typed = checked(ShiftForm(request.POST))
    duty_roster.add_shift(typed.pop("account"), **typed, by=request.actor, at=request.now)
    return _back(request)


@page(right="people.roster", methods="POST", back=rosters)
def send_away(request: WebRequest) -> HttpResponse:
    """A colleague is away, another stands in."""
    typed = checked(AwayForm(request.POST))
    duty_roster.send_away(typed.pop("account"), **typed, by=request.actor, at=request.now)
    return _back(request)


@page(right="people.roster", methods="POST", back=rosters)
def end_absence(request: WebRequest, absence_id: int) -> HttpResponse:
    """The colleague is back earlier, or does not go."""
    absence = (
        Absence.objects.select_related("account__department").filter(_mine(request), pk=absence_id).first()
    )
    if absence is None:
        raise NotFound
    duty_roster.call_back(absence, by=request.actor, at=request.now)
    return _back(request)


def _mine(request: WebRequest) -> Q:
    """The rows of accounts this person may roster: everybody's, or those of his departments."""
    actor = request.actor
    if actor.has("people.manage") or actor.reaches_everywhere("people.roster"):
        return Q()
    homes = [home for home in actor.departments if actor.has("people.roster", department=home)]
    return Q(account__department__code__in=homes)


def _by_day(shifts: list[Shift]) -> list[tuple[datetime, list[Shift]]]:
    found: dict[str, tuple[datetime, list[Shift]]] = {}
    for shift in shifts:
        begins = timezone.localtime(shift.starts_at)
        found.setdefault(begins.date().isoformat(), (begins, []))[1].append(shift)
    return list(found.values())


def _back(request: WebRequest) -> HttpResponse:
    messages.success(request, t("已保存。", "Saved."))
    return HttpResponseRedirect(reverse("web:settings-rosters"))
