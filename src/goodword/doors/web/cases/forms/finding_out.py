"""Investigation: evidence, checks, statements, the cause."""

from __future__ import annotations

from typing import Any

from django import forms

from goodword.engine.attachments.models import Attachment
from goodword.voice.cases.rules.evidence import RESULTS

from ...bilingual import Both
from ...templatetags.goodword_ui import is_english
from .base import CaseForm, ColleagueField, DepartmentField, Words


class EvidenceForm(CaseForm):
    """One piece of evidence, or a request for it."""

    kind = forms.ChoiceField(label=Both("证据种类", "Kind"))
    what = Words(label=Both("内容", "Content"), required=False)
    attachment = forms.ModelChoiceField(
        label=Both("附件", "File"), queryset=Attachment.objects.none(), required=False
    )
    asked_of_customer = forms.BooleanField(label=Both("请客户提供", "Asked of the customer"), required=False)
    purpose = Words(
        label=Both("用途", "Purpose"),
        required=False,
        rows=2,
        help_text=Both("超出本案所需时必填", "Needed when it is more than the case needs"),
    )

    def prepare(self) -> None:
        """The policy's kinds and the files of this case."""
        self.offer("kind", "evidence")
        files = self.fields["attachment"]
        assert isinstance(files, forms.ModelChoiceField)
        files.queryset = Attachment.objects.filter(
            subject_type="case", subject_id=str(self.case.pk), state="ok"
        )


class TechnicalCheckForm(CaseForm):
    """FB-4.1e: what a check found."""

    result = forms.ChoiceField(label=Both("结果", "Result"))
    what = Words(label=Both("检测情况", "Findings"))
    remote = forms.BooleanField(label=Both("远程诊断", "Remote diagnosis"), required=False)

    def prepare(self) -> None:
        """The results there are."""
        side = 1 if is_english() else 0
        self.pick("result").choices = [(code, names[side]) for code, names in RESULTS.items()]


class StaffStatementForm(CaseForm):
    """FB-4.1f: what the colleague concerned says."""

    staff = ColleagueField(label=Both("当事人", "Colleague concerned"))
    what = Words(label=Both("书面说明", "Statement"))


class CauseForm(CaseForm):
    """FB-4.1f: why it happened and who answers for it."""

    cause = forms.ChoiceField(label=Both("起因", "Cause"))
    responsible_party = forms.ChoiceField(label=Both("责任方", "Responsible party"))
    department = DepartmentField(label=Both("责任部门", "Department"), required=False)
    note = Words(label=Both("认定说明", "Finding"))

    def prepare(self) -> None:
        """Catalogues, and what was found before in this round."""
        self.offer("cause", "cause")
        self.offer("responsible_party", "responsible_party")
        current = (
            self.case.rounds.filter(number=self.case.round_no)
            .select_related("responsible_department")
            .first()
        )
        if current is not None and current.cause:
            home = current.responsible_department
            before: dict[str, Any] = {"cause": current.cause, "responsible_party": current.responsible_party}
            self.initial = {
                **before,
                "note": current.cause_note,
                "department": home.code if home else "",
                **self.initial,
            }
        elif self.case.responsible:
            self.initial.setdefault("department", self.case.responsible.code)
