"""What customers fill in. Labels and help in both languages; errors too."""

from __future__ import annotations

import re
import secrets
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from goodword.base.core.clock import of_this_age
from goodword.company.rentals.codes import LONGEST

from .speech import both

MOMENT_INPUT = "%Y-%m-%dT%H:%M"
_KEY = re.compile(r"[\w-]{16,80}", re.ASCII)


def fresh_key() -> str:
    """A key of a form: by it the same form sent twice is one deed."""
    return secrets.token_urlsafe(24)


def required(zh: str, en: str) -> dict[str, Any]:
    """The sentence of a field that was left empty."""
    return {"required": both(zh, en)}


class FeedbackForm(forms.Form):
    """What somebody wants to tell the company. `website` is a trap: people do not see it."""

    text = forms.CharField(
        label=both("您遇到了什么情况？", "What happened?"),
        help_text=both(
            "请尽量写清：什么设备、在什么场合、出现了什么问题。",
            "Which device, in what situation, what went wrong.",
        ),
        max_length=5000,
        error_messages=required("请写下您遇到的情况。", "Please tell us what happened."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    asks = forms.CharField(
        label=both("您希望我们怎么做？", "What would you like us to do?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    asked_by_at = forms.DateTimeField(
        label=both("希望最晚什么时候解决？", "By when?"),
        required=False,
        input_formats=[MOMENT_INPUT, "%Y-%m-%dT%H:%M:%S"],
        error_messages={"invalid": both("请选择日期和时间。", "Please choose a date and a time.")},
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT_INPUT),
    )
    name = forms.CharField(
        label=both("怎么称呼您？", "Your name"),
        max_length=60,
        error_messages=required("请告诉我们怎么称呼您。", "Please give your name."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=both("您的电话", "Your telephone number"),
        help_text=both("只用于就此事与您联系。", "Only used to reach you about this."),
        max_length=30,
        error_messages=required(
            "请留下电话，我们才能联系您。", "Please leave a number, so that we can reach you."
        ),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )
    order = forms.CharField(
        label=both("租赁单号", "Order number"),
        help_text=both(
            "在合同或交付清单上，没有可以不填。", "On your contract or delivery list, if at hand."
        ),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    device = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    hung = forms.Field(required=False, widget=forms.HiddenInput)
    key = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    website = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )

    def clean_phone(self) -> str:
        """Seven to fifteen digits, however they are written."""
        phone: str = self.cleaned_data["phone"].strip()
        if not 7 <= len(re.sub(r"\D", "", phone)) <= 15:
            raise ValidationError(both("号码应有 7 至 15 位数字。", "A number has 7 to 15 digits."))
        return phone

    def clean_asked_by_at(self) -> datetime | None:
        """A moment of this age; a year out of any calendar could not be read again."""
        moment: datetime | None = self.cleaned_data["asked_by_at"]
        if moment is not None and not of_this_age(moment):
            raise ValidationError(both("请选择日期和时间。", "Please choose a date and a time."))
        return moment

    def clean_key(self) -> str:
        """The form's own key; one that was tampered with is no key at all."""
        key: str = self.cleaned_data["key"]
        return key if _KEY.fullmatch(key) else fresh_key()

    def clean_hung(self) -> str:
        """The scanned code as it came; whatever is wrong with it, the words beside it are taken."""
        return str(self.cleaned_data["hung"] or "")[: LONGEST + 1]

    def clean_website(self) -> str:
        """Filled in by programs only."""
        if self.cleaned_data["website"]:
            raise ValidationError(both("请把这一栏留空。", "Please leave this field empty."))
        return ""


class TrackForm(forms.Form):
    """Number and code of a case."""

    number = forms.CharField(
        label=both("反馈编号", "Number"),
        max_length=20,
        error_messages=required("请填写编号。", "Please give the number."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    code = forms.CharField(
        label=both("查询码", "Code"),
        help_text=both(
            "提交反馈时显示的 10 位字母和数字。", "The ten letters and digits shown when you sent it."
        ),
        max_length=40,
        error_messages=required("请填写查询码。", "Please give the code."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class AddForm(forms.Form):
    """Something more to say about a case: words, or photos that speak for themselves."""

    text = forms.CharField(
        label=both("补充说明", "Anything to add?"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    key = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    clean_key = FeedbackForm.clean_key

    def __init__(self, *arguments: Any, photos: int = 0, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.photos = photos

    def clean_text(self) -> str:
        """The words; for photos alone, a word that says so."""
        text: str = self.cleaned_data["text"].strip()
        if not text and not self.photos:
            raise ValidationError(
                both(
                    "请写下要补充的内容，或选择照片。", "Please write what you want to add, or choose photos."
                )
            )
        return text or str(both("（补充了照片）", "(photos added)"))


class ChatForm(forms.Form):
    """A word of a chat. token: whose chat it is, site: the page that holds it, key: by which it is taken in once."""

    text = forms.CharField(
        label=both("请输入您的问题", "Your question"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    name = forms.CharField(
        label=both("怎么称呼您？", "Your name"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    order = forms.CharField(
        label=both("租赁单号", "Order number"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    device = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    token = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    site = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    key = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    clean_key = FeedbackForm.clean_key

    def __init__(self, *arguments: Any, files: int = 0, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.files_sent = files

    def clean_text(self) -> str:
        """The words; files may speak for themselves."""
        text: str = self.cleaned_data["text"].strip()
        if not text and not self.files_sent:
            raise ValidationError(both("请先写几个字。", "Write a few words first."))
        return text


class AnswerForm(forms.Form):
    """The customer's answer to a solution."""

    solution = forms.UUIDField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(choices=[("accept", ""), ("decline", "")])
    why = forms.CharField(required=False, max_length=1000)


class WithdrawForm(forms.Form):
    """The customer takes the matter back."""

    why = forms.CharField(required=False, max_length=500)
    sure = forms.BooleanField(
        error_messages=required("请先勾选确认。", "Please tick the box first."),
    )
