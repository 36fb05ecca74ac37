"""Saved views: keep a list under a name, change it, put it in order, take it away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from goodword.base.core.errors import Invalid
from goodword.voice.cases.lists import saving
from goodword.voice.cases.lists.seen import seen_by, view_of
from goodword.voice.cases.models.lists import SHARED, SavedView

from ...access import WebRequest, page
from ...templatetags.goodword_ui import t, tr
from ..forms.view import ViewForm
from ..lists import columns as shown
from ..lists import fields
from ..lists.filtering import Asked, asked_by
from ..lists.tabs import asked_in, name_of
from ..naming import Names, department_name


@page(right="cases.see")
def views(request: WebRequest, **_of_the_form_refused: Any) -> HttpResponse:
    """The views this person sees, with what each is narrowed by, and what may be done with each."""
    pairs = fields.choices(Names(timezone.localtime(request.now).date()))
    rows = [described(view, request, pairs) for view in seen_by(request.actor)]
    return render(request, "web/cases/lists/manage.html", {"views": rows})


@page(right="cases.see", methods="GET POST")
def new(request: WebRequest) -> HttpResponse:
    """The list of the address gets a name."""
    asked = asked_by(request.GET)
    if request.method == "POST":
        kept = saving.save(_kept(request, asked), by=request.actor, at=request.now)
        messages.success(request, t("视图已保存。", "The view is saved."))
        return HttpResponseRedirect(reverse("web:cases") + asked_in(kept).query())
    form = ViewForm(request.typed, actor=request.actor)
    return _form(request, form, asked, title=t("存为视图", "Save as a view"))


@page(right="cases.see", methods="GET POST")
def change(request: WebRequest, view_id: int) -> HttpResponse:
    """What the view holds. Another name or audience; where the address holds a list, the view becomes that list."""
    view = view_of(request.actor, view_id)
    asked = asked_by(request.GET) if request.GET else asked_in(view)
    if request.method == "POST":
        kept = saving.change(view, _kept(request, asked, view), by=request.actor, at=request.now)
        messages.success(request, t("视图已保存。", "The view is saved."))
        return HttpResponseRedirect(reverse("web:cases") + asked_in(kept).query())
    form = ViewForm(request.typed, actor=request.actor, view=view)
    title = t("视图：{name}", "View “{name}”", name=name_of(view))
    return _form(request, form, asked, title=title, view=view)


@page(right="cases.see", methods="POST", back=views)
def move(request: WebRequest, view_id: int) -> HttpResponse:
    """One place up, or down."""
    view = view_of(request.actor, view_id)
    saving.move(view, up=request.POST.get("to") == "up", by=request.actor, at=request.now)
    return HttpResponseRedirect(reverse("web:case-views"))


@page(right="cases.see", methods="POST", back=views)
def retire(request: WebRequest, view_id: int) -> HttpResponse:
    """Take it away."""
    saving.retire(view_of(request.actor, view_id), by=request.actor, at=request.now)
    messages.success(request, t("视图已删除。", "The view is deleted."))
    return HttpResponseRedirect(reverse("web:case-views"))


def described(view: SavedView, request: WebRequest, pairs: dict[str, fields.Pairs]) -> dict[str, Any]:
    """A view in words."""
    asked = asked_in(view)
    audience = department_name(view.department) if view.department else tr(*SHARED[view.shared])
    return {
        "view": view,
        "name": name_of(view),
        "url": reverse("web:cases") + asked.query(),
        "chips": [chip["label"] for chip in fields.chips(asked, pairs)],
        "audience": audience,
        "by": view.owner.person.name if view.owner else "",
        "may_change": saving.may_change(view, request.actor),
    }


def _kept(request: WebRequest, asked: Asked, view: SavedView | None = None) -> saving.Kept:
    """What is to be kept. Raises Invalid where the form is not whole."""
    form = ViewForm(request.POST, actor=request.actor, view=view)
    if not form.is_valid():
        raise Invalid("有些内容不完整或有误，请看表单。", "Something is missing or wrong; see the form.")
    shared, department = form.shared_with()
    return saving.Kept(
        name=form.cleaned_data["name"],
        name_en=form.cleaned_data["name_en"],
        filters=asked.filters,
        columns=asked.columns,
        sort=asked.sort,
        shared=shared,
        department=department,
    )


def _form(
    request: WebRequest, form: ViewForm, asked: Asked, *, title: str, view: SavedView | None = None
) -> HttpResponse:
    pairs = fields.choices(Names(timezone.localtime(request.now).date()))
    columns = shown.chosen(asked.columns, request.actor) if asked.columns else []
    context = {
        "title": title,
        "view": view,
        "may_change": view is None or saving.may_change(view, request.actor),
        "form": form,
        "chips": [chip["label"] for chip in fields.chips(asked, pairs)],
        "columns": [column.label for column in columns],
        "oldest_first": asked.sort == "oldest",
        "back": reverse("web:cases") + asked.query(),
    }
    return render(request, "web/cases/lists/save.html", context)
