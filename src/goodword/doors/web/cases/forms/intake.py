"""Taking feedback down at the telephone (FB-2.2e, WM-2.3c)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from goodword.company.channels.hotline.queries import known_call
from goodword.company.customers.queries import by_number
from goodword.company.rentals.queries import device_by_serial, order_by_number
from goodword.voice.cases import labels

from ...bilingual import Both, choices
from ...templatetags.goodword_ui import t
from .base import Moment, Words
from .upload import beside_words


class IntakeForm(forms.Form):
    """What the customer says, who they are, and the record elements; what is missing can be asked for later."""

    text = Words(
        label=Both("客户怎么说", "What the customer says"),
        rows=5,
        help_text=Both("原话，不要改写", "Their own words"),
    )
    channel = forms.ChoiceField(label=Both("渠道", "Channel"), initial="hotline")
    kind = forms.ChoiceField(
        label=Both("性质", "Kind"), required=False, help_text=Both("不确定就空着", "Leave open if unsure")
    )
    find = forms.Field(
        label=Both("查找老客户", "Find a known customer"),
        required=False,
        help_text=Both(
            "尾号四位、姓名、公司、客户编号、租赁单号或设备序列号",
            "Last four digits, name, company, customer number, order or serial number",
        ),
    )
    found = forms.Field(required=False, widget=forms.HiddenInput)
    call = forms.UUIDField(required=False, widget=forms.HiddenInput)
    customer = forms.IntegerField(label=Both("客户编号", "Customer number"), required=False, min_value=1)
    name = forms.CharField(label=Both("客户姓名或名称", "Name"), required=False, max_length=120)
    phone = forms.CharField(label=Both("联系电话", "Telephone"), required=False, max_length=30)
    customer_kind = forms.ChoiceField(
        label=Both("客户类型", "Customer is"),
        required=False,
        choices=[
            ("streamer", Both("个人主播", "A streamer")),
            ("company", Both("企业", "A company")),
            ("agency", Both("活动机构", "An agency")),
        ],
    )
    order = forms.CharField(label=Both("租赁单号", "Rental order"), required=False, max_length=60)
    device = forms.CharField(label=Both("设备序列号", "Device serial"), required=False, max_length=80)
    device_type = forms.ChoiceField(label=Both("设备类型", "Device type"), required=False)
    scene = forms.CharField(label=Both("问题场景", "Scene"), required=False, max_length=400)
    asks = forms.CharField(label=Both("具体诉求", "What is asked for"), required=False, max_length=400)
    asked_by_at = Moment(label=Both("期望何时解决", "By when"), required=False)
    attached = beside_words()
    urgent_need = forms.BooleanField(
        label=Both("次日就要用设备", "Equipment needed tomorrow"),
        required=False,
        help_text=Both(
            "算作紧急咨询，须尽快通话（SU-8b）",
            "An urgent consultation: call soon (SU-8b)",
        ),
    )

    def __init__(self, *arguments: Any, day: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name in ("channel", "kind", "device_type"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices(labels.catalogue(name, on=day), empty=name != "channel")

    def clean_customer(self) -> Any:
        """The customer chosen among those found, else the one with the number typed."""
        chosen = self._chosen()[0]
        number = int(chosen) if chosen.isdecimal() and len(chosen) < 10 else self.cleaned_data["customer"]
        return self._known(number, by_number, t("没有这个客户编号。", "There is no such customer."))

    def clean_call(self) -> Any:
        """The call it was said in."""
        return self._known(
            self.cleaned_data["call"], known_call, t("没有这通电话。", "There is no such call.")
        )

    def clean_order(self) -> Any:
        """The order typed, else the one chosen with its customer."""
        number = self.cleaned_data["order"] or self._chosen()[1]
        return self._known(number, order_by_number, t("没有这个租赁单。", "There is no such order."))

    def call_said(self) -> Any:
        """The call this form was opened from; None without one."""
        try:
            return known_call(UUID(str(self["call"].value() or "")))
        except ValueError:
            return None

    def _chosen(self) -> tuple[str, str]:
        """Customer's number and order's number of what was picked: `1001` or `1001:ZL…`."""
        customer, _, order = str(self.cleaned_data["found"] or "").replace("\x00", "")[:80].partition(":")
        return customer, order

    def clean_device(self) -> Any:
        """The device with that serial number."""
        return self._known(
            self.cleaned_data["device"], device_by_serial, t("没有这台设备。", "There is no such device.")
        )

    @staticmethod
    def _known(typed: Any, find: Any, refusal: str) -> Any:
        if not typed:
            return None
        if (found := find(typed)) is None:
            raise ValidationError(refusal)
        return found
