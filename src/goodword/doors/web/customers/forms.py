"""What is typed about a customer, a contact, an order."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from goodword.company.customers.models import KINDS, WAYS
from goodword.company.rentals.actions.orders import Line
from goodword.voice.cases import labels

from ..bilingual import Both, choices
from ..cases.forms.base import Moment

KIND_NAMES = {"company": "Company", "streamer": "Individual streamer", "agency": "Event agency"}
WAY_NAMES = {"phone": "Telephone", "email": "Mail", "wechat": "WeChat"}
LINES = 3


class ContactForm(forms.Form):
    """A person one reaches at a customer."""

    contact_name = forms.CharField(label=Both("联系人", "Contact"), max_length=120, required=False)
    phone = forms.CharField(
        label=Both("电话", "Telephone"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.CharField(label=Both("邮箱", "Mail"), max_length=200, required=False)
    wechat = forms.CharField(label=Both("微信", "WeChat"), max_length=120, required=False)
    preferred = forms.ChoiceField(
        label=Both("优先联系方式", "Preferred way"),
        choices=[(code, Both(zh, WAY_NAMES[code])) for code, zh in WAYS],
    )


class CustomerForm(ContactForm):
    """A new customer with its first contact."""

    kind = forms.ChoiceField(
        label=Both("类型", "Kind"), choices=[(code, Both(zh, KIND_NAMES[code])) for code, zh in KINDS]
    )
    name = forms.CharField(label=Both("客户名称", "Name"), max_length=120)
    note = forms.CharField(
        label=Both("备注", "Note"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = ("kind", "name", "contact_name", "phone", "email", "wechat", "preferred", "note")


class QuietForm(forms.Form):
    """Between which times of day the customer wants no message."""

    quiet_from = forms.TimeField(
        label=Both("从", "From"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    quiet_until = forms.TimeField(
        label=Both("到", "Until"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )


class OrderForm(forms.Form):
    """A new order with up to three lines; more come in by import or the API."""

    number = forms.CharField(label=Both("租赁单号", "Order number"), max_length=60)
    signed_at = Moment(label=Both("签约时间", "Signed"), required=False)
    promised_at = Moment(label=Both("约定交付", "Delivery promised"), required=False)
    starts_on = forms.DateField(
        label=Both("租期开始", "Rental begins"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    ends_on = forms.DateField(
        label=Both("租期结束", "Rental ends"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *arguments: Any, on: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        types = choices(labels.catalogue("device_type", on=on), empty=True)
        for place in range(LINES):
            self.fields[f"type_{place}"] = forms.ChoiceField(
                label=Both("设备类型", "Device type"), choices=types, required=False
            )
            self.fields[f"model_{place}"] = forms.CharField(
                label=Both("型号", "Model"), max_length=80, required=False
            )
            self.fields[f"serial_{place}"] = forms.CharField(
                label=Both("序列号", "Serial number"), max_length=80, required=False
            )
            self.fields[f"quantity_{place}"] = forms.IntegerField(
                label=Both("数量", "Quantity"), min_value=1, max_value=999, initial=1, required=False
            )

    @property
    def line_fields(self) -> list[list[forms.BoundField]]:
        """The fields of each line."""
        names = ("type", "model", "serial", "quantity")
        return [[self[f"{name}_{place}"] for name in names] for place in range(LINES)]

    def lines(self) -> list[Line]:
        """The lines that name a type or a serial number."""
        typed = self.cleaned_data
        return [
            Line(
                typed[f"type_{place}"],
                typed[f"model_{place}"],
                typed[f"quantity_{place}"] or 1,
                typed[f"serial_{place}"],
            )
            for place in range(LINES)
            if typed[f"type_{place}"] or typed[f"serial_{place}"]
        ]

    def dates(self) -> dict[str, Any]:
        """The moments and days that were given."""
        names = ("signed_at", "promised_at", "starts_on", "ends_on")
        return {name: value for name in names if (value := self.cleaned_data[name])}
