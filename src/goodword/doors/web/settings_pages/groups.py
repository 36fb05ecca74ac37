"""The standing groups the regulations name: who sits in them, who stands in, who is missing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from goodword.base.people.models import Department
from goodword.base.people.roles import GROUPS, ROLES
from goodword.wiring.administration import groups as administration
from goodword.wiring.administration.make_up import Asked, make_up
from goodword.wiring.administration.standing import in_group

from ..access import WebRequest, page
from ..templatetags.goodword_ui import t, tr
from .common import checked, draw, known_account, typed_for
from .forms.groups import PLACES, SeatForm


@page(right="people.manage")
def groups(request: WebRequest, **_of_the_form_refused: Any) -> HttpResponse:
    """The three groups, each with its clause, its seats, and what the clause still asks for."""
    homes = {row.code: str(tr(row.name_zh, row.name_en)) for row in Department.objects.all()}
    return draw(
        request, "settings-groups", "groups.html", groups=[_shown(code, homes, request) for code in GROUPS]
    )


@page(right="people.manage", methods="POST", back=groups)
def seat(request: WebRequest, code: str) -> HttpResponse:
    """Seat a colleague, or give one another seat."""
    typed = checked(SeatForm(request.POST))
    administration.seat(typed["account"], code, place=typed["place"], by=request.actor, at=request.now)
    return _back(request, code)


@page(right="people.manage", methods="POST", back=groups)
def unseat(request: WebRequest, code: str, account_id: int) -> HttpResponse:
    """Take a seat away."""
    administration.unseat(known_account(account_id), code, by=request.actor, at=request.now)
    return _back(request, code)


def _shown(code: str, homes: dict[str, str], request: WebRequest) -> dict[str, Any]:
    seats = in_group(code, at=request.now)
    zh, en, clause = GROUPS[code]
    return {
        "code": code,
        "name": tr(zh, en),
        "clause": clause,
        "seats": [{"standing": seat, "place": PLACES[seat.seat]} for seat in seats],
        "asked": [_asked(asked, homes) for asked in make_up(code, seats, at=request.now)],
        "form": SeatForm(typed_for(request, code), auto_id=f"id_{code}_%s"),
    }


def _asked(asked: Asked, homes: dict[str, str]) -> dict[str, Any]:
    """「副组长 · 客服部」, and whether somebody of it sits there."""
    role = ROLES.get(asked.of) if asked.is_role else None
    of = tr(role.zh, role.en) if role else homes.get(asked.of, asked.of)
    return {"words": f"{PLACES[asked.place]} · {of}", "is_filled": asked.is_filled}


def _back(request: WebRequest, code: str) -> HttpResponse:
    messages.success(request, t("已保存。", "Saved."))
    return HttpResponseRedirect(f"{reverse('web:settings-groups')}#{code}")
