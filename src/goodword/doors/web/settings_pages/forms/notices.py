"""When late notices become one line."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms

from goodword.company.channels.correspondence.quiet import CustomersQuiet
from goodword.company.channels.gathering import Gathering

from ...bilingual import Both

MINUTE = timedelta(minutes=1)


class GatheringForm(forms.Form):
    """Two lengths in whole minutes."""

    after = forms.IntegerField(
        label=Both("迟到多少分钟起汇总", "Gathered when late by, minutes"), min_value=5, max_value=1440
    )
    lasts = forms.IntegerField(
        label=Both("一条汇总收集多少分钟", "One digest takes in for, minutes"), min_value=5, max_value=1440
    )

    @staticmethod
    def shown(chosen: Gathering) -> dict[str, int]:
        """What stands in the form for a choice."""
        return {"after": chosen.after // MINUTE, "lasts": chosen.lasts // MINUTE}


class CustomersQuietForm(forms.Form):
    """From when until when customers are sent nothing that can wait; both empty: never."""

    starts = forms.TimeField(
        label=Both("从", "From"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=Both("到", "Until"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    awake = forms.IntegerField(
        label=Both("刚来信的客户随时可回，分钟", "Whoever wrote so lately is answered at once, minutes"),
        min_value=0,
        max_value=1440,
    )

    def clean(self) -> dict[str, Any]:
        """Both times or neither."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(typed.get("starts")) != bool(typed.get("ends")):
            self.add_error("ends", Both("起止时间要么都填，要么都不填。", "Give both times, or neither."))
        return typed

    def choice(self) -> CustomersQuiet:
        """What was chosen."""
        typed = self.cleaned_data
        hours = (typed["starts"], typed["ends"]) if typed["starts"] else None
        return CustomersQuiet(hours, typed["awake"] * MINUTE)

    @staticmethod
    def shown(chosen: CustomersQuiet) -> dict[str, Any]:
        """What stands in the form for a choice."""
        starts, ends = chosen.hours or (None, None)
        return {"starts": starts, "ends": ends, "awake": chosen.awake_for // MINUTE}
