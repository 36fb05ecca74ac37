"""Unattended dispatch (FB-3.2c): general matters and suggestions the reader is sure about go their way alone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from goodword.base.core.clock import local_day
from goodword.base.core.inserting import insert
from goodword.base.people.actors import SYSTEM
from goodword.base.people.models import Department
from goodword.base.people.queries import department_now

from ..figures.unattended import NEEDED, is_sampled, is_sure, rule_of
from ..labels import codes, route, subclasses, urgent_chance
from ..models import Case, Unattended, UnattendedStop
from ..queries.proposals import home_of
from . import triaging


def is_allowed(*, at: datetime) -> bool:
    """Whether the company lets anything be dispatched unattended at `at` (FB-3.2c), and the watch has not stopped it.

    Costs one query where the company allows it, none where not.
    """
    return rule_of(at=at).allowed and not UnattendedStop.objects.filter(resumed_at=None).exists()


def dispatch_unattended(case: Case, *, at: datetime) -> bool:
    """Triage and dispatch without a person, where the company allows it and the reader is sure enough (FB-3.2c).

    Only the severities the policy names, never urgent; only with every needed label as sure as the policy asks and
    the chance of its being urgent below the policy's ceiling; only with labels the company's catalogues know.
    What is done is written down with how it was read, and a share is drawn to be checked blind. Ask `is_allowed`
    first. Returns whether it was done.
    """
    rule = rule_of(at=at)
    if not rule.allowed or case.history or not is_sure(case.proposal, rule):
        return False
    chosen = {name: str(case.proposal[name]["label"]) for name in NEEDED}
    if any(label not in codes(name, on=local_day(at)) for name, label in chosen.items()):
        return False
    known = {entry["code"] for entry in subclasses(chosen["content"], on=local_day(at))}
    subclass = _proposed(case, "subclass", known)
    home = home_of(case, content=chosen["content"], subclass=subclass, on=local_day(at))
    department = department_now(home.code)
    triaging.triage(
        case,
        by=SYSTEM,
        at=at,
        kind=chosen["kind"],
        content=chosen["content"],
        severity=chosen["severity"],
        subclass=subclass,
        device_type=_proposed(case, "device_type", codes("device_type", on=local_day(at))),
        stage=_proposed(case, "stage", codes("stage", on=local_day(at))),
        sentiment=_proposed(case, "sentiment", codes("sentiment", on=local_day(at))),
        department=department,
    )
    insert(
        Unattended(
            case=case,
            at=at,
            model=case.read_by,
            **chosen,
            department=department.code,
            urgent_chance=urgent_chance(case.proposal),
            sampled=is_sampled(case.pk, rule),
        )
    )
    return True


def _proposed(case: Case, name: str, known: Collection[str]) -> str:
    """The reader's label, where the company's catalogue knows it."""
    label = str(case.proposal.get(name, {}).get("label") or "")
    return label if label in known else ""


def proposed_department(*, content: str, subclass: str, at: datetime) -> Department:
    """The department the policy's routes name for these labels; a merged department's successor in its place."""
    return department_now(route(content=content, subclass=subclass, on=local_day(at)))
