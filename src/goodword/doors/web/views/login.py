"""Logging in and out."""

from __future__ import annotations

from urllib.parse import quote

from django import forms
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from goodword.base.people.models import Account

from .. import typed
from ..access import WebRequest, page
from ..bilingual import Both
from ..second_factor import owe
from .language import inside, remember


class LoginForm(forms.Form):
    """User name and password."""

    username = forms.CharField(
        label=Both("用户名", "User name"),
        max_length=80,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autofocus": True, "autocapitalize": "none"}
        ),
    )
    password = forms.CharField(
        label=Both("密码", "Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


@page(public=True, methods="GET POST", one_fact=False)
def log_in(request: WebRequest) -> HttpResponse:
    """The log-in form. Eight wrong tries for a name from an address: wait a quarter of an hour."""
    form = LoginForm(request.POST or None)
    status, problem = 200, ""
    if request.method == "POST":
        status, problem = 422, "wrong"
        if form.is_valid():
            account = authenticate(request, **form.cleaned_data)
            if isinstance(account, Account):
                login(request, account)
                owe(request, account)
                return remember(HttpResponseRedirect(_onward(request, account)), account.language)
        if getattr(request, "axes_locked_out", False):
            request.axes_locked_out = False  # type: ignore[attr-defined]  # axes' own page would be in one language
            status, problem = 429, "locked"
    carried = request.POST.get(typed.FIELD, "")
    shown = {"form": form, "problem": problem, "carried": carried}
    return render(request, "web/account/login.html", shown, status=status)


def asked_again(request: HttpRequest, carried: str) -> HttpResponse:
    """The log-in form as the answer to a form sent after the session had ended, which it carries along (`typed.py`)."""
    back = quote(typed.came_from(request))
    shown = {"form": LoginForm(), "problem": "", "carried": carried, "action": f"/login/?next={back}"}
    return render(request, "web/account/login.html", shown, status=401)


def _onward(request: WebRequest, account: Account) -> str:
    """Where to go after the log-in: the form carried along, else the page asked for."""
    carried = request.POST.get(typed.FIELD, "")
    if typed.opened(carried, account=account.pk, at=request.now) is None:
        return inside(request, request.GET.get("next", ""))
    request.session[typed.FIELD] = carried
    return reverse("web:typed")


@page(methods="POST", one_fact=False, half_way=True)
def log_out(request: WebRequest) -> HttpResponse:
    """End this session."""
    logout(request)
    return HttpResponseRedirect("/login/")
