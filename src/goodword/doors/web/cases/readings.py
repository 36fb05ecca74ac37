"""What the language reader proposes, as the triage card shows it: each label, how sure, and which words decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from goodword.base.core.masks import mask_text
from goodword.base.language.places import places
from goodword.base.language.script import chosen
from goodword.base.people.queries import department_now
from goodword.engine.policy.queries import values_of
from goodword.voice.cases import labels
from goodword.voice.cases.actions.accepting import acceptance
from goodword.voice.cases.models import Case
from goodword.voice.cases.queries import proposals

from ..templatetags.goodword_ui import t
from .naming import Names, department_name

ROWS = (
    ("kind", "性质", "Kind"),
    ("severity", "程度", "Severity"),
    ("content", "内容", "Content"),
    ("subclass", "细类", "Sub-class"),
    ("device_type", "设备", "Device"),
    ("stage", "环节", "Stage"),
    ("sentiment", "情绪", "Mood"),
)
TONES = ("good", "info", "warn")
"""By sureness, the surest first; whatever is less sure than the second looks like the third."""
MOST_SHOWN = 1_500


@dataclass(frozen=True, slots=True)
class Read:
    """One proposed label: of which dimension, its name, how sure in percent and in words, what decided.

    percent: None where the reader could not tell; that is said, and never looks like a label.
    """

    code: str
    dimension: str
    name: str
    percent: int | None
    sureness: str
    tone: str
    words: list[str]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the customer's words; because: the dimensions it decided, empty for none."""

    text: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The proposal, and the triage form's values by which it is accepted in one click (empty when not sure).

    parts: the customer's words, masked, with what decided marked. may_be_urgent: the chance in percent, where it is
    not proposed and yet above what the company lets go unattended (FB-3.2c); None otherwise. came_to: the name of
    the department whose own address the customer wrote to, empty for none; home: then that of the department proposed;
    by_came_to: proposed because of it.
    """

    rows: list[Read]
    accept: dict[str, str]
    parts: list[Part]
    is_cut: bool
    model: str
    may_be_urgent: int | None
    home: str
    came_to: str
    by_came_to: bool


def rows_of(proposal: Mapping[str, Any], *, names: Names) -> list[Read]:
    """The proposal's rows in the page's language; what the reader could not tell is said so."""
    content = (proposal.get("content") or {}).get("label") or ""
    steps = values_of("FB-3.1a", on=names.day)["sureness"]
    return [_row(name, str(t(zh, en)), proposal, content, steps, names=names) for name, zh, en in ROWS]


def _row(
    name: str,
    dimension: str,
    proposal: Mapping[str, Any],
    content: str,
    steps: Sequence[Mapping[str, Any]],
    *,
    names: Names,
) -> Read:
    found = proposal.get(name) or {}
    code = found.get("label") or ""
    if not code:
        return Read(name, dimension, str(t("未归类", "unclassified")), None, "", "warn", [])
    p = float(found.get("p") or 0)
    rank = next((at for at, step in enumerate(steps) if p >= step["from"]), len(steps) - 1)
    return Read(
        code=name,
        dimension=dimension,
        name=names.subclass(content, code) if name == "subclass" else names.of(name, code),
        percent=round(100 * p),
        sureness=chosen(str(steps[rank]["zh"]), str(steps[rank]["en"])),
        tone=TONES[min(rank, len(TONES) - 1)],
        words=list(found.get("words") or [])[:4],
    )


def proposal_of(case: Case, *, names: Names) -> Proposal:
    """The case's proposal for its triage card."""
    accept: dict[str, str] = {}
    if (whole := acceptance(case, on=names.day)) is not None:
        found = whole.labels
        subclass = f"{found['content']}:{found['subclass']}" if found["subclass"] else ""
        accept = {**found, "subclass": subclass, "department": whole.department, "assignee": ""}
    rows = rows_of(proposals.shown(case), names=names)
    text = mask_text(case.text)
    return Proposal(
        rows=rows,
        accept=accept,
        parts=parts_of(text[:MOST_SHOWN], rows),
        is_cut=len(text) > MOST_SHOWN,
        model=case.read_by,
        may_be_urgent=_may_be_urgent(case, names),
        **_by_address(case, names),
    )


def _by_address(case: Case, names: Names) -> dict[str, Any]:
    """What the address it came to has to do with the department proposed; costs queries only where it has one."""
    if case.came_to is None:
        return {"home": "", "came_to": "", "by_came_to": False}
    read = {name: (case.proposal.get(name) or {}).get("label") or "" for name in ("content", "subclass")}
    home = proposals.home_of(case, content=read["content"], subclass=read["subclass"], on=names.day)
    return {
        "home": department_name(department_now(home.code)),
        "came_to": department_name(case.came_to),
        "by_came_to": home.by == "came_to",
    }


def parts_of(text: str, rows: Sequence[Read]) -> list[Part]:
    """The text cut where words that decided begin and end, each with the dimensions it spoke for."""
    decided = [(row.dimension, places(text, row.words)) for row in rows if row.words]
    edges = sorted({0, len(text), *(edge for _, spans in decided for span in spans for edge in span)})
    parts = []
    for start, end in pairwise(edges):
        because = [name for name, spans in decided if any(a <= start and end <= b for a, b in spans)]
        parts.append(Part(text[start:end], str(t("、", ", ")).join(because)))
    return parts


def _may_be_urgent(case: Case, names: Names) -> int | None:
    severity = case.proposal.get("severity") or {}
    if "urgent" not in severity or severity.get("label") == labels.URGENT:
        return None
    chance = labels.urgent_chance(case.proposal)
    is_much = chance > values_of("FB-3.2c", on=names.day)["urgent_ceiling"]
    return round(100 * chance) if is_much else None
