"""People: their accounts and the roles they hold."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from goodword.base.core.errors import NotFound
from goodword.base.people.models import Account, Department, RoleGrant
from goodword.base.people.roles import ROLES
from goodword.wiring.administration import people as administration

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t, tr
from .common import checked, draw, known_account, typed_for
from .forms import AccountForm, LinkForm, RoleForm

PER_PAGE = 50


@page(right="people.manage")
def people(request: WebRequest) -> HttpResponse:
    """All accounts; `?q=` a part of a name, `?department=` a code."""
    query, department = request.GET.get("q", "").strip(), request.GET.get("department", "")
    rows = Account.objects.select_related("person", "department").prefetch_related(_held(request))
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
        people=[{"row": row, "roles": [_role(grant) for grant in row.grants.all()]} for row in listed],
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
    handed = administration.make_account(**typed, by=request.actor, at=request.now)
    return _handed(request, handed)


@page(right="people.manage")
def person(request: WebRequest, account_id: int, **_of_the_form_refused: str) -> HttpResponse:
    """One account: roles held, the person's other accounts."""
    account = known_account(account_id)
    grants = account.grants.filter(_in_force(request)).select_related("department").order_by("pk")
    return draw(
        request,
        "settings-people",
        "person.html",
        account=account,
        grants=[{"row": grant, "words": _role(grant)} for grant in grants],
        others=account.person.accounts.exclude(pk=account.pk),
        role_form=RoleForm(
            typed_for(request, "role"), initial={"department": account.department and account.department.code}
        ),
        link_form=LinkForm(typed_for(request, "link")),
        is_me=account.pk == request.user.pk,
    )


@page(right="people.manage", methods="POST", back=person)
def give_role(request: WebRequest, account_id: int) -> HttpResponse:
    """Give a role."""
    account, typed = known_account(account_id), checked(RoleForm(request.POST))
    administration.give_role(
        account, typed["role"], department=typed["department"], by=request.actor, at=request.now
    )
    return _back(request, account)


@page(right="people.manage", methods="POST", back=person)
def take_role(request: WebRequest, account_id: int, grant_id: int) -> HttpResponse:
    """Take a role away."""
    account = known_account(account_id)
    grant = account.grants.select_related("department").filter(pk=grant_id).first()
    if grant is None:
        raise NotFound
    administration.take_role(
        account, grant.role, department=grant.department, by=request.actor, at=request.now
    )
    return _back(request, account)


@page(right="people.manage", methods="POST", back=person)
def link(request: WebRequest, account_id: int) -> HttpResponse:
    """The account is another one of the same person: callbacks judge by person (FB-4.3e)."""
    account, typed = known_account(account_id), checked(LinkForm(request.POST))
    administration.link_account(account, typed["other"], by=request.actor, at=request.now)
    return _back(request, account)


@page(right="people.manage", methods="POST", back=person)
def reset_password(request: WebRequest, account_id: int) -> HttpResponse:
    """A new password to hand over, shown once."""
    handed = administration.reset_password(known_account(account_id), by=request.actor, at=request.now)
    return _handed(request, handed)


@page(right="people.manage", methods="POST", back=person)
def set_open(request: WebRequest, account_id: int) -> HttpResponse:
    """Stop an account, or let it in again."""
    account = known_account(account_id)
    is_open = request.POST.get("open") == "yes"
    administration.set_open(account, is_open, by=request.actor, at=request.now)
    return _back(request, account)


def _handed(request: WebRequest, handed: administration.Handed) -> HttpResponse:
    """The password stands in this answer alone: in no address, no session, no log."""
    answer = draw(request, "settings-people", "handed.html", account=handed.account, password=handed.password)
    answer["Cache-Control"] = "no-store"
    return answer


def _back(request: WebRequest, account: Account) -> HttpResponse:
    messages.success(request, t("已保存。", "Saved."))
    return HttpResponseRedirect(reverse("web:settings-person", args=[account.pk]))


def _in_force(request: WebRequest) -> Q:
    return Q(ends_at=None) | Q(ends_at__gt=request.now)


def _held(request: WebRequest) -> Prefetch[Any]:
    rows = RoleGrant.objects.filter(_in_force(request)).select_related("department").order_by("pk")
    return Prefetch("grants", rows)


def _role(grant: RoleGrant) -> str:
    role = ROLES.get(grant.role)
    name = tr(role.zh, role.en) if role else grant.role
    return f"{name} · {tr(grant.department.name_zh, grant.department.name_en)}"
