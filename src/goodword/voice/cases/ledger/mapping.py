"""How a ledger's columns are read: proposed from the file, or written down as a map."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from goodword.base.core.errors import Invalid
from goodword.base.documents.columns import detect, known_fields, plain
from goodword.base.documents.sheets import Sheet

from .. import labels

FIELDS: dict[str, tuple[str, str]] = {
    "outside_id": ("编号", "Number in the ledger"),
    "received_at": ("受理时间", "Received at"),
    "subject": ("主题", "Subject"),
    "text": ("内容", "Text"),
    "answer": ("答复", "Answer"),
    "answered_at": ("答复时间", "Answered at"),
    "closed_at": ("办结时间", "Closed at"),
    "customer": ("客户称呼", "Customer's name"),
    "customer_code": ("客户编号", "Customer number"),
    "phone": ("电话", "Telephone"),
    "email": ("邮箱", "Mail address"),
    "order": ("订单号", "Order number"),
    "channel": ("渠道", "Channel"),
    "department": ("责任部门", "Department"),
    "kind": ("性质", "Kind"),
    "content": ("类别", "Content class"),
    "severity": ("级别", "Severity"),
}
"""What a column can be, in the order people see it."""

LEDGER = "ledger"
DEFAULTS = {"channel": LEDGER, "kind": "complaint", "content": "other", "severity": "general"}
"""What is taken where neither the row nor the reader says: the widest duty, so that nothing counts as better than it was."""

SAMPLE_ROWS = 50
LONGEST_NAME = 60
NAME = re.compile(r"[\w .()（）\-]+")


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """The ledger's name, the heading of each field, and the defaults; see `checked`."""

    name: str = LEDGER
    columns: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)

    def default(self, name: str) -> str:
        """The default for channel, kind, content or severity."""
        return self.defaults.get(name) or DEFAULTS[name]

    def places(self, header: Sequence[str]) -> dict[str, int]:
        """The column number of each field. Raises Invalid, naming every heading the file does not have."""
        known = {plain(heading): number for number, heading in reversed(list(enumerate(header)))}
        lost = {name: heading for name, heading in self.columns.items() if plain(heading) not in known}
        if lost:
            told = "、".join(lost.values())
            raise Invalid(
                f"文件里没有这些列:{told}。",
                f"The file has no such columns: {told}.",
                cure_zh="请改列对应,或换用正确的文件。",
                cure_en="Change the map, or take the right file.",
                fields=dict.fromkeys(lost, "没有这一列 / no such column"),
            )
        return {name: known[plain(heading)] for name, heading in self.columns.items()}


def detected(sheet: Sheet, *, name: str = LEDGER) -> ColumnMap:
    """The map a file's headings and cells suggest; whether it will do, `checked` tells."""
    found = detect(sheet.header, sheet.rows[:SAMPLE_ROWS], FIELDS.keys() & known_fields().keys())
    columns = {field: sheet.header[found[field].column] for field in FIELDS if field in found}
    return ColumnMap(name, columns)


def checked(name: str, columns: Mapping[str, str], defaults: Mapping[str, str], *, on: date) -> ColumnMap:
    """A map as somebody wrote it, if it can be used. Raises Invalid, naming each thing that is wrong."""
    name = " ".join(name.split())
    columns = {field: heading.strip() for field, heading in columns.items() if heading.strip()}
    defaults = {field: code.strip() for field, code in defaults.items() if code.strip()}
    wrong = dict.fromkeys(columns.keys() - FIELDS.keys(), "没有这个字段 / no such field")
    wrong |= dict.fromkeys(defaults.keys() - DEFAULTS.keys(), "没有这个默认值 / no such default")
    for label in ("kind", "content", "severity"):
        if label in defaults and defaults[label] not in labels.codes(label, on=on):
            wrong[label] = "没有这个选项 / not one of the choices"
    if "channel" in defaults and defaults["channel"] not in {LEDGER, *labels.codes("channel", on=on)}:
        wrong["channel"] = "没有这个渠道 / no such channel"
    if not columns.keys() & {"text", "subject"}:
        wrong["text"] = "必须指定内容列 / the column of the text is needed"
    headings = [plain(heading) for heading in columns.values()]
    wrong |= {
        f: "一列只能用一次 / a column serves once" for f, h in columns.items() if headings.count(plain(h)) > 1
    }
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        wrong["name"] = "请给台账起个名字(60字以内) / give the ledger a name of up to 60 characters"
    if wrong:
        said = "; ".join(f"{field}: {reason}" for field, reason in wrong.items())
        raise Invalid(f"列对应不能使用({said})。", f"The map cannot be used ({said}).", fields=wrong)
    return ColumnMap(name, columns, defaults)


def from_file(path: Path, *, on: date) -> ColumnMap:
    """The map in a YAML file: name, columns {field: heading}, defaults. Raises Invalid."""
    try:
        written: Any = yaml.safe_load(path.read_text("utf-8-sig"))
        columns, defaults = written["columns"], written.get("defaults") or {}
        texts = {str(f): str(h) for f, h in columns.items()}, {str(f): str(c) for f, c in defaults.items()}
        name = str(written.get("name") or path.stem)
    except (yaml.YAMLError, UnicodeDecodeError, TypeError, KeyError, AttributeError):
        raise Invalid(
            f"{path.name} 不是列对应文件:需要 name、columns、defaults。",
            f"{path.name} is no map of columns: it has name, columns and defaults.",
        ) from None
    return checked(name, *texts, on=on)
