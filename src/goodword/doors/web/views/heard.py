"""What any colleague heard, in one field from any page (CS-3.1a)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from goodword.base.core.errors import Invalid
from goodword.voice.cases.actions import hearing

from ..access import WebRequest, page
from ..bilingual import Both, choices
from ..mishaps import way_back
from ..templatetags.goodword_ui import t
from .language import inside


class HeardForm(forms.Form):
    """The words, and where they were heard."""

    text = forms.CharField(
        label=Both("原话或大意", "In their words, or the gist"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    source = forms.ChoiceField(label=Both("从哪里听到", "Where"))

    def __init__(self, *arguments: Any, at: datetime, **options: Any) -> None:
        super().__init__(*arguments, **options)
        source = self.fields["source"]
        assert isinstance(source, forms.ChoiceField)
        source.choices = choices(hearing.sources(at=at))


@page(methods="GET POST")
def heard(request: WebRequest) -> HttpResponse:
    """GET: the field, over the page one is on or as a page of its own. POST: a case of it, and back to where one was."""
    if request.method == "POST":
        form = HeardForm(request.POST, at=request.now)
        if not form.is_valid():
            raise Invalid("请写下听到了什么。", "Write down what you heard.")
        case = hearing.hear(**form.cleaned_data, by=request.actor, at=request.now)
        messages.success(request, t("已记为 #{n}，谢谢。", "Noted as #{n}, thank you.", n=case.number))
        return HttpResponseRedirect(inside(request, request.POST.get("next", "")))
    over = bool(request.headers.get("HX-Request")) and not request.headers.get("HX-Boosted")
    form = HeardForm(request.typed, at=request.now, auto_id="heard_%s")
    template = "web/heard/over.html" if over else "web/heard/page.html"
    return render(request, template, {"form": form, "here": way_back(request)})
