"""The demo company: the same from the same seed, everything by the rules, and work left on every desk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from goodword.base.people.models import Account, Department, Person
from goodword.company.channels.models import Notice, OutboxMessage
from goodword.doors.ops import demo
from goodword.doors.ops.demo.notices import KEPT_FOR
from goodword.engine.journal import reactions
from goodword.engine.journal.models import Entry
from goodword.engine.journal.verifying import verify
from goodword.engine.obligations.models import Obligation
from goodword.engine.obligations.replaying import replay
from goodword.engine.obligations.rows import happened, value_of
from goodword.engine.obligations.rules_in_force import rules_in_force
from goodword.voice.cases import states
from goodword.voice.cases.models import Callback, Case, PhoneTask, Solution
from goodword.wiring.reactions import TABLE

pytestmark = [pytest.mark.django_db, pytest.mark.either]
NOW = datetime(2026, 7, 14, 2, 30, tzinfo=UTC)
SIZE = {"cases": 60, "customers": 40}
UNLIKE = {"id", "started_by", "ended_by"}
"""Fields in which a replay and the table, or two builds, name the same things by other numbers."""


@dataclass(frozen=True)
class Built:
    """The demo company as built the second time, and what was told of the first."""

    summary: demo.Summary
    first: tuple[object, ...]


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any) -> Iterator[Built]:
    """One small demo company for the whole file, built twice from the same seed and taken back at its end."""
    with django_db_blocker.unblock():
        with taken_back():
            first = told_of(demo.build(NOW, **SIZE))
        with taken_back():
            yield Built(demo.build(NOW, **SIZE), first)


@contextmanager
def taken_back() -> Iterator[None]:
    """A transaction that leaves nothing behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def told_of(summary: demo.Summary) -> tuple[object, ...]:
    """All that has to be the same when it is built again."""
    cases = Case.objects.order_by("number").values_list(
        "number",
        "state",
        "kind",
        "text",
        "received_at",
        "changed_at",
        "assignee__username",
        "customer__number",
    )
    entries = Entry.objects.order_by("pk").values_list("kind", "at", "by__username")
    duties = Obligation.objects.order_by(
        "due_at", "clause_id", "started_at", "ended_at", "level"
    ).values_list("clause_id", "state", "started_at", "due_at", "ended_at", "level")
    return list(cases), list(entries), list(duties), summary


def test_the_rules_refuse_nothing_the_demo_company_does(built: Built) -> None:
    assert built.summary.refused == ()
    assert built.summary.cases >= SIZE["cases"]
    assert built.summary.customers == SIZE["customers"]


def test_forty_people_work_there_and_one_of_them_has_two_accounts(built: Built) -> None:
    assert Person.objects.filter(accounts__isnull=False).distinct().count() == 40
    second = Account.objects.get(username="intake5")
    assert second.person == Account.objects.get(username="callback3").person
    assert not Department.objects.filter(head=None).exists()
    assert [row[0] for row in built.summary.logins] == list(
        Account.objects.order_by("pk").values_list("username", flat=True)
    )
    assert all(account.check_password(demo.PASSWORD) for account in Account.objects.all()[:2])


def test_every_state_of_a_case_can_be_seen(built: Built) -> None:
    assert set(built.summary.states) == set(states.NAMES)
    assert Case.objects.filter(round_no__gt=1).exists()
    assert Callback.objects.filter(satisfied=False).exists()


def test_work_waits_on_the_desks(built: Built) -> None:
    running = Obligation.objects.filter(state="open")
    assert running.filter(clause_id="FB-3.2a", breached_at=None).exists(), "to be triaged, in time"
    assert running.filter(clause_id="FB-3.2a", level__gte=2).exists(), "late and escalated to the head"
    assert running.filter(clause_id="FB-4.3d").exists(), "callbacks"
    assert PhoneTask.objects.filter(state="open").exists()
    assert Solution.objects.filter(approval="needed").exists()
    assert Case.objects.filter(waiting_since__isnull=False).exists()
    assert not running.filter(wake_at__lte=NOW).exists(), "nothing the worker should have done is left"


def test_some_duties_were_late_and_most_were_not(built: Built) -> None:
    decided = Obligation.objects.filter(state="met")
    late = decided.filter(breached_at__isnull=False).count()
    assert 0 < late < decided.count() * 0.25


def test_notices_are_of_the_last_two_days_only(built: Built) -> None:
    assert built.summary.notices == OutboxMessage.objects.filter(state="sent").count() > 0
    assert not Notice.objects.filter(created_at__lt=NOW - KEPT_FOR).exists()
    assert Notice.objects.filter(seen_at=None).exists()
    assert reactions._table == TABLE


def test_the_journal_is_whole_and_replaying_it_gives_the_same_obligations(built: Built) -> None:
    assert not list(verify())
    found = replay((happened(entry) for entry in Entry.objects.order_by("pk")), rules_in_force())
    held = {value.key: value for value in map(value_of, Obligation.objects.all())}
    assert held.keys() == found.keys()
    for key, value in held.items():
        for field in fields(value):
            assert getattr(value, field.name) == getattr(found[key], field.name), (key, field.name)


def test_the_same_seed_builds_the_same_company(built: Built) -> None:
    cases, entries, duties, summary = told_of(built.summary)
    assert (cases, duties, summary) == (built.first[0], built.first[2], built.first[3])
    assert entries == built.first[1]
