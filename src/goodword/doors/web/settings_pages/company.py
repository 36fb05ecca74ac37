"""The way into the settings, and the company's own name."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from goodword.base.core.errors import Forbidden
from goodword.wiring.administration.company import company_name, name_company

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t
from .common import checked, draw
from .forms.company import CompanyForm
from .tabs import tabs


@page()
def settings(request: WebRequest) -> HttpResponse:
    """The first page of the settings this person has business with."""
    found = tabs(request, "")
    if not found:
        raise Forbidden("您没有可以设置的内容。", "There is nothing here you may set.")
    return HttpResponseRedirect(found[0]["url"])


@page(right="settings.edit", methods="GET POST")
def company(request: WebRequest) -> HttpResponse:
    """The name customers see; posted, another one."""
    if request.method == "POST":
        typed = checked(CompanyForm(request.POST))
        name_company(zh=typed["zh"], en=typed["en"], by=request.actor, at=request.now)
        messages.success(request, t("已保存。", "Saved."))
        return HttpResponseRedirect(reverse("web:settings-company"))
    name = company_name()
    form = CompanyForm(request.typed, initial={"zh": name.zh, "en": name.en})
    return draw(request, "settings-company", "company.html", form=form, portal=reverse("portal:feedback"))
