"""The way into the settings; what the company is called and looks like."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from goodword.base.core.errors import Forbidden
from goodword.wiring.administration import look
from goodword.wiring.administration.company import company_name, name_company

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t
from .common import checked, draw, typed_for
from .contents import groups
from .forms.company import AccentForm, CompanyForm, MarkForm

OURS = "#0c6b68"
"""The product's own colour (frontend/src/css/tokens.css), offered where the company has none."""


@page()
def settings(request: WebRequest) -> HttpResponse:
    """The first page of the settings this person has business with."""
    found = groups(request, "")
    if not found:
        raise Forbidden("您没有可以设置的内容。", "There is nothing here you may set.")
    return HttpResponseRedirect(found[0]["pages"][0]["url"])


@page(right="settings.edit", methods="GET POST")
def company(request: WebRequest) -> HttpResponse:
    """Name, colour and mark; posted, another name."""
    if request.method == "POST":
        typed = checked(CompanyForm(request.POST))
        name_company(zh=typed["zh"], en=typed["en"], by=request.actor, at=request.now)
        return _back(request)
    name, accent = company_name(), look.accent()
    typed_name = request.typed if request.typed and "zh" in request.typed else None
    return draw(
        request,
        "settings-company",
        "company.html",
        form=CompanyForm(typed_name, initial={"zh": name.zh, "en": name.en}),
        accent_form=AccentForm(typed_for(request, "accent"), initial={"accent": accent or OURS}),
        mark_form=MarkForm(),
        has_accent=bool(accent),
        has_mark=look.mark() is not None,
        portal=reverse("portal:feedback"),
    )


@page(right="settings.edit", methods="POST", back=company)
def set_accent(request: WebRequest) -> HttpResponse:
    """Another colour; `none`: the product's own again."""
    wanted = "" if "none" in request.POST else checked(AccentForm(request.POST))["accent"]
    look.colour_company(wanted, by=request.actor, at=request.now)
    return _back(request)


@page(right="settings.edit", methods="POST", back=company)
def set_mark(request: WebRequest) -> HttpResponse:
    """Another mark; `none`: the product's own again."""
    file = None if "none" in request.POST else checked(MarkForm(request.POST, request.FILES))["mark"]
    look.mark_company(file, name=file.name if file else "", by=request.actor, at=request.now)
    return _back(request)


def _back(request: WebRequest) -> HttpResponse:
    messages.success(request, t("已保存。", "Saved."))
    return HttpResponseRedirect(reverse("web:settings-company"))
