"""Group robots and the company's apps: added, switched, tried."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from goodword.wiring.administration import robots as administration

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t
from .common import checked
from .forms.ways import AppForm, RobotForm
from .ways import done, ways


@page(right="settings.edit", methods="POST", back=ways)
def add(request: WebRequest) -> HttpResponse:
    """A robot in a group."""
    new = administration.NewRobot(**checked(RobotForm(request.POST)))
    administration.add_robot(new, by=request.actor, at=request.now)
    return done(request)


@page(right="settings.edit", methods="POST", back=ways)
def change(request: WebRequest, robot_id: int) -> HttpResponse:
    """Switch it (`is_on`), or have it say a word (`try`)."""
    if "try" in request.POST:
        administration.try_robot(robot_id, by=request.actor, at=request.now)
        messages.success(request, t("已排队试发，稍后看状态。", "Queued: see its light in a moment."))
        return HttpResponseRedirect(reverse("web:settings-ways"))
    is_on = request.POST.get("is_on") == "yes"
    administration.switch_robot(robot_id, is_on=is_on, by=request.actor, at=request.now)
    return done(request)


@page(right="settings.edit", methods="POST", back=ways)
def app(request: WebRequest) -> HttpResponse:
    """The company's app on a platform."""
    new = administration.NewApp(**checked(AppForm(request.POST)))
    administration.set_app(new, by=request.actor, at=request.now)
    return done(request)
