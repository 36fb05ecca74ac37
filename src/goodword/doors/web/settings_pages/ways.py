"""By which ways colleagues are told besides the inbox: what comes by each, and who is known there by which name."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from goodword.company.channels.carriers.models import Carrier
from goodword.company.channels.models import StaffAddress
from goodword.company.channels.robots.models import PlatformApp, Robot
from goodword.company.channels.staff import STAFF_WAYS
from goodword.wiring.administration import staff_ways as administration

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t
from ..way_choices import chosen, ways_of_company
from .common import checked, draw, typed_for
from .forms.ways import AddressForm, AppForm, CarrierForm, RobotForm
from .lights import light_of

MOST = 300


@page(right="settings.edit")
def ways(request: WebRequest, **_of_the_form_refused: int) -> HttpResponse:
    """The ways, the robots, the apps, the carriers, and who is who there."""
    robots = Robot.objects.select_related("department").order_by("-is_on", "pk")[:MOST]
    addresses = StaffAddress.objects.select_related("account__person").order_by("way", "account")[:MOST]
    return draw(
        request,
        "settings-ways",
        "ways.html",
        ways=ways_of_company(),
        robots=[(robot, *light_of(robot)) for robot in robots],
        apps=[(app, *light_of(app)) for app in PlatformApp.objects.order_by("pk")],
        addresses=[(row, _name(row.way)) for row in addresses],
        robot_form=RobotForm(typed_for(request, "robot"), auto_id="id_robot_%s"),
        app_form=AppForm(typed_for(request, "app"), auto_id="id_app_%s"),
        carriers=[(one, *light_of(one)) for one in Carrier.objects.order_by("use")],
        carrier_form=CarrierForm(typed_for(request, "carrier"), auto_id="id_carrier_%s"),
        address_form=AddressForm(typed_for(request, "address"), auto_id="id_address_%s"),
    )


@page(right="settings.edit", methods="POST", back=ways)
def choose(request: WebRequest) -> HttpResponse:
    """What comes by each way to whoever chooses nothing."""
    administration.set_ways(chosen(request.POST, STAFF_WAYS), by=request.actor, at=request.now)
    return done(request)


@page(right="settings.edit", methods="POST", back=ways)
def address(request: WebRequest) -> HttpResponse:
    """Under which name a colleague is known."""
    typed = checked(AddressForm(request.POST))
    administration.set_address(
        typed["account"].pk, typed["way"], typed["address"], by=request.actor, at=request.now
    )
    return done(request)


def done(request: WebRequest) -> HttpResponse:
    """Saved; the page again."""
    messages.success(request, t("已保存。", "Saved."))
    return HttpResponseRedirect(reverse("web:settings-ways"))


def _name(code: str) -> str:
    way = STAFF_WAYS.get(code)
    return t(way.zh, way.en) if way else code
