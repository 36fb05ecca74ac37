"""The catalogues of labels, from the policy: content classes, kinds, severities, device types, stages, causes …

FB-3.1a and FB-3.1b say how feedback is classed; FB-4.1c, FB-4.1f and FB-4.2a name evidence, causes and solutions.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from goodword.base.language.readings import DIMENSIONS, Reading, as_dict
from goodword.engine.policy.queries import values_of

URGENT = "urgent"
SOURCES = {
    "content": ("FB-3.1a", "contents"),
    "kind": ("FB-3.1a", "kinds"),
    "device_type": ("FB-3.1a", "device_types"),
    "stage": ("FB-3.1a", "stages"),
    "sentiment": ("FB-3.1a", "sentiments"),
    "severity": ("FB-3.1b", "severities"),
    "cause": ("FB-4.1f", "causes"),
    "responsible_party": ("FB-4.1f", "responsible_parties"),
    "evidence": ("FB-4.1c", "evidence"),
    "solution": ("FB-4.2a", "solutions"),
    "channel": ("FB-2.1a", "channels"),
}


def catalogue(name: str, *, on: date) -> list[Mapping[str, Any]]:
    """The entries of a catalogue as they hold on a day: each has code, zh, en and what else the policy says."""
    clause, key = SOURCES[name]
    return list(values_of(clause, on=on)[key])


def subclasses(content: str, *, on: date) -> list[Mapping[str, Any]]:
    """The sub-classes of a content class; empty for an unknown one."""
    found = next((c for c in catalogue("content", on=on) if c["code"] == content), None)
    return list(found["subclasses"]) if found else []


def codes(name: str, *, on: date) -> frozenset[str]:
    """The codes of a catalogue."""
    return frozenset(entry["code"] for entry in catalogue(name, on=on))


def name_of(name: str, code: str, *, on: date, language: str = "zh") -> str:
    """What people call a code; the code itself where the catalogue no longer has it."""
    found = next((entry for entry in catalogue(name, on=on) if entry["code"] == code), None)
    return str(found["zh" if language.startswith("zh") else "en"]) if found else code


def proposal_from(reading: Reading) -> dict[str, Any]:
    """What the reader proposes, as kept on the case: {dimension: {label, p, words}, figures}.

    Of the severity also `urgent`, the chance that the matter is urgent whatever is proposed, where the reader tells.
    """
    found = as_dict(reading)
    kept = {name: found[name] for name in (*DIMENSIONS, "figures")}
    if URGENT in reading.severity.chances:
        kept["severity"]["urgent"] = round(reading.severity.chances[URGENT], 4)
    return kept


def urgent_chance(proposal: Mapping[str, Any]) -> float:
    """The chance that the matter is urgent: as the reader told it, else the most that is left beside its label."""
    severity = proposal.get("severity") or {}
    if "urgent" in severity:
        return float(severity["urgent"])
    p = float(severity.get("p") or 0)
    return p if severity.get("label") == URGENT else 1 - p


def route(*, content: str, subclass: str, on: date) -> str:
    """The code of the department that answers for a content and sub-class: the first of the policy's routes that fits."""
    return routed(content=content, subclass=subclass, on=on)[0]


def routed(*, content: str, subclass: str, on: date) -> tuple[str, bool]:
    """(the department of the first of the policy's routes that fits, whether that route names this matter).

    A route that names neither a content nor a sub-class is the last resort: it takes whatever is left.
    """
    for rule in values_of("FB-3.2a", on=on)["routes"]:
        wanted = rule.get("subclass", subclass)
        fits = subclass in wanted if isinstance(wanted, list) else subclass == wanted
        if rule.get("content", content) == content and fits:
            return str(rule["department"]), "content" in rule or "subclass" in rule
    return "service", False
