"""FB-4.3d: solved, how satisfied, in their words."""

from __future__ import annotations

from django import forms

from goodword.voice.cases.rules import callback as rules

from ...bilingual import Both
from .base import CaseForm, Words

YES = "yes"


class CallbackForm(CaseForm):
    """FB-4.3d: solved, how satisfied, in their words."""

    solved = forms.TypedChoiceField(
        label=Both("问题解决了吗", "Is it solved?"),
        choices=[(YES, Both("已解决", "Solved")), ("no", Both("没有解决", "Not solved"))],
        coerce=lambda value: value == YES,
        widget=forms.RadioSelect,
    )
    satisfaction = forms.TypedChoiceField(
        label=Both("满意度", "Satisfaction"), coerce=int, widget=forms.RadioSelect
    )
    words = Words(label=Both("客户原话", "Their words"), required=False, rows=2)
    may_quote = forms.BooleanField(label=Both("客户同意引用", "May be quoted"), required=False)

    def prepare(self) -> None:
        """As many marks as the policy's scale has."""
        self.pick("satisfaction").choices = [(n, str(n)) for n in range(1, rules.scale(at=self.at) + 1)]
