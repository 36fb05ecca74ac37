"""Replaying the journal gives what the database holds: the engine is one, however it is run."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import SYSTEM
from goodword.engine.journal import reactions
from goodword.engine.journal.kinds import kind_named
from goodword.engine.journal.models import Entry
from goodword.engine.journal.recording import Fact, record, record_many
from goodword.engine.journal.verifying import verify
from goodword.engine.obligations import models
from goodword.engine.obligations.application import apply_entries, apply_entry
from goodword.engine.obligations.replaying import replay
from goodword.engine.obligations.rows import happened, value_of
from goodword.engine.obligations.rules_in_force import rules_in_force
from goodword.engine.obligations.ticking import tick

START = datetime(2026, 2, 13, 1, 0, tzinfo=UTC)

severities = st.sampled_from(["urgent", "general", "suggestion"])
kinds = st.sampled_from(["complaint", "consultation", "praise", "suggestion", "request"])
departments = st.sampled_from(["service", "technology", "warehouse"])
labels = st.fixed_dictionaries(
    {
        "severity": severities,
        "kind": kinds,
        "content": st.sampled_from(["device", "service"]),
        "department": departments,
    }
)
acts = st.one_of(
    st.tuples(st.just("case.triaged"), labels),
    st.tuples(st.just("case.dispatched"), st.fixed_dictionaries({"department": departments})),
    st.tuples(st.just("case.replied"), st.fixed_dictionaries({"purpose": st.sampled_from(["answer", "opinion", "other"])})),
    st.tuples(
        st.sampled_from(
            [
                "case.head_reached", "case.progress_told", "case.investigation_started", "case.solution_communicated",
                "case.carrying_out_started", "case.done", "case.waiting_started", "case.waiting_ended",
                "case.withdrawn", "case.remote_guidance_started", "case.first_proposal_given",
            ]
        ),
        st.just({}),
    ),
    st.tuples(st.just("case.called_back"), st.just({"solved": True, "satisfied": False, "satisfaction": 2})),
    st.tuples(st.just("ROUND"), st.just({})),
    st.tuples(st.just("TICK"), st.just({})),
)  # fmt: skip
gaps = st.one_of(st.integers(0, 1800), st.integers(0, 4 * 86400))
stories = st.lists(st.tuples(st.integers(0, 2), gaps, acts), min_size=1, max_size=40)

URGENT = {"severity": "urgent", "kind": "complaint", "content": "device", "department": "technology"}
PAUSED_AND_RESUMED = [
    (0, 0, ("case.triaged", URGENT)), (0, 0, ("case.waiting_started", {})), (0, 0, ("case.waiting_ended", {})),
]  # fmt: skip
"""At one moment: what ran is as it was before."""


def play(story: list) -> datetime:
    """Write a random story of three cases into the journal, with the worker ticking now and then."""
    now, rounds = START, {}
    with one_fact():
        for number in range(3):
            facts = {
                "channel": "portal",
                "receipt": True,
                "kind": "complaint",
                "severity": "",
                "department": "service",
            }
            record(kind_named("case.received"), f"c{number}", by=SYSTEM, at=now, facts=facts)
    for number, gap, act in story:
        now += timedelta(seconds=gap)
        if act[0] == "TICK":
            tick(now=now)
            continue
        if act[0] == "ROUND":
            rounds[number] = rounds.get(number, 1) + 1
        another = ("case.round_started", {"round": rounds.get(number), "reason": "unsatisfied"})
        kind, facts = another if act[0] == "ROUND" else act
        with one_fact():
            record(kind_named(kind), f"c{number}", by=SYSTEM, at=now, facts=facts)
    return now


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(story=stories)
def test_replaying_the_journal_gives_what_the_database_holds(story: list) -> None:
    saved = dict(reactions._table)
    reactions.install({reactions.EVERY: (apply_entry,)})
    try:
        with RolledBack():
            now = play(story)
            tick(now=now + timedelta(days=30))
            held = {value_of(row).key: value_of(row) for row in models.Obligation.objects.all()}
            found = replay((happened(e) for e in Entry.objects.order_by("pk")), rules_in_force())
            assert held.keys() == found.keys()
            for key, value in held.items():
                for field in fields(value):
                    assert getattr(value, field.name) == getattr(found[key], field.name), (key, field.name)
            assert not list(verify())
    finally:
        reactions.install(saved)


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@example(story=PAUSED_AND_RESUMED, sizes=[4, 2])
@given(story=stories, sizes=st.lists(st.integers(1, 9), min_size=1))
def test_entries_written_together_come_to_the_same_as_one_by_one(story: list, sizes: list[int]) -> None:
    """Whatever is told to the journal in one go starts and ends the same obligations as told entry by entry."""
    told = _facts_of(story)
    saved = dict(reactions._table)
    try:
        found = []
        for react, groups in (
            (apply_entry, [[fact] for fact in told]),
            (apply_entries, _grouped(told, sizes)),
        ):
            reactions.install({reactions.EVERY: (react,)})
            with RolledBack():
                for group in groups:
                    record_many(group)
                found.append({value_of(r).key: _plain(value_of(r)) for r in models.Obligation.objects.all()})
                assert not list(verify())
        assert found[0] == found[1]
    finally:
        reactions.install(saved)


def _facts_of(story: list) -> list[Fact]:
    """The story without its ticks, each case received first."""
    received = {
        "channel": "portal",
        "receipt": True,
        "kind": "complaint",
        "severity": "",
        "department": "service",
    }
    told = [Fact(kind_named("case.received"), f"c{n}", SYSTEM, START, received) for n in range(3)]
    now, rounds = START, {}
    for number, gap, act in story:
        now += timedelta(seconds=gap)
        if act[0] == "TICK":
            continue
        if act[0] == "ROUND":
            rounds[number] = rounds.get(number, 1) + 1
        another = ("case.round_started", {"round": rounds.get(number), "reason": "unsatisfied"})
        kind, facts = another if act[0] == "ROUND" else act
        told.append(Fact(kind_named(kind), f"c{number}", SYSTEM, now, facts))
    return told


def _grouped(told: list[Fact], sizes: list[int]) -> list[list[Fact]]:
    groups, first = [], 0
    while first < len(told):
        size = sizes[len(groups) % len(sizes)]
        groups.append(told[first : first + size])
        first += size
    return groups


def _plain(value: object) -> dict[str, object]:
    """Every field but the ids of entries, which differ between two tellings."""
    return {
        field.name: getattr(value, field.name)
        for field in fields(value)
        if field.name not in {"started_by", "ended_by"}
    }


class RolledBack:
    """A transaction that leaves nothing behind, so that every example starts from an empty journal."""

    def __enter__(self) -> None:
        self.block = one_fact()
        self.block.__enter__()

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        from django.db import transaction

        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)
