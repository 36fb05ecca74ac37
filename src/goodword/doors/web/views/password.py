"""A new password of one's own."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from goodword.base.core.errors import Invalid

from ..access import WebRequest, page
from ..bilingual import Both
from ..templatetags.goodword_ui import t


class PasswordForm(forms.Form):
    """The old password, and the new one twice."""

    old = forms.CharField(
        label=Both("现在的密码", "Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=Both("新密码", "New password"),
        strip=False,
        help_text=Both("至少 10 个字符。", "Ten characters or more."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=Both("再输一次", "New password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


@page(methods="GET POST")
def change(request: WebRequest) -> HttpResponse:
    """Change it; every other session of the account ends with that."""
    form = PasswordForm(request.POST if request.method == "POST" or request.refused else None)
    if request.method == "POST":
        if not form.is_valid():
            raise Invalid("请填写三个密码。", "Fill in all three.")
        _check(request, form.cleaned_data)
        request.user.set_password(form.cleaned_data["new"])
        request.user.save(update_fields=["password"])
        update_session_auth_hash(request, request.user)
        messages.success(
            request, t("密码已更换，其他设备已退出。", "Password changed; other devices are logged out.")
        )
        return HttpResponseRedirect("/profile/")
    return render(request, "web/account/password.html", {"form": form})


def _check(request: WebRequest, typed: dict[str, str]) -> None:
    if not request.user.check_password(typed["old"]):
        raise Invalid("现在的密码不对。", "The present password is wrong.", fields={"old": "不对 / wrong"})
    if typed["new"] != typed["again"]:
        raise Invalid(
            "两次输入的新密码不一样。", "The new passwords differ.", fields={"again": "不一样 / differs"}
        )
    try:
        validate_password(typed["new"], request.user)
    except ValidationError:
        raise Invalid(
            "新密码太短或太常见。",
            "The new password is too short or too common.",
            cure_zh="至少 10 个字符，不要用常见密码。",
            cure_en="Ten characters or more, not a common one.",
            fields={"new": "太简单 / too simple"},
        ) from None
