"""Who carries text messages and voice calls: set up, tried."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from goodword.wiring.administration import carriers as administration

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t
from .common import checked
from .forms.ways import CarrierForm
from .ways import done, ways


@page(right="settings.edit", methods="POST", back=ways)
def carrier(request: WebRequest) -> HttpResponse:
    """Set one up; `try`: have it (sms or voice) tell whoever asks."""
    if "try" in request.POST:
        use = "voice" if request.POST["try"] == "voice" else "sms"
        administration.try_carrier(use, by=request.actor, at=request.now)
        messages.success(request, t("已排队试发，稍后看状态。", "Queued: see its light in a moment."))
        return HttpResponseRedirect(reverse("web:settings-ways"))
    new = administration.NewCarrier(**checked(CarrierForm(request.POST)))
    administration.set_carrier(new, by=request.actor, at=request.now)
    return done(request)
