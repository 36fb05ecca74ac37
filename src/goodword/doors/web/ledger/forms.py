"""The forms of a ledger: which file, how it comes in, what is in which column."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from goodword.base.language.script import chosen
from goodword.company.channels.actions.receiving import MOST_BYTES
from goodword.voice.cases import labels
from goodword.voice.cases.ledger.mapping import DEFAULTS, FIELDS, LEDGER, LONGEST_NAME, ColumnMap
from goodword.voice.cases.ledger.maps import saved_maps
from goodword.voice.cases.models import LedgerRun

from ..bilingual import Both, choices
from ..templatetags.goodword_ui import t

DETECT = ""
NEW, HISTORY = "new", "history"


class UploadForm(forms.Form):
    """A file, whether it is work or history, and whose map reads it."""

    file = forms.FileField(
        label=Both("台账文件", "Ledger"),
        help_text=Both(
            ".xlsx .xls .ods .csv(GBK 也可),最大 25 MB", ".xlsx .xls .ods .csv (GBK too), 25 MB at most"
        ),
    )
    mode = forms.ChoiceField(label=Both("导入方式", "Taken in as"))
    saved = forms.ChoiceField(label=Both("列对应", "Columns"), required=False)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["mode"].choices = modes()  # type: ignore[attr-defined]  # a field is typed by its base class
        known = [(row.name, row.name) for row in saved_maps()]
        self.fields["saved"].choices = [(DETECT, t("自动识别", "Detect them")), *known]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        """A file within the limit."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(t("文件超过 25 MB,请拆分。", "The file is above 25 MB; split it."))
        return file


def modes() -> list[tuple[str, str]]:
    """How a ledger may come in."""
    return [
        (NEW, t("新工单:时限从现在算起", "New work: the clocks begin now")),
        (HISTORY, t("历史:保留原时间,不通知任何人", "History: original times, nobody is told")),
    ]


def rows_of_map(run: LedgerRun, header: list[str], typed: QueryDict | None) -> list[dict[str, Any]]:
    """One select per field: {name, label, value, options} with every heading of the file."""
    headings = [("", "—"), *((heading, heading) for heading in dict.fromkeys(header) if heading)]
    given: Mapping[str, str] = (
        typed if typed is not None else {f"column_{f}": h for f, h in run.columns.items()}
    )
    return [
        {
            "name": f"column_{field}",
            "label": chosen(*words[:2]),
            "value": given.get(f"column_{field}", ""),
            "options": headings,
            "required": field == "text",
        }
        for field, words in FIELDS.items()
    ]


def rows_of_defaults(run: LedgerRun, typed: QueryDict | None, *, on: date) -> list[dict[str, Any]]:
    """One select per default, with the policy's choices."""
    words = {
        "channel": t("默认渠道", "Channel by default"),
        "kind": t("默认性质", "Kind by default"),
        "content": t("默认类别", "Content by default"),
        "severity": t("默认级别", "Severity by default"),
    }
    given: Mapping[str, str] = (
        typed if typed is not None else {f"default_{f}": c for f, c in run.defaults.items()}
    )
    own = {"channel": [(LEDGER, t("台账", "Ledger"))]}
    return [
        {
            "name": f"default_{field}",
            "label": words[field],
            "value": given.get(f"default_{field}") or DEFAULTS[field],
            "options": own.get(field, []) + choices(labels.catalogue(field, on=on)),
        }
        for field in DEFAULTS
    ]


def map_from(posted: QueryDict) -> ColumnMap:
    """The map as it was typed, still to be checked."""
    columns = {field: posted.get(f"column_{field}", "").strip() for field in FIELDS}
    defaults = {field: posted.get(f"default_{field}", "").strip() for field in DEFAULTS}
    return ColumnMap(
        posted.get("name", "").strip()[: LONGEST_NAME + 1] or LEDGER,
        {field: heading for field, heading in columns.items() if heading},
        {field: code for field, code in defaults.items() if code and code != DEFAULTS[field]},
    )
