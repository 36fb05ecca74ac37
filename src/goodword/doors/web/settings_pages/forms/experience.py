"""Since when a person has done this kind of work."""

from __future__ import annotations

from django import forms

from ...bilingual import Both


class ExperienceForm(forms.Form):
    """The first day of it."""

    since = forms.DateField(
        label=Both("从业起始日", "Experience since"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
