"""Unattended dispatch (FB-3.2c): general matters and suggestions the reader is sure about go their way alone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from goodword.base.core.clock import local_day
from goodword.base.people.actors import SYSTEM
from goodword.base.people.models import Department
from goodword.engine.policy.queries import values_of

from ..labels import codes, route, subclasses
from ..models import Case
from . import triaging


def is_allowed(*, at: datetime) -> bool:
    """Whether the company lets anything be dispatched unattended at `at` (FB-3.2c)."""
    return bool(values_of("FB-3.2c", on=local_day(at))["unattended"])


def dispatch_unattended(case: Case, *, at: datetime) -> bool:
    """Triage and dispatch without a person, where the company allows it and the reader is sure enough (FB-3.2c).

    Only the severities the policy names (never urgent by default), only with every needed label above the
    policy's confidence, only with labels the company's catalogues know. Returns whether it was done.
    """
    rule = values_of("FB-3.2c", on=local_day(at))
    if not rule["unattended"] or case.history:
        return False
    wanted = {name: case.proposal.get(name, {}) for name in ("kind", "content", "severity")}
    sure = all(found.get("label") and found.get("p", 0) >= rule["confidence"] for found in wanted.values())
    if not sure or wanted["severity"]["label"] not in rule["severities"]:
        return False
    chosen = {name: found["label"] for name, found in wanted.items()}
    if any(label not in codes(name, on=local_day(at)) for name, label in chosen.items()):
        return False
    known = {entry["code"] for entry in subclasses(chosen["content"], on=local_day(at))}
    subclass = _proposed(case, "subclass", known)
    triaging.triage(
        case,
        by=SYSTEM,
        at=at,
        **chosen,
        subclass=subclass,
        device_type=_proposed(case, "device_type", codes("device_type", on=local_day(at))),
        stage=_proposed(case, "stage", codes("stage", on=local_day(at))),
        department=proposed_department(content=chosen["content"], subclass=subclass, at=at),
    )
    return True


def _proposed(case: Case, name: str, known: Collection[str]) -> str:
    """The reader's label, where the company's catalogue knows it."""
    label = str(case.proposal.get(name, {}).get("label") or "")
    return label if label in known else ""


def proposed_department(*, content: str, subclass: str, at: datetime) -> Department:
    """The department the policy's routes name for these labels; a merged department's successor in its place."""
    found = Department.objects.select_related("merged_into").get(
        code=route(content=content, subclass=subclass, on=local_day(at))
    )
    return found.merged_into or found
