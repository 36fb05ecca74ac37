"""What codes are wanted for, one a line."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from goodword.base.language.text import tidy
from goodword.company.rentals.codes import LONGEST_STORE, Place
from goodword.company.rentals.queries import device_by_serial, order_by_number

from ..bilingual import Both
from ..templatetags.goodword_ui import t

MOST = 60
"""Codes on one sheet: each takes two look-ups."""


class CodesForm(forms.Form):
    """Order numbers, serial numbers and names of stores; a last day, if the codes shall not hold for good."""

    things = forms.CharField(
        label=Both("租赁单号或设备序列号", "Order or serial numbers"),
        help_text=Both("每行一个", "One a line"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    stores = forms.CharField(
        label=Both("门店或服务点", "Stores or counters"),
        help_text=Both("每行一个名称，客户会看到", "One name a line; customers read it"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    until = forms.DateField(
        label=Both("有效至", "Holds until"),
        help_text=Both("空着则一直有效", "Left empty, it holds for good"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *arguments: Any, day: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.day = day

    def clean_until(self) -> date | None:
        """Today or later: a code that is over when it is printed helps nobody."""
        until: date | None = self.cleaned_data["until"]
        if until is not None and until < self.day:
            raise ValidationError(t("这一天已经过去。", "That day is over."))
        return until

    def clean_stores(self) -> list[str]:
        """The names, each once."""
        names = _lines(self.cleaned_data["stores"])
        if any(len(name) > LONGEST_STORE for name in names):
            raise ValidationError(
                t("名称最多 {n} 字。", "A name has {n} characters at most.", n=LONGEST_STORE)
            )
        return names

    def clean_things(self) -> list[Place]:
        """The orders and devices; names every line that is neither."""
        lines = _lines(self.cleaned_data["things"])
        if len(lines) > MOST:
            raise ValidationError(t("一次最多 {n} 个。", "At most {n} at a time.", n=MOST))
        places, unknown = [], []
        for line in lines:
            if (order := order_by_number(line)) is not None:
                places.append(Place(order=order))
            elif (device := device_by_serial(line)) is not None:
                places.append(Place(device=device))
            else:
                unknown.append(line[:80])
        if unknown:
            names = ", ".join(unknown)
            raise ValidationError(t("没有这些：{names}", "There are none such: {names}", names=names))
        return places

    def clean(self) -> dict[str, Any]:
        """At least one, at most a sheet."""
        typed = super().clean() or self.cleaned_data
        number = len(typed.get("things") or []) + len(typed.get("stores") or [])
        if not self.errors and not number:
            raise ValidationError(t("请至少填写一个。", "Give at least one."))
        if number > MOST:
            raise ValidationError(t("一次最多 {n} 个。", "At most {n} at a time.", n=MOST))
        return typed


def _lines(text: str) -> list[str]:
    """The lines with something in them, each once, without marks nobody sees."""
    return list(dict.fromkeys(line for raw in text.splitlines() if (line := " ".join(tidy(raw).split()))))
