"""What the company allows to be dispatched unattended, and how closely it is watched: the figures of FB-3.2c."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from goodword.base.core.clock import local_day
from goodword.engine.policy.queries import values_of

from ..labels import URGENT, urgent_chance

CLAUSE = "FB-3.2c"
NEEDED = ("kind", "content", "severity")
"""The labels a case cannot be dispatched without."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The figures of a day; shares and chances run from 0 to 1. See the clause in the pack."""

    allowed: bool
    confidence: Mapping[str, float] | float
    severities: tuple[str, ...]
    urgent_ceiling: float
    sampled: float
    seed: int
    watched_for: timedelta
    least_checked: int
    judged_by: str
    most_wrong: float
    urgent_missed: int
    told: tuple[str, ...]

    def confidence_for(self, severity: str) -> float:
        """How sure the reader must be where it proposes this severity; beyond reach where the company names none."""
        if isinstance(self.confidence, Mapping):
            return float(self.confidence.get(severity, 2))
        return float(self.confidence)


def rule_of(*, at: datetime) -> Rule:
    """The company's figures at a moment."""
    figures = values_of(CLAUSE, on=local_day(at))
    return Rule(
        allowed=figures["unattended"],
        confidence=figures["confidence"],
        severities=tuple(figures["severities"]),
        urgent_ceiling=figures["urgent_ceiling"],
        sampled=figures["sampled"],
        seed=figures["seed"],
        watched_for=timedelta(days=figures["watched_days"]),
        least_checked=figures["least_checked"],
        judged_by=figures["judged_by"],
        most_wrong=figures["most_wrong"],
        urgent_missed=figures["urgent_missed"],
        told=tuple(figures["told"]),
    )


def is_sure(proposal: Mapping[str, Any], rule: Rule) -> bool:
    """Whether the reader is sure enough of all that is needed, and of its not being urgent."""
    wanted = {name: proposal.get(name) or {} for name in NEEDED}
    severity = wanted["severity"].get("label")
    if severity == URGENT or severity not in rule.severities or urgent_chance(proposal) > rule.urgent_ceiling:
        return False
    least = rule.confidence_for(severity)
    return all(found.get("label") and found.get("p", 0) >= least for found in wanted.values())


def is_sampled(case_id: UUID, rule: Rule) -> bool:
    """Whether a person is to check this case blind: drawn by its id and the company's seed, so that anyone can redo it."""
    drawn = int.from_bytes(sha256(f"{rule.seed}:{case_id}".encode()).digest()[:8])
    return drawn < rule.sampled * 2**64
