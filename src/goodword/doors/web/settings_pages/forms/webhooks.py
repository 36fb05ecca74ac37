"""An address and what it wants to hear."""

from __future__ import annotations

import re

from django import forms

from ...bilingual import Both

_BETWEEN = re.compile(r"[\s,，、;；]+")


class EndpointForm(forms.Form):
    """One endpoint."""

    name = forms.CharField(label=Both("名称", "Name"), max_length=80)
    address = forms.CharField(label=Both("推送到", "Address"), max_length=400)
    kinds = forms.CharField(
        label=Both("哪些事件", "Which events"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=Both("一行一个；case.* 表示一整类", "One a line; case.* is a whole family"),
    )
    gives_up_after = forms.IntegerField(
        label=Both("连续失败几小时后停用", "Switched off after failing for, hours"),
        min_value=1,
        max_value=240,
        initial=24,
    )
    private = forms.BooleanField(
        label=Both("地址在本公司内网", "The address is in our own network"), required=False
    )

    def clean_kinds(self) -> tuple[str, ...]:
        """The kinds, each once."""
        return tuple(dict.fromkeys(one for one in _BETWEEN.split(self.cleaned_data["kinds"].strip()) if one))
