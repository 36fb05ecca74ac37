"""A customer's quiet hours."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from goodword.company.customers.actions.quieting import set_quiet

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t
from .editing import incomplete
from .forms import QuietForm
from .showing import customer, known_customer


@page(right="customers.edit", methods="POST", back=customer)
def quiet(request: WebRequest, number: int) -> HttpResponse:
    """From when until when they want no message; `none`: nothing of their own any more."""
    row, hours = known_customer(number), None
    if "none" not in request.POST:
        form = QuietForm(request.POST)
        if not form.is_valid():
            raise incomplete()
        hours = (form.cleaned_data["quiet_from"], form.cleaned_data["quiet_until"])
    set_quiet(row, hours, by=request.actor, at=request.now)
    messages.success(request, t("已保存。", "Saved."))
    return HttpResponseRedirect(reverse("web:customer", args=[number]))
