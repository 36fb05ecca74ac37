"""A year or a day of a working calendar."""

from __future__ import annotations

from typing import Any

from django import forms

from goodword.base.documents.encodings import decode
from goodword.base.documents.failures import ParseFailed

from ...bilingual import Both

LONGEST = 20_000
"""Characters of a year's list: some thirty lines."""


class YearForm(forms.Form):
    """A year's holidays and make-up days, from a file or pasted as rows."""

    year = forms.IntegerField(label=Both("年份", "Year"), min_value=2010, max_value=2100)
    file = forms.FileField(
        label=Both("从文件导入", "From a file"),
        required=False,
        help_text=Both("CSV 或 JSON 文件，编码不限。", "CSV or JSON, in any encoding."),
        widget=forms.FileInput(attrs={"accept": ".csv,.json,.txt,text/csv,application/json"}),
    )
    rows = forms.CharField(
        label=Both("或粘贴清单", "Or paste the rows"),
        help_text=Both(
            "每行：日期,放假 或 调休上班,名称。首行为 date,kind,name。",
            "One a line: date, holiday or work, name. First line: date,kind,name.",
        ),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": "date,kind,name\n2027-01-01,放假,元旦"}),
    )

    def clean(self) -> dict[str, Any]:
        """year and rows: the file's, where there is one."""
        typed: dict[str, Any] = super().clean() or {}
        file = typed.pop("file", None)
        if file is not None:
            typed["rows"] = self._read(file)
        if not typed.get("rows") and not self.errors:
            self.add_error("rows", Both("请选择文件或粘贴清单。", "Choose a file, or paste the rows."))
        return typed

    def _read(self, file: Any) -> str:
        if file.size > LONGEST:
            self.add_error(
                "file", Both("文件太大，一年的清单不会这么长。", "The file is too long for a year.")
            )
            return ""
        try:
            return decode(file.read())[0]
        except ParseFailed:
            self.add_error("file", Both("这不是文本文件，请另存为 CSV。", "This is no text: save it as CSV."))
            return ""


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
