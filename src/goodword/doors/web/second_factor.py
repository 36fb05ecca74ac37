"""Who has to show a second factor before a page opens, and where they are led instead."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from goodword.base.people.actors import Actor
from goodword.base.people.models import Account
from goodword.wiring.administration import second_factor

OWED = "second_factor_owed"
"""In a session: the password was right, the code is still to come."""


def owe(request: HttpRequest, account: Account) -> bool:
    """After the password: note in the session that a code is owed, where the account has a second factor."""
    if second_factor.confirmed(account) is None:
        return False
    request.session[OWED] = True
    return True


def detour(request: HttpRequest, actor: Actor) -> HttpResponseRedirect | None:
    """Where to go first; None when the page may open. Costs a query only for roles that ask for one."""
    if request.session.get(OWED):
        return _to("web:second-factor", request)
    if not actor.needs_second_factor or request.user.is_verified():  # type: ignore[union-attr] # django-otp's
        return None
    if second_factor.confirmed(request.user) is not None:  # type: ignore[arg-type] # logged in, or no roles
        return _to("web:second-factor", request)
    return None if second_factor.is_waived() else HttpResponseRedirect(reverse("web:second-factor-own"))


def _to(name: str, request: HttpRequest) -> HttpResponseRedirect:
    there = request.get_full_path() if request.method == "GET" else "/"
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': there})}")
