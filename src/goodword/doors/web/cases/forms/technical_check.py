"""FB-4.1e: what a check found."""

from __future__ import annotations

from django import forms

from goodword.voice.cases.rules.evidence import RESULTS

from ...bilingual import Both
from ...templatetags.goodword_ui import is_english
from .base import CaseForm, Words


class TechnicalCheckForm(CaseForm):
    """FB-4.1e: what a check found."""

    result = forms.ChoiceField(label=Both("结果", "Result"))
    what = Words(label=Both("检测情况", "Findings"))
    remote = forms.BooleanField(label=Both("远程诊断", "Remote diagnosis"), required=False)

    def prepare(self) -> None:
        """The results there are."""
        side = 1 if is_english() else 0
        self.pick("result").choices = [(code, names[side]) for code, names in RESULTS.items()]
