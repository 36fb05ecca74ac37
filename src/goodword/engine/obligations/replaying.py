"""Replay: from a journal and a rulebook to the obligations, without a database.

What `application.py` does entry by entry as things happen, this does over a whole journal: to prove the database
right, and to try another edition on the past.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from .engine import ALARMS, RECOMPUTED, happen, retimed
from .rulebook import Rulebook
from .timing import pass_time
from .values import Happened, Key, Obligation, Subject


def replay(
    entries: Iterable[Happened], rules: Rulebook, *, until: datetime | None = None
) -> dict[Key, Obligation]:
    """Every obligation the entries bring about, by key, after all of them.

    Alarm entries in the journal (obligation.warned …) are re-derived from time, not trusted. With `until`, time
    passes to that moment for all that is still open at the end.
    """
    subjects: dict[tuple[str, str], Subject] = {}
    found: dict[Key, Obligation] = {}
    running: dict[tuple[str, str], dict[Key, Obligation]] = {}
    for entry in entries:
        mine = running.setdefault(entry.subject, {})
        if entry.kind in ALARMS:
            _ring_until(entry, mine, found, rules)
            continue
        if entry.kind == RECOMPUTED:
            _recompute(entry, mine, found, rules)
            continue
        subjects[entry.subject], changed = happen(
            subjects.get(entry.subject, Subject()), list(mine.values()), entry, rules
        )
        for obligation in changed:
            _keep(obligation, mine, found)
    if until is not None:
        for key, obligation in found.items():
            found[key] = pass_time(obligation, rules, now=until)[0]
    return found


def _keep(obligation: Obligation, running: dict[Key, Obligation], found: dict[Key, Obligation]) -> None:
    found[obligation.key] = obligation
    if obligation.state == "open":
        running[obligation.key] = obligation
    else:
        running.pop(obligation.key, None)


def _mentioned(entry: Happened, running: dict[Key, Obligation]) -> Obligation | None:
    facts = entry.facts
    key = Key(
        facts["clause"],
        entry.subject,
        facts.get("round", 1),
        facts.get("occurrence", 1),
        facts.get("period", ""),
    )
    return running.get(key)


def _ring_until(
    entry: Happened, running: dict[Key, Obligation], found: dict[Key, Obligation], rules: Rulebook
) -> None:
    obligation = _mentioned(entry, running)
    if obligation is not None:
        _keep(pass_time(obligation, rules, now=entry.at)[0], running, found)


def _recompute(
    entry: Happened, running: dict[Key, Obligation], found: dict[Key, Obligation], rules: Rulebook
) -> None:
    obligation = _mentioned(entry, running)
    if obligation is not None:
        on = rules.calendars[entry.facts["calendar_version"]]
        duty = rules.duty(obligation.key.clause_id, obligation.edition)
        _keep(replace(retimed(obligation, duty, on)), running, found)
