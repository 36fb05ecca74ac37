"""How the software tells people: what is gathered after a standstill, and when customers are left in peace."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from goodword.company.channels.correspondence.quiet import customers_quiet
from goodword.company.channels.gathering import gathering
from goodword.engine.policy.queries import all_clauses
from goodword.wiring.administration.customers_quiet import set_customers_quiet
from goodword.wiring.administration.gathering import set_gathering

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t
from .common import checked, draw
from .forms.notices import MINUTE, CustomersQuietForm, GatheringForm

CUSTOMERS = "awake"
"""The field by which the form of the customers' quiet hours is told from the other one."""


@page(right="settings.edit", methods="GET POST")
def notices(request: WebRequest) -> HttpResponse:
    """From when late alarms are gathered, and when customers are sent nothing; posted, another choice of one of them."""
    if request.method == "POST":
        return _set_customers(request) if CUSTOMERS in request.POST else _set_gathering(request)
    typed = request.typed
    of_customers = typed if typed and CUSTOMERS in typed else None
    forms = {
        "form": GatheringForm(None if of_customers else typed, initial=GatheringForm.shown(gathering())),
        "quiet_form": CustomersQuietForm(
            of_customers, initial=CustomersQuietForm.shown(customers_quiet()), auto_id="id_customers_%s"
        ),
    }
    alone = [c.id for c in all_clauses().values() if c.binding is not None and c.binding.rings_alone]
    return draw(request, "settings-notices", "notices.html", **forms, alone=alone)


def _set_gathering(request: WebRequest) -> HttpResponse:
    typed = checked(GatheringForm(request.POST))
    set_gathering(
        after=typed["after"] * MINUTE, lasts=typed["lasts"] * MINUTE, by=request.actor, at=request.now
    )
    return _saved(request)


def _set_customers(request: WebRequest) -> HttpResponse:
    form = CustomersQuietForm(request.POST)
    checked(form)
    set_customers_quiet(form.choice(), by=request.actor, at=request.now)
    return _saved(request)


def _saved(request: WebRequest) -> HttpResponse:
    messages.success(request, t("已保存。", "Saved."))
    return HttpResponseRedirect(reverse("web:settings-notices"))
