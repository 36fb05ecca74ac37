"""Logging in and out."""

from __future__ import annotations

from django import forms
from django.contrib.auth import authenticate, login, logout
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from goodword.base.people.models import Account

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
                return remember(
                    HttpResponseRedirect(inside(request, request.GET.get("next", ""))), account.language
                )
        if getattr(request, "axes_locked_out", False):
            request.axes_locked_out = False  # type: ignore[attr-defined]  # axes' own page would be in one language
            status, problem = 429, "locked"
    return render(request, "web/account/login.html", {"form": form, "problem": problem}, status=status)


@page(methods="POST", one_fact=False, half_way=True)
def log_out(request: WebRequest) -> HttpResponse:
    """End this session."""
    logout(request)
    return HttpResponseRedirect("/login/")
