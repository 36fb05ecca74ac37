"""When late notices become one line."""

from __future__ import annotations

from datetime import timedelta

from django import forms

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
