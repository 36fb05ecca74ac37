"""Words to and from the customer, and among colleagues."""

from __future__ import annotations

from typing import Any

from django import forms

from goodword.base.people.roles import GROUPS, ROLES
from goodword.voice.cases.actions.replying import PURPOSES

from ...bilingual import Both
from ...templatetags.goodword_ui import is_english
from .base import CaseForm, ColleaguesField, Words

PURPOSE_WORDS = {
    "first_response": ("首次响应", "First response"),
    "answer": ("答复", "Answer"),
    "opinion": ("初步意见", "First opinion"),
    "progress": ("进展", "Progress"),
    "other": ("其他", "Other"),
}


class WrittenForm(CaseForm):
    """Words for the customer; `anyway` is the second button of the phrase check (FB-4.2e)."""

    text = Words(label=Both("对客户说", "To the customer"), rows=4)
    channel = forms.ChoiceField(label=Both("渠道", "Channel"), required=False)
    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        """The case's own channel first."""
        self.offer("channel", "channel", empty=True)
        self.initial.setdefault("channel", self.case.channel)


class ReplyForm(WrittenForm):
    """An answer to the customer and what it is for."""

    purpose = forms.ChoiceField(label=Both("目的", "Purpose"))

    field_order = ("text", "purpose", "channel")

    def prepare(self) -> None:
        """First response until somebody answered, progress afterwards."""
        super().prepare()
        side = 1 if is_english() else 0
        self.pick("purpose").choices = [(code, PURPOSE_WORDS[code][side]) for code in PURPOSES]
        answered = self.case.messages.filter(direction="out", automatic=False).exists()
        self.initial.setdefault("purpose", "progress" if answered else "first_response")


class CustomerWroteForm(CaseForm):
    """What the customer said or wrote elsewhere."""

    text = Words(label=Both("客户原话", "The customer’s words"))
    channel = forms.ChoiceField(label=Both("渠道", "Channel"))

    def prepare(self) -> None:
        """The case's own channel first."""
        self.offer("channel", "channel")
        self.initial.setdefault("channel", self.case.channel)


class CallForm(CaseForm):
    """A telephone call to the customer."""

    reached = forms.TypedChoiceField(
        label=Both("结果", "Result"),
        choices=[("yes", Both("已接通", "Reached")), ("no", Both("未接通", "Not reached"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    first_proposal = Words(
        label=Both("电话里给出的初步方案", "First proposal made in the call"), required=False, rows=2
    )
    note = Words(label=Both("通话记录", "Note"), required=False, rows=2)


class NoteForm(CaseForm):
    """An internal note; the customer never sees it."""

    text = Words(label=Both("备注", "Note"))
    mentions = ColleaguesField(label=Both("提到同事", "Mention colleagues"), required=False)


class WatchForm(CaseForm):
    """Begin or stop watching."""

    watching = forms.TypedChoiceField(
        choices=[("yes", ""), ("no", "")], coerce=lambda value: value == "yes", widget=forms.HiddenInput
    )

    def prepare(self) -> None:
        """The opposite of what is."""
        mine = self.actor.account_id in self.case.watchers.values_list("account_id", flat=True)
        self.initial.setdefault("watching", "no" if mine else "yes")


class EscalateForm(CaseForm):
    """Who is called in, and why."""

    to = forms.ChoiceField(label=Both("升级给", "To"))
    reason = Words(label=Both("原因", "Reason"))

    def prepare(self) -> None:
        """Heads, leads, executives and the standing groups."""
        side = 1 if is_english() else 0
        roles = [
            ROLES[code]
            for code in ("department_head", "service_lead", "deputy_general_manager", "general_manager")
        ]
        offered: list[Any] = [(role.code, role.en if side else role.zh) for role in roles]
        self.pick("to").choices = [*offered, *((code, names[side]) for code, names in GROUPS.items())]


class WaitForm(CaseForm):
    """What the customer is waited for."""

    what = forms.CharField(label=Both("在等客户什么", "What is waited for"), max_length=200)


class ReasonForm(CaseForm):
    """A reason, where one may be given."""

    reason = Words(label=Both("原因", "Reason"), required=False, rows=2)


class ReopenForm(CaseForm):
    """What the customer says now."""

    reason = Words(label=Both("客户现在怎么说", "What the customer says now"))
