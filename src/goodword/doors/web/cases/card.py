"""A case's small form, opened beside a line about it: what it is about, what there is to do, the form itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from goodword.voice.cases import states
from goodword.voice.cases.models import Case
from goodword.voice.cases.queries import obligations
from goodword.voice.cases.queries.hanging import Hanging

from ..access import WebRequest
from .abilities import BY_NAME
from .duties import duty
from .fulfilling import Deed, deeds_for
from .naming import Names
from .page import callback_refusal, form_of, refused_ability, things, words_of
from .readings import proposal_of

MOST_TABS = 5


def context(request: WebRequest, case: Case) -> dict[str, Any]:
    """The card's context: `?duty=` names what is owed, `?do=` what is to be done about it."""
    names = Names(timezone.localtime(request.now).date())
    key = _asked(request, "duty")
    owed = _owed(case, key)
    refused = refused_ability(request)
    possible = deeds_for(owed.clause_id if owed else "", case, request.actor)
    chosen = _chosen(request, case, possible)
    ability = chosen.ability if chosen else None
    form = form_of(request, case, ability, refused, initial=chosen.initial) if chosen and ability else None
    return {
        "case": case,
        "text": words_of(case, names),
        "owed": duty(owed) if owed else None,
        "tabs": _tabs(case, possible, chosen, duty_key=key),
        "chosen": ability,
        "chosen_path": ability.path(case) if ability else "",
        "form": form,
        "reply": form,
        "refused_name": refused.name if refused else "",
        "may": {ability.url_name.removeprefix("case-").replace("-", "_"): ability.path(case)}
        if ability
        else {},
        "proposal": proposal_of(case, names=names)
        if ability and ability.name == "triage" and case.state == states.RECEIVED
        else None,
        "callback_refusal": callback_refusal(case, request.actor),
        **(things(case, names, Hanging(case)) if ability and ability.part else {}),
    }


def _asked(request: WebRequest, name: str) -> str:
    """From the address; of a form that was refused, from what it was sent with."""
    return request.GET.get(name) or (request.typed.get(name, "") if request.typed else "")


def _owed(case: Case, key: str) -> Any:
    """The open duty of this case with that id; None for none."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    return next((row for row in obligations.of(case) if row.pk == wanted and row.state == "open"), None)


def _chosen(request: WebRequest, case: Case, possible: list[Deed]) -> Deed | None:
    """What was asked for or refused, where it is there to be done; else the first thing that is."""
    refused = refused_ability(request)
    wanted = refused.name if refused else _asked(request, "do")
    found = next((deed for deed in possible if deed.ability.name == wanted), None)
    if found is None and wanted in BY_NAME and (refused or BY_NAME[wanted].offered(case, request.actor)):
        found = Deed(BY_NAME[wanted])
    return found or (possible[0] if possible else None)


def _tabs(case: Case, possible: list[Deed], chosen: Deed | None, *, duty_key: str) -> list[dict[str, Any]]:
    """Links that open another form in the same place."""
    here = reverse("web:case-in-place", args=[case.number])
    shown = [deed.ability for deed in possible][:MOST_TABS]
    if chosen and chosen.ability not in shown:
        shown.append(chosen.ability)
    return [
        {
            "url": f"{here}?do={ability.name}&duty={duty_key}",
            "label": str(ability.label),
            "current": chosen is not None and ability.name == chosen.ability.name,
        }
        for ability in shown
    ]
