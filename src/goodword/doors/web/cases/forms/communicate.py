"""Through which channel the solution was discussed; the words, where it was written."""

from __future__ import annotations

from django import forms

from ...bilingual import Both
from .base import Words
from .written import WrittenForm


class CommunicateForm(WrittenForm):
    """Through which channel the solution was discussed; the words, where it was written."""

    text = Words(label=Both("发给客户的话", "Words sent to the customer"), required=False)
    channel = forms.ChoiceField(label=Both("渠道", "Channel"))

    field_order = ("channel", "text")
