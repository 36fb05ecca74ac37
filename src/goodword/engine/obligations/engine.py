"""The engine: what one journal entry does to the obligations of its subject. Pure functions on plain values.

`happen` is the whole of it. The database (`application.py`) calls it entry by entry; `replay` folds it over a
journal; a property test shows that both give the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from goodword.engine.policy.schema import Bearer

from .rulebook import Rulebook
from .timing import PERIOD, due_moment, measured, next_wake, warning_moment
from .values import Bearing, CalendarAt, Duty, Happened, Key, Obligation, State, Subject

OFFICE = "office"
"""The calendar that says whether a moment lies in office hours."""
WAIVED = "obligation.waived"
RECOMPUTED = "obligation.recomputed"
ALARMS = {
    "obligation.warned": "warned",
    "obligation.breached": "breached",
    "obligation.escalated": "escalated",
    "obligation.missed": "missed",
}


def happen(
    subject: Subject, running: Iterable[Obligation], entry: Happened, rules: Rulebook
) -> tuple[Subject, list[Obligation]]:
    """(what is known of the subject after `entry`, the obligations that changed or began by it).

    running: the subject's open obligations. Order: the context moves on; each open obligation is met, released,
    superseded, paused, resumed or given another bearer; then new ones start.
    """
    subject = _moved_on(subject, entry, rules)
    step = _Step(entry, _context_at(subject, entry.at, rules), rules)
    changed: list[Obligation] = []
    for obligation in running:
        duty = rules.duty(obligation.key.clause_id, obligation.edition)
        after = _touched(obligation, duty, step)
        if after is not obligation:
            changed.append(after)
            subject = _tallied(subject, after)
        if after.state == "met" and duty.binding.repeats:
            changed.append(_started(subject, duty, step))
            subject = _tallied(subject, changed[-1])
    for duty in rules.starting(entry.kind, entry.at):
        if _wanted(duty, subject, step):
            changed.append(_started(subject, duty, step))
            subject = _tallied(subject, changed[-1])
    return subject, changed


@dataclass(frozen=True, slots=True)
class _Step:
    """One entry, the subject's context with it, and the rules it is judged by."""

    entry: Happened
    context: Mapping[str, Any]
    rules: Rulebook


def _moved_on(subject: Subject, entry: Happened, rules: Rulebook) -> Subject:
    context = {**subject.context, **entry.context} if entry.context else subject.context
    round_no = int(entry.context.get("round", subject.round_no))
    seen = subject.seen if round_no == subject.round_no else {}
    if entry.kind in rules.meeting_kinds:
        seen = {**seen, entry.kind: dict(entry.facts)}
    return replace(subject, context=context, round_no=round_no, seen=seen)


def _context_at(subject: Subject, at: datetime, rules: Rulebook) -> Mapping[str, Any]:
    """The context with what only the moment can tell."""
    return {**subject.context, "office_hours": rules.calendar(OFFICE).calendar.is_open(at)}


def _touched(obligation: Obligation, duty: Duty, step: _Step) -> Obligation:
    """The obligation after the entry; the very same object when the entry does not concern it."""
    binding, entry = duty.binding, step.entry
    state = _ending(obligation, duty, step)
    if state is not None:
        return _ended(obligation, state, step)
    if entry.kind in binding.pauses_on and _can_pause(obligation, entry.at, step.rules):
        return replace(obligation, pauses=(*obligation.pauses, (entry.at, None)), wake_at=None)
    if entry.kind in binding.resumes_on and obligation.paused:
        return _resumed(obligation, duty, entry.at, step.rules)
    bearing = _bearing(binding.bearer, step.context)
    return obligation if bearing == obligation.bearing else replace(obligation, bearing=bearing)


def _can_pause(obligation: Obligation, at: datetime, rules: Rulebook) -> bool:
    """Whether its clock runs and has time left: what is late stays late, also where no worker has said so yet."""
    if obligation.paused or obligation.breached_at is not None:
        return False
    return _due_with(obligation, rules) > at


def _ending(obligation: Obligation, duty: Duty, step: _Step) -> State | None:
    """The state in which the entry ends the obligation, if it does."""
    binding, entry = duty.binding, step.entry
    if entry.kind == WAIVED and _is_about(entry, obligation):
        return "waived"
    if binding.is_met_by(entry.kind, entry.facts):
        return "met"
    if entry.kind in binding.releases_on:
        return "released"
    if entry.kind in binding.supersedes_on and _replaced(obligation, duty, step):
        return "superseded"
    return None


def _is_about(entry: Happened, obligation: Obligation) -> bool:
    key = obligation.key
    return (entry.facts.get("clause"), entry.facts.get("round"), entry.facts.get("occurrence")) == (
        key.clause_id,
        key.round_no,
        key.occurrence,
    )


def _replaced(obligation: Obligation, duty: Duty, step: _Step) -> bool:
    """Whether the new context makes this another duty: it no longer applies, or allows another time."""
    if not duty.binding.applies(step.context):
        return True
    if duty.binding.every:
        return False
    open_then = step.rules.calendar(OFFICE).calendar.is_open(obligation.started_at)
    allowance = duty.binding.allowance({**step.context, "office_hours": open_then})
    return allowance is None or (allowance.amount, allowance.unit) != (obligation.amount, obligation.unit)


def _ended(obligation: Obligation, state: State, step: _Step) -> Obligation:
    entry, rules = step.entry, step.rules
    pauses = tuple((start, end or entry.at) for start, end in obligation.pauses)
    obligation = replace(obligation, pauses=pauses)
    late = obligation.breached_at
    if late is None and _due_with(obligation, rules) < entry.at:
        late = _due_with(obligation, rules)
    calendar = rules.calendars[obligation.calendar_version].calendar
    used, elapsed = measured(obligation, calendar, ended_at=entry.at)
    return replace(
        obligation,
        state=state,
        ended_at=entry.at,
        ended_by=entry.entry_id,
        breached_at=late,
        wake_at=None,
        used_for=used,
        elapsed_for=elapsed,
    )


def _due_with(obligation: Obligation, rules: Rulebook) -> datetime:
    if not obligation.pauses or obligation.unit == PERIOD:
        return obligation.due_at
    calendar = rules.calendars[obligation.calendar_version].calendar
    return due_moment(obligation.amount, obligation.unit, obligation.started_at, calendar, obligation.pauses)


def _resumed(obligation: Obligation, duty: Duty, at: datetime, rules: Rulebook) -> Obligation:
    (*earlier, (start, _)) = obligation.pauses
    obligation = replace(obligation, pauses=(*earlier, (start, at)) if at > start else tuple(earlier))
    return retimed(obligation, duty, rules.calendars[obligation.calendar_version])


def retimed(obligation: Obligation, duty: Duty, on: CalendarAt) -> Obligation:
    """The obligation with warning, due and wake computed anew on `on`, from its start, allowance and pauses."""
    if obligation.unit == PERIOD:
        return replace(obligation, calendar_version=on.version)
    due = due_moment(
        obligation.amount, obligation.unit, obligation.started_at, on.calendar, obligation.pauses
    )
    warn = warning_moment(
        duty.binding.warn_at,
        obligation.started_at,
        due,
        unit=obligation.unit,
        calendar=on.calendar,
        pauses=obligation.pauses,
    )
    provisional = _depends_on_unknown(obligation.unit, due, on)
    obligation = replace(
        obligation, due_at=due, warn_at=warn, calendar_version=on.version, provisional=provisional
    )
    return replace(obligation, wake_at=next_wake(obligation, duty.binding, on.calendar))


def _depends_on_unknown(unit: str, due: datetime, on: CalendarAt) -> bool:
    return unit in {"wmin", "wh", "wd"} and on.calendar.provisional(due)


def _tallied(subject: Subject, obligation: Obligation) -> Subject:
    count = (obligation.key.round_no, obligation.key.occurrence, obligation.state)
    return replace(subject, tally={**subject.tally, obligation.key.clause_id: count})


def _wanted(duty: Duty, subject: Subject, step: _Step) -> bool:
    """Whether the entry, one of those that start the duty, starts it now: it applies, has not been started or done
    in this round (for duties of the subject: ever), and its meeting act has not been seen before its start."""
    binding, entry = duty.binding, step.entry
    if not binding.applies(step.context):
        return False
    if binding.every:
        return entry.facts.get("period") == binding.every
    if binding.allowance(step.context) is None:
        return False
    before = subject.tally.get(duty.clause_id)
    same = before is not None and (binding.scope == "subject" or before[0] == subject.round_no)
    if before is not None and same and before[2] in {"open", "met", "missed", "waived"}:
        return binding.repeats and before[2] == "met" and entry.kind not in {m.on for m in binding.meets_on}
    return not any(
        binding.is_met_by(kind, facts) for kind, facts in subject.seen.items() if kind != entry.kind
    )


def _started(subject: Subject, duty: Duty, step: _Step) -> Obligation:
    binding, entry = duty.binding, step.entry
    before = subject.tally.get(duty.clause_id)
    occurrence = before[1] + 1 if before is not None and before[0] == subject.round_no else 1
    on = step.rules.calendar(binding.calendar)
    period, amount, unit = "", 0, PERIOD
    due = entry.at
    if binding.every:
        period = str(entry.facts["label"])
        due = datetime.fromisoformat(str(entry.facts["ends_at"]))
    else:
        allowance = binding.allowance(step.context)
        assert allowance is not None  # `_wanted` has asked; a repeating duty has one for every context
        amount, unit = allowance.amount, allowance.unit
    obligation = Obligation(
        key=Key(duty.clause_id, entry.subject, subject.round_no, occurrence, period),
        edition=duty.edition,
        calendar_version=on.version,
        amount=amount,
        unit=unit,
        bearing=_bearing(binding.bearer, step.context),
        started_at=entry.at,
        warn_at=due,
        due_at=due,
        wake_at=due,
        started_by=entry.entry_id,
        history=bool(step.context.get("history")),
    )
    return _period_timed(obligation, duty, on) if binding.every else retimed(obligation, duty, on)


def _period_timed(obligation: Obligation, duty: Duty, on: CalendarAt) -> Obligation:
    lasts = obligation.due_at - obligation.started_at
    obligation = replace(obligation, warn_at=obligation.started_at + lasts * duty.binding.warn_at)
    return replace(obligation, wake_at=next_wake(obligation, duty.binding, on.calendar))


def _bearing(bearer: Bearer, context: Mapping[str, Any]) -> Bearing:
    account = context.get(bearer.person) if bearer.person else None
    department = bearer.department or ""
    if department == "responsible":
        department = str(context.get("department") or "")
    return Bearing(
        role=bearer.role, department=department, account_id=account if isinstance(account, int) else None
    )
