"""What the language reader proposes, as the triage card shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from goodword.voice.cases import labels
from goodword.voice.cases.models import Case

from ..templatetags.goodword_ui import t
from .naming import Names

ROWS = (
    ("kind", "性质", "Kind"),
    ("severity", "程度", "Severity"),
    ("content", "内容", "Content"),
    ("subclass", "细类", "Sub-class"),
    ("device_type", "设备", "Device"),
    ("stage", "环节", "Stage"),
)
NEEDED = ("kind", "severity", "content")


@dataclass(frozen=True, slots=True)
class Read:
    """One proposed label: its name, how sure the reader is in percent, the words that decided."""

    dimension: str
    name: str
    percent: int
    words: list[str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """The proposal, and the triage form's values by which it is accepted in one click (empty when not sure)."""

    rows: list[Read]
    accept: dict[str, str]


def rows_of(proposal: dict[str, Any], *, names: Names) -> list[Read]:
    """The proposal's rows in the page's language; what the reader could not tell is said so."""
    rows = []
    content = (proposal.get("content") or {}).get("label") or ""
    for name, zh, en in ROWS:
        found = proposal.get(name) or {}
        code = found.get("label") or ""
        words = names.subclass(content, code) if name == "subclass" else names.of(name, code)
        rows.append(
            Read(
                t(zh, en),
                words or t("看不出来", "not sure"),
                round(100 * found.get("p", 0)) if code else 0,
                found.get("words", [])[:4],
            )
        )
    return rows


def proposal_of(case: Case, *, names: Names) -> Proposal:
    """The case's proposal for its triage card."""
    found = {name: (case.proposal.get(name) or {}).get("label") or "" for name, _, _ in ROWS}
    if case.kind:
        found["kind"] = case.kind
    accept: dict[str, str] = {}
    if all(found[name] for name in NEEDED):
        department = labels.route(content=found["content"], subclass=found["subclass"], on=names.day)
        subclass = f"{found['content']}:{found['subclass']}" if found["subclass"] else ""
        accept = {**found, "subclass": subclass, "department": department, "assignee": ""}
    return Proposal(rows_of(case.proposal, names=names), accept)
