"""Departments: their names and heads."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from goodword.base.core.errors import NotFound
from goodword.base.people.models import Department
from goodword.wiring.administration import departments as administration

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t
from .common import checked, draw, typed_for
from .forms.departments import DepartmentForm


@page(right="people.manage")
def departments(request: WebRequest, **_of_the_form_refused: str) -> HttpResponse:
    """All departments with their heads and how many work there; `?edit=code` opens one."""
    rows = Department.objects.select_related("head__person", "merged_into").annotate(
        people=Count("accounts", filter=Q(accounts__is_active=True))
    )
    open_code = (request.typed or request.GET).get("edit", "")
    listed = [
        {
            "row": row,
            "form": DepartmentForm.of(row, typed_for(request, row.code)) if row.code == open_code else None,
        }
        for row in rows
    ]
    return draw(request, "settings-departments", "departments.html", departments=listed)


@page(right="people.manage", methods="POST", back=departments)
def change(request: WebRequest, code: str) -> HttpResponse:
    """Other names, another head."""
    row = Department.objects.filter(code=code).first()
    if row is None:
        raise NotFound("没有这个部门。", "There is no such department.")
    typed = checked(DepartmentForm.of(row, request.POST))
    by, at = request.actor, request.now
    administration.rename(row, name_zh=typed["name_zh"], name_en=typed["name_en"], by=by, at=at)
    administration.set_head(row, typed["head"], by=by, at=at)
    messages.success(request, t("已保存。", "Saved."))
    return HttpResponseRedirect(reverse("web:settings-departments"))
