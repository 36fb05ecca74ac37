"""My account: on shift or not, away with a stand-in, quiet hours, language, where I am logged in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from goodword.base.core.errors import Invalid, NotFound
from goodword.base.language.script import chosen
from goodword.base.people.models import Absence, RoleGrant
from goodword.base.people.roles import ROLES
from goodword.company.channels.models import QuietHours
from goodword.wiring.administration.duty_roster import call_back, send_away, set_on_shift
from goodword.wiring.administration.log_ins import log_ins

from ..access import WebRequest, page
from ..bilingual import Both
from ..cases.forms.base import ColleagueField, Moment
from ..devices import device_words
from ..templatetags.goodword_ui import is_english, t
from ..way_choices import ways_of

HERE = "/profile/"


def _time() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class AbsenceForm(forms.Form):
    """From when until when, and who stands in."""

    starts_at = Moment(label=Both("从", "From"))
    ends_at = Moment(label=Both("到", "Until"))
    stand_in = ColleagueField(label=Both("代班人", "Stand-in"))
    reason = forms.CharField(label=Both("事由", "Reason"), max_length=120, required=False)


class QuietForm(forms.Form):
    """Between which times of day."""

    starts = forms.TimeField(label=Both("从", "From"), widget=_time())
    ends = forms.TimeField(label=Both("到", "Until"), widget=_time())


@page(methods="GET POST")
def profile(request: WebRequest) -> HttpResponse:
    """The page; posted, an absence of one's own, or with `come_back` the end of one."""
    if request.method == "POST":
        return _come_back(request) if "come_back" in request.POST else _go_away(request)
    forms_here = {"form": AbsenceForm(_typed(request, "stand_in")), "quiet_form": _quiet_form(request)}
    shown = {**forms_here, **_mine(request), "ways": ways_of(request.user)}
    return render(request, "web/account/profile.html", shown)


@page(methods="POST")
def switch_shift(request: WebRequest) -> HttpResponse:
    """On shift, or off."""
    set_on_shift(request.user, request.POST.get("on_shift") == "yes", by=request.actor, at=request.now)
    return HttpResponseRedirect(HERE)


def _go_away(request: WebRequest) -> HttpResponse:
    form = AbsenceForm(request.POST)
    if not form.is_valid():
        raise Invalid("请填写起止时间和代班人。", "Give from when, until when, and a stand-in.")
    send_away(request.user, by=request.actor, at=request.now, **form.cleaned_data)
    messages.success(
        request, t("已记下，期间由代班人承担您的待办。", "Noted: your stand-in bears your duties then.")
    )
    return HttpResponseRedirect(HERE)


def _come_back(request: WebRequest) -> HttpResponse:
    number = request.POST["come_back"]
    absence = Absence.objects.filter(account=request.user, pk=number).first() if number.isdecimal() else None
    if absence is None:
        raise NotFound
    call_back(absence, by=request.actor, at=request.now)
    messages.success(request, t("欢迎回来，待办仍由您承担。", "Welcome back: your duties are yours again."))
    return HttpResponseRedirect(HERE)


def _typed(request: WebRequest, field: str) -> QueryDict | None:
    """What was typed into the refused form that has this field; None for the other forms."""
    return request.typed if request.typed is not None and field in request.typed else None


def _quiet_form(request: WebRequest) -> QuietForm:
    kept = QuietHours.objects.filter(account=request.user).first()
    hours = {"starts": kept.starts, "ends": kept.ends} if kept else None
    return QuietForm(_typed(request, "starts"), initial=hours, auto_id="id_quiet_%s")


def _mine(request: WebRequest) -> dict[str, Any]:
    english = is_english()
    grants = RoleGrant.objects.filter(account=request.user, ends_at=None).select_related("department")
    absences = Absence.objects.filter(account=request.user, ends_at__gt=request.now).select_related(
        "stand_in__person"
    )
    shifts = request.user.shifts.filter(ends_at__gt=request.now).order_by("starts_at")[:8]
    return {
        "roles": [
            (
                chosen(ROLES[grant.role].zh, ROLES[grant.role].en),
                grant.department.name_en if english else grant.department.name_zh,
            )
            for grant in grants
        ],
        "absences": [
            (absence, absence.starts_at <= request.now) for absence in absences.order_by("starts_at")
        ],
        "shifts": list(shifts),
        "log_ins": [
            (one, device_words(one.device))
            for one in log_ins(request.user, here=request.session.session_key, at=request.now)
        ],
    }
