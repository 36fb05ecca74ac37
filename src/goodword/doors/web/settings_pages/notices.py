"""How the software tells its people: what is gathered after a standstill."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from goodword.company.channels.gathering import gathering
from goodword.engine.policy.queries import all_clauses
from goodword.wiring.administration.gathering import set_gathering

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t
from .common import checked, draw
from .forms.notices import MINUTE, GatheringForm


@page(right="settings.edit", methods="GET POST")
def notices(request: WebRequest) -> HttpResponse:
    """From when late alarms are gathered, and for how long; posted, another choice."""
    if request.method == "POST":
        typed = checked(GatheringForm(request.POST))
        set_gathering(
            after=typed["after"] * MINUTE, lasts=typed["lasts"] * MINUTE, by=request.actor, at=request.now
        )
        messages.success(request, t("已保存。", "Saved."))
        return HttpResponseRedirect(reverse("web:settings-notices"))
    form = GatheringForm(request.typed, initial=GatheringForm.shown(gathering()))
    alone = [c.id for c in all_clauses().values() if c.binding is not None and c.binding.rings_alone]
    return draw(request, "settings-notices", "notices.html", form=form, alone=alone)
