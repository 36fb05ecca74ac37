"""One account: its roles, what they ask for, the person behind it, its log-in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from goodword.base.core.errors import NotFound
from goodword.base.people.models import Account
from goodword.wiring.administration import people as administration
from goodword.wiring.administration import second_factor
from goodword.wiring.administration.experience import record_experience

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t
from .common import checked, draw, known_account, typed_for
from .demanded import demanded
from .forms.experience import ExperienceForm
from .forms.people import LinkForm, RoleForm
from .held import grant_words, in_force
from .people import shown_once


@page(right="people.manage")
def person(request: WebRequest, account_id: int, **_of_the_form_refused: str) -> HttpResponse:
    """One account: roles held, experience, the person's other accounts."""
    account = known_account(account_id)
    grants = account.grants.filter(in_force(request)).select_related("department").order_by("pk")
    return draw(
        request,
        "settings-people",
        "person.html",
        account=account,
        grants=[{"row": grant, "words": grant_words(grant)} for grant in grants],
        others=account.person.accounts.exclude(pk=account.pk),
        role_form=RoleForm(
            typed_for(request, "role"), initial={"department": account.department and account.department.code}
        ),
        link_form=LinkForm(typed_for(request, "link")),
        experience_form=ExperienceForm(
            typed_for(request, "experience"), initial={"since": account.person.experience_since}
        ),
        demands=demanded(account.person, request),
        is_me=account.pk == request.user.pk,
        has_second_factor=second_factor.confirmed(account) is not None,
    )


@page(right="people.manage", methods="POST", back=person)
def give_role(request: WebRequest, account_id: int) -> HttpResponse:
    """Give a role."""
    account, typed = known_account(account_id), checked(RoleForm(request.POST))
    administration.give_role(
        account, typed["role"], department=typed["department"], by=request.actor, at=request.now
    )
    return back(request, account)


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
    return back(request, account)


@page(right="people.manage", methods="POST", back=person)
def link(request: WebRequest, account_id: int) -> HttpResponse:
    """The account is another one of the same person: callbacks judge by person (FB-4.3e)."""
    account, typed = known_account(account_id), checked(LinkForm(request.POST))
    administration.link_account(account, typed["other"], by=request.actor, at=request.now)
    return back(request, account)


@page(right="people.manage", methods="POST", back=person)
def reset_password(request: WebRequest, account_id: int) -> HttpResponse:
    """A new password to hand over, shown once."""
    handed = administration.reset_password(known_account(account_id), by=request.actor, at=request.now)
    return shown_once(request, handed)


@page(right="people.manage", methods="POST", back=person)
def take_second_factor(request: WebRequest, account_id: int) -> HttpResponse:
    """Who lost the telephone logs in with the password alone until another one is set."""
    account = known_account(account_id)
    second_factor.take_away(account, by=request.actor, at=request.now)
    return back(request, account)


@page(right="people.manage", methods="POST", back=person)
def set_open(request: WebRequest, account_id: int) -> HttpResponse:
    """Stop an account, or let it in again."""
    account = known_account(account_id)
    is_open = request.POST.get("open") == "yes"
    administration.set_open(account, is_open, by=request.actor, at=request.now)
    return back(request, account)


@page(right="people.manage", methods="POST", back=person)
def experience(request: WebRequest, account_id: int) -> HttpResponse:
    """Since when the person has done this kind of work."""
    account, typed = known_account(account_id), checked(ExperienceForm(request.POST))
    record_experience(account.person, since=typed["since"], by=request.actor, at=request.now)
    return back(request, account)


def back(request: WebRequest, account: Account) -> HttpResponse:
    """The page again, with what was done."""
    messages.success(request, t("已保存。", "Saved."))
    return HttpResponseRedirect(reverse("web:settings-person", args=[account.pk]))
