"""Times on duty and times away."""

from __future__ import annotations

from django import forms

from ...bilingual import Both
from ...cases.forms.base import ColleagueField, Moment


class ShiftForm(forms.Form):
    """A time on duty."""

    account = ColleagueField(label=Both("同事", "Colleague"))
    kind = forms.ChoiceField(
        label=Both("班次", "Shift"),
        choices=[("shift", Both("在岗", "At work")), ("on_call", Both("值守", "On call"))],
    )
    starts_at = Moment(label=Both("从", "From"))
    ends_at = Moment(label=Both("到", "Until"))


class AwayForm(forms.Form):
    """A time away, and who stands in."""

    account = ColleagueField(label=Both("同事", "Colleague"))
    stand_in = ColleagueField(label=Both("代班人", "Stand-in"))
    starts_at = Moment(label=Both("从", "From"))
    ends_at = Moment(label=Both("到", "Until"))
    reason = forms.CharField(label=Both("事由", "Reason"), max_length=120, required=False)
