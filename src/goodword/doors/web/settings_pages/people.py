"""People: all accounts with the roles they hold, and new ones."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse

from goodword.base.people.models import Account, Department
from goodword.wiring.administration import people as administration

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t, tr
from .common import checked, draw
from .forms.people import AccountForm
from .held import grant_words, held

PER_PAGE = 50


@page(right="people.manage")
def people(request: WebRequest) -> HttpResponse:
    """All accounts; `?q=` a part of a name, `?department=` a code."""
    query, department = request.GET.get("q", "").strip(), request.GET.get("department", "")
    rows = Account.objects.select_related("person", "department").prefetch_related(held(request))
    if query:
        named = Q(username__icontains=query) | Q(person__name__icontains=query)
        rows = rows.filter(named | Q(person__name_en__icontains=query))
    if department:
        rows = rows.filter(department__code=department)
    listed = Paginator(rows.order_by("-is_active", "department", "username"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    homes = [(row.code, tr(row.name_zh, row.name_en)) for row in Department.objects.filter(merged_into=None)]
    return draw(
        request,
        "settings-people",
        "people.html",
        listed=listed,
        people=[{"row": row, "roles": [grant_words(grant) for grant in row.grants.all()]} for row in listed],
        query=query,
        department=department,
        departments=[("", t("全部部门", "every department")), *homes],
    )


@page(right="people.manage", methods="GET POST")
def new_person(request: WebRequest) -> HttpResponse:
    """A new colleague; posted, the account with the password to hand over, shown once."""
    if request.method != "POST":
        return draw(request, "settings-people", "new_person.html", form=AccountForm(request.typed))
    typed = checked(AccountForm(request.POST))
    made = administration.make_account(**typed, by=request.actor, at=request.now)
    return shown_once(request, made)


def shown_once(request: WebRequest, handed: administration.Handed) -> HttpResponse:
    """The password stands in this answer alone: in no address, no session, no log."""
    return draw(request, "settings-people", "handed.html", account=handed.account, password=handed.password)
