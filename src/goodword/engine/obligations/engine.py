"""The engine: what one journal entry does to the obligations of its subject. Pure functions on plain values.

`happen` is the whole of it. The database (`application.py`) calls it entry by entry; `replay` folds it over a
journal; a property test shows that both give the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from .rulebook import Rulebook
from .timing import PERIOD, due_moment, measured, next_wake, warning_moment
from .values import Bearing, CalendarAt, Duty, Happened, Key, Obligation, State, Subject

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
    changed: list[Obligation] = []
    context = _context_at(subject, entry.at, rules)
    for obligation in running:
        duty = rules.duty(obligation.key.clause_id, obligation.edition)
        after = _touched(obligation, duty, entry, context, rules)
        if after is not obligation:
            changed.append(after)
            subject = _tallied(subject, after)
        if after.state == "met" and duty.binding.repeats:
            subject = _start(subject, duty, entry, context, rules, changed)
    for duty in rules.starting(entry.kind, entry.at):
        if _wanted(duty, subject, entry, context):
            subject = _start(subject, duty, entry, context, rules, changed)
    return subject, changed


def _moved_on(subject: Subject, entry: Happened, rules: Rulebook) -> Subject:
    context = {**subject.context, **entry.context} if entry.context else subject.context
    round_no = int(entry.context.get("round", subject.round_no))
    seen = subject.seen if round_no == subject.round_no else {}
    if entry.kind in rules.meeting_kinds:
        seen = {**seen, entry.kind: dict(entry.facts)}
    return replace(subject, context=context, round_no=round_no, seen=seen)


def _context_at(subject: Subject, at: datetime, rules: Rulebook) -> Mapping[str, Any]:
    """The context with what only the moment can tell."""
    return {**subject.context, "office_hours": rules.calendar("office").calendar.is_open(at)}


def _touched(
    obligation: Obligation, duty: Duty, entry: Happened, context: Mapping[str, Any], rules: Rulebook
) -> Obligation:
    binding = duty.binding
    if _is_about(entry, obligation) and entry.kind == WAIVED:
        return _ended(obligation, "waived", entry, rules)
    if binding.is_met_by(entry.kind, entry.facts):
        return _ended(obligation, "met", entry, rules)
    if entry.kind in binding.releases_on:
        return _ended(obligation, "released", entry, rules)
    if entry.kind in binding.supersedes_on and _replaced(obligation, duty, context, rules):
        return _ended(obligation, "superseded", entry, rules)
    if entry.kind in binding.pauses_on and not obligation.paused and obligation.breached_at is None:
        return replace(obligation, pauses=(*obligation.pauses, (entry.at, None)), wake_at=None)
    if entry.kind in binding.resumes_on and obligation.paused:
        return _resumed(obligation, duty, entry.at, rules)
    bearing = _bearing(binding.bearer, context)
    return obligation if bearing == obligation.bearing else replace(obligation, bearing=bearing)


def _is_about(entry: Happened, obligation: Obligation) -> bool:
    key = obligation.key
    return (entry.facts.get("clause"), entry.facts.get("round"), entry.facts.get("occurrence")) == (
        key.clause_id,
        key.round_no,
        key.occurrence,
    )


def _replaced(obligation: Obligation, duty: Duty, context: Mapping[str, Any], rules: Rulebook) -> bool:
    """Whether the new context makes this another duty: it no longer applies, or allows another time."""
    if not duty.binding.applies(context):
        return True
    if duty.binding.every:
        return False
    open_then = rules.calendar("office").calendar.is_open(obligation.started_at)
    allowance = duty.binding.allowance({**context, "office_hours": open_then})
    return allowance is None or (allowance.amount, allowance.unit) != (obligation.amount, obligation.unit)


def _ended(obligation: Obligation, state: State, entry: Happened, rules: Rulebook) -> Obligation:
    pauses = tuple((start, end or entry.at) for start, end in obligation.pauses)
    obligation = replace(obligation, pauses=pauses)
    late = obligation.breached_at
    if late is None and state == "met" and _due_with(obligation, rules) < entry.at:
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
    due = due_moment(obligation.amount, obligation.unit, obligation.started_at, on.calendar, obligation.pauses)
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


def _wanted(duty: Duty, subject: Subject, entry: Happened, context: Mapping[str, Any]) -> bool:
    binding = duty.binding
    if not binding.applies(context):
        return False
    if binding.every:
        return entry.facts.get("period") == binding.every
    if binding.allowance(context) is None:
        return False
    before = subject.tally.get(duty.clause_id)
    same = before is not None and (binding.scope == "subject" or before[0] == subject.round_no)
    if before is not None and same and before[2] in {"open", "met", "missed", "waived"}:
        return binding.repeats and before[2] == "met" and entry.kind not in {m.on for m in binding.meets_on}
    return not any(binding.is_met_by(kind, facts) for kind, facts in subject.seen.items() if kind != entry.kind)


def _start(
    subject: Subject,
    duty: Duty,
    entry: Happened,
    context: Mapping[str, Any],
    rules: Rulebook,
    changed: list[Obligation],
) -> Subject:
    binding = duty.binding
    before = subject.tally.get(duty.clause_id)
    round_no = subject.round_no
    occurrence = before[1] + 1 if before is not None and before[0] == round_no else 1
    on = rules.calendar(binding.calendar)
    period, amount, unit = "", 0, PERIOD
    due = entry.at
    if binding.every:
        period = str(entry.facts["label"])
        due = datetime.fromisoformat(str(entry.facts["ends_at"]))
    else:
        allowance = binding.allowance(context)
        assert allowance is not None
        amount, unit = allowance.amount, allowance.unit
    obligation = Obligation(
        key=Key(duty.clause_id, entry.subject, round_no, occurrence, period),
        edition=duty.edition,
        calendar_version=on.version,
        amount=amount,
        unit=unit,
        bearing=_bearing(binding.bearer, context),
        started_at=entry.at,
        warn_at=due,
        due_at=due,
        wake_at=due,
        started_by=entry.entry_id,
        history=bool(context.get("history")),
    )
    obligation = _period_timed(obligation, duty, on) if binding.every else retimed(obligation, duty, on)
    changed.append(obligation)
    return _tallied(subject, obligation)


def _period_timed(obligation: Obligation, duty: Duty, on: CalendarAt) -> Obligation:
    lasts = obligation.due_at - obligation.started_at
    obligation = replace(obligation, warn_at=obligation.started_at + lasts * duty.binding.warn_at)
    return replace(obligation, wake_at=next_wake(obligation, duty.binding, on.calendar))


def _bearing(bearer: Any, context: Mapping[str, Any]) -> Bearing:
    account = context.get(bearer.person) if bearer.person else None
    department = bearer.department or ""
    if department == "responsible":
        department = str(context.get("department") or "")
    return Bearing(role=bearer.role, department=department, account_id=account if isinstance(account, int) else None)
