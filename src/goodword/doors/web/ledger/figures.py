"""What the pages show of a run: its counts, the labels that were given, the rows of the preview."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from goodword.base.language.script import chosen, written
from goodword.voice.cases import labels
from goodword.voice.cases.ledger.trying import Trial
from goodword.voice.cases.models import LedgerRun

from ..templatetags.goodword_ui import is_english, t

NAMED = ("kind", "severity", "content")


def outcome_words(outcome: str) -> str:
    """What became of a row, in words."""
    return {
        "created": t("新建", "New"),
        "updated": t("更新", "Updated"),
        "unchanged": t("无变化", "Unchanged"),
        "rejected": t("未导入", "Rejected"),
    }[outcome]


def figures_of(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """The four counts with their words; rejects in red where there are some."""
    return [
        {
            "label": outcome_words(name),
            "value": counts.get(name, 0),
            "tone": "bad" if name == "rejected" and counts.get(name) else "",
        }
        for name in ("created", "updated", "unchanged", "rejected")
    ]


def labels_of(run: LedgerRun, *, on: date) -> list[dict[str, Any]]:
    """How the cases were labelled: [{title, pairs of (label, count)}], the most frequent first."""
    titles = {"kind": t("性质", "Kind"), "severity": t("级别", "Severity"), "content": t("类别", "Content")}
    found = []
    for name in NAMED:
        counted = [(key.partition(":")[2], n) for key, n in run.labels.items() if key.startswith(f"{name}:")]
        pairs = [(_name(name, code, on=on), n) for code, n in sorted(counted, key=lambda pair: -pair[1])]
        if pairs:
            found.append({"title": titles[name], "pairs": pairs})
    return found


def shown_rows(trial: Trial, *, on: date) -> list[dict[str, Any]]:
    """The rows of the preview: number, outcome, the line, its labels or its reason."""
    return [
        {
            "number": shown.number,
            "outcome": outcome_words(shown.outcome),
            "rejected": shown.outcome == "rejected",
            "line": shown.line,
            "reason": chosen(shown.zh, shown.en),
            "labels": [_name(name, getattr(shown.chosen, name), on=on) for name in NAMED]
            if shown.chosen
            else [],
            "unsure": shown.chosen is not None and not shown.chosen.sure,
        }
        for shown in trial.shown
    ]


def _name(catalogue: str, code: str, *, on: date) -> str:
    if not code:
        return t("未定", "Undecided")
    return written(labels.name_of(catalogue, code, on=on, language="en" if is_english() else "zh"))
