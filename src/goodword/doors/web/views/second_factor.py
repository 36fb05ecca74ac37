"""The second factor: asked for at log-in, set up and taken away by its owner."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django_otp import login as show
from django_otp import match_token

from goodword.base.core.errors import Invalid
from goodword.base.documents import qr
from goodword.wiring.administration import second_factor
from goodword.wiring.administration.log_ins import end_others

from ..access import WebRequest, page
from ..bilingual import Both
from ..second_factor import OWED
from ..templatetags.goodword_ui import t
from .language import inside


class CodeForm(forms.Form):
    """The six digits the app shows now."""

    code = forms.CharField(
        label=Both("验证码", "Code"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
    )


@page(methods="GET POST", one_fact=False, half_way=True)
def ask(request: WebRequest) -> HttpResponse:
    """After the password: the code. Wrong ones are slowed down more and more, device by device."""
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        device = match_token(request.user, form.data.get("code", "").strip()) if form.is_valid() else None
        if device is not None:
            show(request, device)
            request.session.pop(OWED, None)
            request.session.cycle_key()
            return HttpResponseRedirect(inside(request, request.GET.get("next", "")))
        status = 422
    return render(request, "web/account/code.html", {"form": form, "problem": status == 422}, status=status)


@page(methods="GET POST", one_fact=False, half_way=True)
def own(request: WebRequest) -> HttpResponse:
    """Mine: begin, confirm with a code, take away. Who owes a code gives it first."""
    if request.session.get(OWED):
        return HttpResponseRedirect(reverse("web:second-factor"))
    problem = ""
    if request.method == "POST":
        try:
            return _changed(request)
        except Invalid as wrong:
            problem = t(wrong.zh, wrong.en)
    device = second_factor.begun(request.user)
    address = device.config_url if device is not None else ""
    shown = {
        "form": CodeForm(),
        "problem": problem,
        "is_set": second_factor.confirmed(request.user) is not None,
        "is_needed": request.actor.needs_second_factor and not second_factor.is_waived(),
        "key": address.partition("secret=")[2].partition("&")[0],
        "picture": qr.data_uri(address) if address else "",
    }
    return render(request, "web/account/second_factor.html", shown, status=422 if problem else 200)


def _changed(request: WebRequest) -> HttpResponse:
    """Whatever the button says."""
    wanted = request.POST.get("act", "")
    if wanted == "begin":
        second_factor.start(request.user)
    elif wanted == "confirm":
        code = request.POST.get("code", "")
        show(request, second_factor.confirm(request.user, code, by=request.actor, at=request.now))
        end_others(request.user, here=request.session.session_key, by=request.actor, at=request.now)
        messages.success(request, t("两步验证已启用。", "The second factor is set."))
    elif wanted == "take_away":
        if match_token(request.user, request.POST.get("code", "").strip()) is None:
            raise second_factor.wrong_code()
        second_factor.take_away(request.user, by=request.actor, at=request.now)
        messages.success(request, t("两步验证已解除。", "The second factor is taken away."))
    return HttpResponseRedirect(reverse("web:second-factor-own"))
