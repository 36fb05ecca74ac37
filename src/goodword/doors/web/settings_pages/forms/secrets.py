"""A secret is typed and never shown: left empty, the one that is kept stays."""

from __future__ import annotations

from django import forms

from ...bilingual import Both


def kept_secret(zh: str, en: str) -> forms.CharField:
    """The field of a secret."""
    return forms.CharField(
        label=Both(zh, en),
        max_length=100,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=Both("留空则不变；存后不再显示", "Left empty it stays; never shown again"),
    )
