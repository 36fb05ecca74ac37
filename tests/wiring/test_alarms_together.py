"""Many deadlines at one moment: few statements, each alarm once, one bad row holding up no other."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import MONDAY, make_cast

from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.models import Notice, OutboxMessage
from goodword.doors.ops.worker import Worker
from goodword.engine.journal.models import Entry
from goodword.engine.journal.verifying import verify
from goodword.engine.obligations import ticking
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases.actions.receiving import Word, receive

pytestmark = pytest.mark.django_db
CASES = 30
LATE = MONDAY + timedelta(minutes=10)
FIRE = 16
"""Due rows, heads, rows anew, stamps, the move of all, entries (three statements), heads; who is concerned; outbox."""


@pytest.fixture
def cast() -> Any:
    made = make_cast(MONDAY)
    for number in range(CASES):
        receive(Word(text=f"请问周五几点送货 {number}", channel="hotline"), by=made.intake.by, at=MONDAY)
    return made


def due() -> Any:
    """The triage of each case (FB-3.2a), which falls due for all at one moment."""
    Obligation.objects.exclude(clause_id="FB-3.2a").update(wake_at=None)
    return ticking.due_now(now=LATE, limit=500)


def test_alarms_of_one_moment_cost_few_statements(cast: Any) -> None:
    ticking.tick(now=LATE - timedelta(minutes=2))  # the warnings; what is looked up once is known now
    rows = due()
    with CaptureQueriesContext(connection) as caught:
        assert ticking.fire_together(rows, now=LATE) == CASES
    marks = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    statements = [q["sql"] for q in caught if not q["sql"].startswith(marks)]
    assert len(statements) == FIRE, statements
    assert Entry.objects.filter(kind="obligation.breached").count() == CASES
    assert ticking.fire_together(rows, now=LATE) == 0, "who comes second finds them moved"
    assert Entry.objects.filter(kind="obligation.breached").count() == CASES
    assert not list(verify())


def test_notices_of_one_moment_are_delivered_together_and_once(cast: Any) -> None:
    due()
    ticking.tick(now=LATE)
    queued = OutboxMessage.objects.count()
    assert queued >= CASES
    at = OutboxMessage.objects.latest("next_at").next_at
    with CaptureQueriesContext(connection) as caught:
        assert deliver(now=at, worker="a", limit=500) == queued
    assert len(caught) < queued
    assert Notice.objects.count() == queued
    assert deliver(now=at, worker="b", limit=500) == 0


def test_one_that_cannot_be_moved_holds_up_no_other(cast: Any) -> None:
    rows = due()
    Obligation.objects.filter(pk=rows[7].pk).update(edition=99)  # no such edition
    worker = Worker(name="w", now=lambda: LATE)
    worker.one_pass()
    left = Obligation.objects.filter(wake_at__lte=LATE)
    assert [row.pk for row in left] == [rows[7].pk]
    told = Entry.objects.filter(kind="obligation.breached")
    assert {entry.facts["obligation"] for entry in told} == {
        str(row.pk) for row in rows if row.pk != rows[7].pk
    }
    assert not list(verify())
