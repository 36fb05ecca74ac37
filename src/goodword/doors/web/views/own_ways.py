"""By which ways I am told."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from goodword.company.channels.staff import open_ways
from goodword.wiring.administration.staff_ways import choose_ways

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t
from ..way_choices import chosen
from .profile import HERE, profile


@page(methods="POST", back=profile)
def choose(request: WebRequest) -> HttpResponse:
    """A box for ordinary and one for urgent notices, for each way that is open."""
    wanted = chosen(request.POST, [way.code for way in open_ways()])
    choose_ways(request.user, wanted, by=request.actor, at=request.now)
    messages.success(request, t("已保存。", "Saved."))
    return HttpResponseRedirect(f"{HERE}#ways")
