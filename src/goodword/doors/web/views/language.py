"""The language a person reads."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from goodword.base.core.errors import Invalid
from goodword.base.people.models import Account

from ..access import WebRequest, page

KEPT_FOR = 365 * 86400


@page(public=True, methods="POST")
def set_language(request: WebRequest) -> HttpResponse:
    """Remember the language in a cookie, and with the account of somebody logged in; go back where one was."""
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        raise Invalid("没有这种语言。", "There is no such language.")
    if request.user.is_authenticated:
        # nosemgrep: writing-past-the-actions - one's own language, of interest to no journal
        Account.objects.filter(pk=request.user.pk).update(language=language)
    return remember(HttpResponseRedirect(inside(request, request.POST.get("next", ""))), language)


def remember(response: HttpResponse, language: str) -> HttpResponse:
    """The answer with the language's cookie."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=KEPT_FOR,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def inside(request: HttpRequest, path: str, otherwise: str = "/") -> str:
    """The path, when it leads to this site; another otherwise."""
    safe = url_has_allowed_host_and_scheme(path, {request.get_host()}, require_https=request.is_secure())
    return path if path and safe else otherwise
