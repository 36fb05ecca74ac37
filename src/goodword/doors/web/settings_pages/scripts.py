"""Scripts: one set for every channel, versions kept, how often each is sent (FB-2.1c)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from goodword.base.core.errors import Invalid
from goodword.company.knowledge import queries
from goodword.company.knowledge.actions import writing
from goodword.company.knowledge.variables import VARIABLES

from ..access import WebRequest, page
from ..refusing import side
from ..templatetags.goodword_ui import is_english, t
from .common import checked, draw
from .forms.scripts import NewScriptForm, ScriptForm


@page(right="scripts.edit", methods="GET POST")
def scripts(request: WebRequest) -> HttpResponse:
    """Those in use by situation, with how often each was sent; posted, a new one."""
    if request.method == "POST":
        form = NewScriptForm(request.POST)
        key = checked(form)["key"]
        writing.write(key, form.words(), by=request.actor, at=request.now)
        return _back(request)
    versions = queries.in_use()
    sent = queries.times_sent(version.script_id for version in versions)
    return draw(
        request,
        "settings-scripts",
        "scripts.html",
        lines=[{"version": version, "sent": sent.get(version.script_id, 0)} for version in versions],
        form=_with_remarks(NewScriptForm(request.typed), request),
        **_beside(),
    )


@page(right="scripts.edit", methods="GET POST")
def script(request: WebRequest, key: str) -> HttpResponse:
    """One of them: its words, its versions, who sent which; posted, a further version."""
    found = queries.script_of(key)
    if request.method == "POST":
        form = ScriptForm(request.POST)
        checked(form)
        writing.rewrite(found, form.words(), by=request.actor, at=request.now)
        return _back(request)
    versions = queries.versions_of(found)
    return draw(
        request,
        "settings-scripts",
        "script.html",
        script=found,
        versions=versions,
        uses=queries.uses_of(found),
        form=_with_remarks(ScriptForm(request.typed, initial=ScriptForm.first_values(versions[0])), request),
        **_beside(),
    )


@page(right="scripts.edit", methods="POST", back=script)
def retire(request: WebRequest, key: str) -> HttpResponse:
    """Nobody is offered it any more."""
    writing.retire(queries.script_of(key), by=request.actor, at=request.now)
    messages.success(request, t("已停用。", "Out of use."))
    return HttpResponseRedirect(reverse("web:settings-scripts"))


def _beside() -> dict[str, Any]:
    """What helps while one writes: the variables in the page's language, the situations there are."""
    names = [f"{{{en if is_english() else zh}}}" for zh, en in VARIABLES.values()]
    situations = sorted({version.situation for version in queries.in_use()})
    return {"variables": names, "situations": situations}


def _with_remarks(form: forms.Form, request: WebRequest) -> forms.Form:
    """The form with what the action found wrong in it beside the fields."""
    if isinstance(request.refused, Invalid) and form.is_valid():
        for name, words in request.refused.fields.items():
            form.add_error(name if name in form.fields else None, side(words))
    return form


def _back(request: WebRequest) -> HttpResponse:
    messages.success(request, t("话术已保存。", "The script is saved."))
    return HttpResponseRedirect(reverse("web:settings-scripts"))
