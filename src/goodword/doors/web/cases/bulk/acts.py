"""What one can do with many cases at once: abilities of one case, with the same forms and the same actions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict

from goodword.base.people.actors import Actor
from goodword.voice.cases.bulk import Act
from goodword.voice.cases.models import Case

from ...access import WebRequest
from ..ability import Ability
from ..forms.acknowledge import AcknowledgeForm
from ..forms.base import CaseForm
from ..forms.note import BareNoteForm
from ..views import acceptance, acknowledgement, assessment, assignment, closure, dispatch, notes

BULK: tuple[tuple[Ability, str], ...] = (
    (acceptance.ABILITY, "y"),
    (acknowledgement.ABILITY, "t"),
    (assessment.ABILITY, "v"),
    (dispatch.ABILITY, "d"),
    (assignment.ABILITY, "m"),
    (notes.ABILITY, "n"),
    (closure.ABILITY, "c"),
)
"""In the order of a case's life, each with its key in the list's menu of acts."""
BY_NAME = {ability.name: ability for ability, _ in BULK}


class ThanksForm(AcknowledgeForm):
    """Thanks to many: each goes out over the channel of its own case."""

    def prepare(self) -> None:
        """No channel is asked for."""
        super().prepare()
        self.fields["channel"].widget = forms.HiddenInput()


FORMS: dict[str, type[CaseForm]] = {"acknowledgement": ThanksForm, "notes": BareNoteForm}


def offered(actor: Actor) -> list[tuple[Ability, str]]:
    """What this person may do at all; of each case the action decides."""
    return [(ability, key) for ability, key in BULK if actor.has(ability.right)]


def form_of(
    ability: Ability, request: WebRequest, specimen: Case, *, typed: QueryDict | None = None
) -> CaseForm:
    """The form of one case, for all; `specimen`, one of them, stands for the case it asks for."""
    form = FORMS.get(ability.name, ability.form)
    # One case's department is no proposal for the others'.
    made = form(typed, case=specimen, actor=request.actor, at=request.now, initial={"department": ""})
    if typed is None and (
        first := made.visible_fields()
    ):  # filled in, the button of its preview has the focus
        first[0].field.widget.attrs["autofocus"] = True  # whoever came by a key goes on typing
    return made


def typed_into(form: CaseForm) -> list[tuple[str, str]]:
    """What was typed, as hidden fields send it again."""
    data: Any = form.data
    return [(name, value) for name in form.fields for value in data.getlist(name)]


def act_of(ability: Ability, form: CaseForm) -> Act:
    """The ability's own action with the facts of a valid form."""
    facts = form.facts()

    def act(case: Case, *, by: Actor, at: datetime) -> object:
        return ability.act(case, facts, by=by, at=at)

    return act
