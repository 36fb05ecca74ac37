"""Tokens for other programs: which there are, a new one whose text is shown once, and ending one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from goodword.wiring.administration import programs

from ..access import WebRequest, page
from ..rights import right_words
from ..templatetags.goodword_ui import t
from .common import checked, draw
from .forms.tokens import TokenForm

MOST = 200


@page(right="tokens.manage", methods="GET POST")
def tokens(request: WebRequest, **_of_the_form_refused: UUID) -> HttpResponse:
    """The tokens, the newest first; posted, a new one: its text is on the answer and nowhere else."""
    clear = ""
    if request.method == "POST":
        form = TokenForm(request.POST)
        account = checked(form)["account"]
        clear = programs.make(account, **form.facts(), by=request.actor, at=request.now)
    typed = request.typed if request.typed and "name" in request.typed else None
    return draw(
        request,
        "settings-tokens",
        "tokens.html",
        clear=clear,
        lines=[_line(token, request) for token in programs.tokens().listed(most=MOST)],
        form=TokenForm(typed),
    )


@page(right="tokens.manage", methods="POST", back=tokens)
def revoke(request: WebRequest, token_id: UUID) -> HttpResponse:
    """It opens nothing any more."""
    programs.tokens().revoke(token_id, by=request.actor, at=request.now)
    messages.success(request, t("已吊销。", "Revoked."))
    return HttpResponseRedirect(reverse("web:settings-tokens"))


def _line(token: programs.Token, request: WebRequest) -> dict[str, Any]:
    return {
        "token": token,
        "rights": right_words(token.scopes),
        "is_good": token.is_good(at=request.now),
        "is_over": token.revoked_at is None and not token.is_good(at=request.now),
    }
