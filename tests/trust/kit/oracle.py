"""Which alarms there must be, told from the journal and the packs' words alone: no line of the engine is used.

A second writing of the rules in docs/packages/policy.md: each subject's entries are walked in order, each duty's
clock is kept as a list of marks, and time is added by `walltime`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from goodword.base.worktime.models import CalendarVersion
from goodword.engine.journal.kinds import kind_named
from goodword.engine.journal.models import Entry
from goodword.engine.policy.reading import read_packs
from goodword.engine.policy.schema import Binding, Condition

from .walltime import NATURAL, due, is_open, whole, worked

Facts = Mapping[str, Any]
Name = tuple[str, int]
"""An alarm of an obligation: its kind, and the rung of the ladder."""


@dataclass
class Clock:
    """One obligation as the oracle keeps it. began, ended: numbers of entries in the whole journal."""

    clause: str
    binding: Binding
    subject: str
    round_no: int
    occurrence: int
    period: str
    start: datetime
    began: int
    amount: int = 0
    unit: str = ""
    period_ends: datetime | None = None
    pauses: list[list[datetime | None]] = field(default_factory=list)
    state: str = "open"
    ended: int | None = None
    ended_at: datetime | None = None
    document: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, int, int, str]:
        """What an alarm's entry names it by."""
        return (self.subject, self.clause, self.round_no, self.occurrence, self.period)

    @property
    def is_paused(self) -> bool:
        return bool(self.pauses) and self.pauses[-1][1] is None

    def closed(self) -> list[tuple[datetime, datetime]]:
        """The pauses that are over."""
        return [(a, b) for a, b in self.pauses if a is not None and b is not None]

    def due(self) -> datetime:
        """When it falls due, as far as the pauses until now tell."""
        if self.period_ends is not None:
            return self.period_ends
        return due(self.document, self.start, self.amount, self.unit, self.closed())

    def warned(self) -> datetime:
        """When the share of its time is used after which it warns."""
        share, until = self.binding.warn_at, self.due()
        if self.period_ends is not None:
            return self.start + (until - self.start) * share
        still = self.closed()
        if self.unit in NATURAL:
            return due(self.document, self.start, round(self.amount * NATURAL[self.unit].total_seconds() * share), "s", still)  # fmt: skip
        seconds = round(worked(self.document, self.start, until, still).total_seconds() * share)
        minutes, rest = divmod(seconds, 60)
        at = due(self.document, self.start, minutes, "wmin", still)
        return at + timedelta(seconds=rest)

    def moments(self) -> dict[Name, datetime]:
        """Every alarm that time would bring about, if it stayed as it is; while it is paused, those before the pause."""
        found, since = self._running(), self.pauses[-1][0] if self.is_paused else None
        return {name: at for name, at in found.items() if since is None or at <= since}

    def _running(self) -> dict[Name, datetime]:
        """Every alarm, the pause it may be in left out."""
        at = self.due()
        found: dict[Name, datetime] = {}
        if self.warned() < at:
            found["obligation.warned", 0] = self.warned()
        if self.binding.every:
            return {**found, ("obligation.missed", 0): at}
        found["obligation.breached", 0] = at
        for level, step in enumerate(self.binding.escalation, 1):
            after = step.after
            moment = due(self.document, at, after.amount, after.unit) if after.amount else at
            found["obligation.escalated", level] = moment
        return found


class Oracle:
    """The duties of every subject, from all entries that are no alarms."""

    def __init__(self) -> None:
        self.documents: dict[str, dict[str, Any]] = {}
        for version in CalendarVersion.objects.select_related("calendar").order_by("number"):
            self.documents[version.calendar.code] = version.document
        self.bindings = {c.id: c.binding for pack in read_packs() for c in pack.clauses if c.binding}
        self.meeting = {m.on for b in self.bindings.values() for m in b.meets_on}

    def clocks(self, entries: Iterable[Entry]) -> list[Clock]:
        """Every obligation the entries bring about, ended or not."""
        by_subject: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in entries:
            if not entry.kind.startswith("obligation."):
                by_subject[entry.subject_type, entry.subject_id].append(entry)
        return [clock for mine in by_subject.values() for clock in self._of_subject(mine)]

    def _of_subject(self, entries: list[Entry]) -> list[Clock]:
        context: dict[str, Any] = {}
        seen: dict[str, Facts] = {}
        found: list[Clock] = []
        round_no = 1
        for entry in entries:
            told = {k: v for k, v in entry.facts.items() if k in kind_named(entry.kind).context}
            context |= told
            if told.get("round", round_no) != round_no:
                round_no, seen = told["round"], {}
            if entry.kind in self.meeting:
                seen[entry.kind] = entry.facts
            office = is_open(self.documents["office"], entry.at)
            known = {**context, "office_hours": office}
            for clock in [c for c in found if c.state == "open"]:
                self._touch(clock, entry, known)
                if clock.state == "met" and clock.binding.repeats:
                    found.append(self._start(clock.clause, entry, round_no, found, known))
            for clause, binding in self.bindings.items():
                if entry.kind in binding.starts_on and self._wanted(
                    clause, entry, round_no, found, known, seen
                ):
                    found.append(self._start(clause, entry, round_no, found, known))
        return found

    def _touch(self, clock: Clock, entry: Entry, known: Facts) -> None:
        binding = clock.binding
        if any(
            m.on == entry.kind and (m.when is None or holds(m.when, entry.facts)) for m in binding.meets_on
        ):
            end(clock, "met", entry)
        elif entry.kind in binding.releases_on:
            end(clock, "released", entry)
        elif entry.kind in binding.supersedes_on and self._is_another(clock, known):
            end(clock, "superseded", entry)
        elif entry.kind in binding.pauses_on and not clock.is_paused and clock.due() > entry.at:
            clock.pauses.append([entry.at, None])
        elif entry.kind in binding.resumes_on and clock.is_paused:
            clock.pauses[-1][1] = max(entry.at, clock.pauses[-1][0])  # type: ignore[type-var] # both are moments

    def _is_another(self, clock: Clock, known: Facts) -> bool:
        if not applies(clock.binding, known):
            return True
        if clock.binding.every:
            return False
        then = is_open(self.documents["office"], clock.start)
        return allowed(clock.binding, {**known, "office_hours": then}) != (clock.amount, clock.unit)

    def _wanted(
        self, clause: str, entry: Entry, round_no: int, found: list[Clock], known: Facts, seen: Mapping[str, Facts]
    ) -> bool:  # fmt: skip
        binding = self.bindings[clause]
        if not applies(binding, known):
            return False
        if binding.every:
            return bool(entry.facts.get("period") == binding.every)
        if allowed(binding, known) is None:
            return False
        before = [
            c for c in found if c.clause == clause and (binding.scope == "subject" or c.round_no == round_no)
        ]
        if before and before[-1].state in {"open", "met", "missed"}:
            met_here = {m.on for m in binding.meets_on}
            return binding.repeats and before[-1].state == "met" and entry.kind not in met_here
        return not any(
            m.on == kind and (m.when is None or holds(m.when, facts))
            for kind, facts in seen.items()
            if kind != entry.kind
            for m in binding.meets_on
        )

    def _start(self, clause: str, entry: Entry, round_no: int, found: list[Clock], known: Facts) -> Clock:
        binding = self.bindings[clause]
        same = [c for c in found if c.clause == clause and c.round_no == round_no]
        clock = Clock(
            clause,
            binding,
            entry.subject_id,
            round_no,
            max((c.occurrence for c in same), default=0) + 1,
            "",
            entry.at,
            entry.pk,
            document=self.documents[binding.calendar],
        )
        if binding.every:
            clock.period = entry.facts["label"]
            clock.period_ends = datetime.fromisoformat(entry.facts["ends_at"])
        else:
            amount = allowed(binding, known)
            assert amount is not None
            clock.amount, clock.unit = amount
        return clock


def end(clock: Clock, state: str, entry: Entry) -> None:
    """It is over by this entry."""
    clock.state, clock.ended, clock.ended_at = state, entry.pk, entry.at
    if clock.is_paused:
        clock.pauses[-1][1] = entry.at


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether one of the alternatives fits, every fact of it."""
    return any(
        all(name in facts and facts[name] in wanted for name, wanted in one) for one in condition.any_of
    )


def applies(binding: Binding, known: Facts) -> bool:
    """Whether the duty is for such a subject."""
    if binding.unless is not None and holds(binding.unless, known):
        return False
    return binding.when is None or holds(binding.when, known)


def allowed(binding: Binding, known: Facts) -> tuple[int, str] | None:
    """(amount, unit) of the first allowance that fits."""
    for within in binding.within:
        if within.when is None or holds(within.when, known):
            return within.allow.amount, within.allow.unit
    return None


def close_to(one: datetime, other: datetime) -> bool:
    """The same moment, but for the fraction of a second that a share of a length may be rounded by."""
    return abs(whole(one) - whole(other)) <= timedelta(seconds=1)
