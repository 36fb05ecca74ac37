"""What the settings' pages share."""

from __future__ import annotations

from typing import Any, TypeVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from goodword.base.core.errors import Invalid, NotFound
from goodword.base.people.models import Account

from ..access import WebRequest
from .about import about
from .contents import groups, label
from .history import history

AnyForm = TypeVar("AnyForm", bound=forms.Form)


def draw(request: WebRequest, here: str, template: str, **shown: Any) -> HttpResponse:
    """A settings page in its group, with what it is about and who changed what beside it."""
    beside = {"about": about(here), "history": history(here, request)}
    return render(
        request,
        f"web/settings/{template}",
        {"label": label(here), "groups": groups(request, here), **beside, **shown},
    )


def checked(form: AnyForm) -> dict[str, Any]:
    """What was typed. Raises Invalid; the page is drawn again with the remarks on the fields."""
    if not form.is_valid():
        raise Invalid("有些内容不完整或有误，请看表单。", "Something is missing or wrong; see the form.")
    return form.cleaned_data


def typed_for(request: WebRequest, name: str) -> Any:
    """What was typed into the refused form that has the hidden field `form` = `name`; None for the other forms."""
    return request.typed if request.typed and request.typed.get("form") == name else None


def known_account(account_id: int) -> Account:
    """The account. Raises NotFound."""
    found = Account.objects.select_related("person", "department").filter(pk=account_id).first()
    if found is None:
        raise NotFound("没有这个账号。", "There is no such account.")
    return found
