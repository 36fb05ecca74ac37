"""FB-4.1e: what a check found."""

from __future__ import annotations

from django import forms

from goodword.base.language.script import chosen
from goodword.voice.cases.rules.evidence import RESULTS

from ...bilingual import Both
from .base import CaseForm, Words


class TechnicalCheckForm(CaseForm):
    """FB-4.1e: what a check found."""

    result = forms.ChoiceField(label=Both("结果", "Result"))
    what = Words(label=Both("检测情况", "Findings"))
    remote = forms.BooleanField(label=Both("远程诊断", "Remote diagnosis"), required=False)

    def prepare(self) -> None:
        """The results there are."""
        self.pick("result").choices = [(code, chosen(*names[:2])) for code, names in RESULTS.items()]
