"""What is known now; what is left empty stays as it was."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from goodword.company.customers.queries import by_number
from goodword.company.rentals.queries import device_by_serial, order_by_number

from ...bilingual import Both
from ...templatetags.goodword_ui import t
from .base import CaseForm, Moment, Words


class RecordForm(CaseForm):
    """What is known now; what is left empty stays as it was."""

    customer = forms.IntegerField(label=Both("客户编号", "Customer number"), required=False, min_value=1)
    order = forms.CharField(label=Both("租赁单号", "Rental order"), required=False, max_length=60)
    device = forms.CharField(label=Both("设备序列号", "Device serial"), required=False, max_length=80)
    device_type = forms.ChoiceField(label=Both("设备类型", "Device type"), required=False)
    scene = Words(label=Both("问题场景", "Scene"), required=False, rows=2)
    asks = Words(label=Both("具体诉求", "What is asked for"), required=False, rows=2)
    asked_by_at = Moment(label=Both("期望解决时限", "By when"), required=False)

    def prepare(self) -> None:
        """Begin with what the case has."""
        self.offer("device_type", "device_type", empty=True)
        case = self.case
        there = {
            "customer": case.customer.number if case.customer else None,
            "order": case.order.number if case.order else "",
            "device": case.device.serial if case.device else "",
            **{name: getattr(case, name) for name in ("device_type", "scene", "asks", "asked_by_at")},
        }
        self.initial = {**there, **self.initial}

    def clean_customer(self) -> Any:
        """The customer with that number."""
        return self._known(
            self.cleaned_data["customer"], by_number, "没有这个客户。", "There is no such customer."
        )

    def clean_order(self) -> Any:
        """The order with that number."""
        return self._known(
            self.cleaned_data["order"], order_by_number, "没有这个订单。", "There is no such order."
        )

    def clean_device(self) -> Any:
        """The device with that serial number."""
        return self._known(
            self.cleaned_data["device"], device_by_serial, "没有这台设备。", "There is no such device."
        )

    def facts(self) -> dict[str, Any]:
        """What is filled in; with a customer, also whom one reaches there."""
        facts = {
            name: value
            for name, value in self.cleaned_data.items()
            if value and value != getattr(self.case, name)
        }
        if "order" in facts and not facts.get("customer") and not self.case.customer:
            facts["customer"] = facts["order"].customer
        if "customer" in facts:
            facts["contact"] = facts["customer"].contacts.first()
        return facts

    @staticmethod
    def _known(typed: Any, find: Any, zh: str, en: str) -> Any:
        if not typed:
            return None
        if (found := find(typed)) is None:
            raise ValidationError(t(zh, en))
        return found
