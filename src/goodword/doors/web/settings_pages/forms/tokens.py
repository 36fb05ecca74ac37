"""A new token for another program."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from ...bilingual import Both
from ...cases.forms.base import ColleagueField
from ...rights import RIGHTS


class TokenForm(forms.Form):
    """What it is for, as whom it acts, what it may do, until when."""

    name = forms.CharField(
        label=Both("用途", "What it is for"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    account = ColleagueField(
        label=Both("以谁的身份", "Acts as"),
        help_text=Both("令牌的权限不会超过这个人。", "It never may more than this person."),
    )
    scopes = forms.MultipleChoiceField(
        label=Both("可以做什么", "May"),
        choices=[(code, Both(zh, en)) for code, (zh, en) in RIGHTS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    until = forms.DateField(
        label=Both("有效至（含当天）", "Good until the end of"),
        required=False,
        help_text=Both("不填则一直有效，直到吊销。", "Empty: until it is revoked."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        typed = self.cleaned_data
        until = typed["until"]
        return {
            "name": typed["name"],
            "scopes": frozenset(typed["scopes"]),
            "expires_at": timezone.make_aware(datetime.combine(until, time.max)) if until else None,
        }
