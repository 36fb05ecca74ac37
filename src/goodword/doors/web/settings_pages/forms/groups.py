"""A seat in a standing group."""

from __future__ import annotations

from django import forms

from ...bilingual import Both
from ...cases.forms.base import ColleagueField

PLACES = {
    "leader": Both("组长", "Leader"),
    "deputy": Both("副组长", "Deputy"),
    "member": Both("成员", "Member"),
}


class SeatForm(forms.Form):
    """Who sits, and as what."""

    account = ColleagueField(label=Both("同事", "Colleague"))
    place = forms.ChoiceField(label=Both("席位", "Seat"), choices=list(PLACES.items()), initial="member")
