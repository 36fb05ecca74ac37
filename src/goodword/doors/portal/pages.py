"""Drawing a public page: the company's name on top, a link home, the other language."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goodword.base.core.errors import DomainError
from goodword.wiring.administration.company import company_name

from .photos import LIMITS
from .speech import english, said


def draw(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """`portal/<template>` with what its frame needs."""
    frame = {
        "company_name": company_name().said(english=english()),
        "company_logo_url": reverse("web:look-mark"),
        "photo_limits": LIMITS,
        "portal_links": {"home": reverse("portal:feedback"), "language": reverse("portal:language")},
    }
    return render(request, f"portal/{template}", {**frame, **context}, status=status)


def sentence(problem: DomainError) -> str:
    """What a refusal says to a customer, in the page's language; clause ids are for colleagues."""
    return said(problem.sentence("zh"), problem.sentence("en"))
