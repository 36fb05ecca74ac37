"""A year or a day of a working calendar."""

from __future__ import annotations

from django import forms

from ...bilingual import Both


class YearForm(forms.Form):
    """A year's holidays and make-up days, pasted as rows."""

    year = forms.IntegerField(label=Both("年份", "Year"), min_value=2010, max_value=2100)
    rows = forms.CharField(
        label=Both("节假日清单", "Holidays"),
        help_text=Both(
            "每行：日期,放假 或 调休上班,名称。首行为 date,kind,name。",
            "One a line: date, holiday or work, name. First line: date,kind,name.",
        ),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": "date,kind,name\n2027-01-01,放假,元旦"}),
    )


class DayForm(forms.Form):
    """One day of a calendar."""

    day = forms.DateField(label=Both("日期", "Day"), widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(
        label=Both("改为", "Make it"),
        choices=[
            ("holiday", Both("放假", "Off")),
            ("work", Both("上班", "Worked")),
            ("usual", Both("照常", "As usual")),
        ],
    )
    name = forms.CharField(label=Both("名称", "Name"), max_length=40, required=False)
