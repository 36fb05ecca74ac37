"""Callback, the short way, merging and links, files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from goodword.base.core.errors import NotFound
from goodword.voice.cases.models import Case
from goodword.voice.cases.queries import listing
from goodword.voice.cases.rules import callback as rules

from ...bilingual import Both
from ...templatetags.goodword_ui import t
from .base import CaseForm, Words
from .talking import WrittenForm

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


class AttemptForm(CaseForm):
    """A callback that reached nobody."""

    note = forms.CharField(label=Both("备注", "Note"), max_length=300, required=False)


class AcknowledgeForm(WrittenForm):
    """Thanks for a suggestion or praise."""

    text = Words(label=Both("感谢的话", "Words of thanks"), required=False)

    def facts(self) -> dict[str, Any]:
        """Thanks go through the case's own channel."""
        typed = super().facts()
        typed.pop("channel")
        return typed


class AssessForm(CaseForm):
    """Adopt, later or no, with the reason."""

    verdict = forms.ChoiceField(
        label=Both("结论", "Verdict"),
        choices=[
            ("adopt", Both("采纳", "Adopt")),
            ("later", Both("以后再议", "Later")),
            ("no", Both("不采纳", "No")),
        ],
        widget=forms.RadioSelect,
    )
    reason = Words(label=Both("理由", "Reason"))
    told = forms.BooleanField(
        label=Both("把理由作为答复发给客户", "Send the reason to the customer as the answer"),
        required=False,
        initial=True,
    )
    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)


class OtherCaseForm(CaseForm):
    """Another case, by its number."""

    other = forms.IntegerField(label=Both("工单号", "Case number"), min_value=1)

    def clean_other(self) -> Case:
        """The case, if the person may see it."""
        try:
            return listing.get(self.actor, self.cleaned_data["other"])
        except NotFound:
            raise ValidationError(t("没有这个工单。", "There is no such case.")) from None


class LinkForm(OtherCaseForm):
    """Another case and how it is related."""

    relation = forms.ChoiceField(
        label=Both("关系", "Relation"),
        choices=[
            ("related", Both("相关", "Related")),
            ("follows", Both("本单是其后续", "This one follows it")),
            ("same_cause", Both("同一起因", "Same cause")),
        ],
    )


class DuplicateForm(CaseForm):
    """Which proposal is dismissed."""

    proposal = forms.IntegerField(widget=forms.HiddenInput)


class ManyFiles(forms.ClearableFileInput):
    """A file field that takes several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=ManyFiles(), **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each of them, cleaned."""
        several = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(each, initial) for each in several]


class UploadForm(CaseForm):
    """Files of the case."""

    file = FilesField(label=Both("选择文件", "Files"))
