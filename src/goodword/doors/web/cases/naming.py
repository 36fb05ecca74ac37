"""What people call the codes on a case, in the page's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from goodword.base.language.script import chosen
from goodword.base.people.models import Department
from goodword.voice.cases import labels, states
from goodword.voice.cases.models import Case

from ..bilingual import choices
from ..templatetags.goodword_ui import is_english, t

FURTHER_CHANNELS = {
    "portal": ("网页表单", "Web form"),
    "api": ("接口", "API"),
    "wecom": ("微信客服", "WeCom"),
    "social": ("社交媒体", "Social media"),
    "ledger": ("台账导入", "Ledger"),
    "colleague": ("同事反映", "A colleague"),
}
UNKNOWN_CUSTOMER = ("未登记客户", "Unknown customer")
TONES = {"urgent": "bad", "general": "neutral", "suggestion": "info"}
STATE_TONES = {
    states.RECEIVED: "warn",
    states.CLOSED: "good",
    states.WITHDRAWN: "neutral",
    states.MERGED: "neutral",
    states.DONE: "info",
}


class Names:
    """The policy's names of codes on a day, each catalogue read once: one for a request."""

    def __init__(self, day: date) -> None:
        self.day = day
        self._read: dict[str, dict[str, Mapping[str, Any]]] = {}

    def of(self, name: str, code: str) -> str:
        """The name of a code of a catalogue; empty for none, the code itself where the catalogue has it no more."""
        entry = self.catalogue(name).get(code) if code else None
        return chosen(str(entry["zh"]), str(entry["en"])) if entry else code

    def channel(self, code: str) -> str:
        """A channel of the policy, or one of the software's own."""
        if code in FURTHER_CHANNELS:
            return chosen(*FURTHER_CHANNELS[code])
        return self.of("channel", code)

    def subclass(self, content: str, code: str) -> str:
        """A sub-class within its content class."""
        among = self.catalogue("content").get(content, {}).get("subclasses", ())
        entry = next((each for each in among if each["code"] == code), None)
        return chosen(str(entry["zh"]), str(entry["en"])) if entry else code

    def catalogue(self, name: str) -> dict[str, Mapping[str, Any]]:
        """A catalogue's entries by code."""
        if name not in self._read:
            self._read[name] = {entry["code"]: entry for entry in labels.catalogue(name, on=self.day)}
        return self._read[name]

    def pairs(self, name: str, *, empty: bool = False) -> list[tuple[str, str]]:
        """The pairs of a select."""
        return choices(self.catalogue(name).values(), empty=empty)


def state_name(state: str) -> str:
    """A state."""
    return chosen(*states.NAMES[state])


def department_name(department: Department | None) -> str:
    """A department; a dash for none."""
    if department is None:
        return "—"
    return department.name_en if is_english() else department.name_zh


def customer_name(case: Case) -> str:
    """Whose case it is, masked where it is a person."""
    if case.customer is not None:
        return case.customer.shown_name
    return t(*UNKNOWN_CUSTOMER)
