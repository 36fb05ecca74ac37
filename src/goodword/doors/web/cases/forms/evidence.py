"""One piece of evidence, or a request for it."""

from __future__ import annotations

from django import forms

from goodword.engine.attachments.models import Attachment

from ...bilingual import Both
from .base import CaseForm, Words


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
