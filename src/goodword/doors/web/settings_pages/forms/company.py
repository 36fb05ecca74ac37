"""The company’s own name."""

from __future__ import annotations

from django import forms

from ...bilingual import Both


class CompanyForm(forms.Form):
    """The company's own name."""

    zh = forms.CharField(label=Both("中文名称", "Name in Chinese"), max_length=80, required=False)
    en = forms.CharField(label=Both("英文名称", "Name in English"), max_length=80, required=False)
