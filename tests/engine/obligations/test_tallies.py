"""Figures counted up by day are exactly those counted one by one, however far the counting has come."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import MONDAY, Cast, make_cast

from goodword.engine.journal.models import Entry
from goodword.engine.obligations.models import DayTally, Obligation, TallyMark
from goodword.engine.obligations.tallies import FIGURES, Span, figures
from goodword.engine.obligations.tallying import count_up

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 4, tzinfo=UTC)
MIDNIGHT = datetime(2026, 3, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
BY = ("clause_id", "bearer_department", "bearer_account_id")
ENDS = ("open", "met", "missed", "waived", "superseded", "released")


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody, with nothing owed yet."""
    return make_cast(MONDAY)


duty = st.fixed_dictionaries(
    {
        "clause": st.sampled_from(["FB-3.2a", "CS-3.2a"]),
        "hours": st.integers(0, 150),
        "state": st.sampled_from(ENDS),
        "late": st.booleans(),
        "history": st.booleans(),
        "department": st.sampled_from(["service", ""]),
        "named": st.booleans(),
        "by_time": st.booleans(),
    }
)
edge = st.none() | st.sampled_from([-30, 0, 24, 37, 48, 150])


def write(number: int, drawn: dict, account: int) -> Obligation:
    """One duty with the entries that began and ended it; what time itself ended has no such entry."""
    ended = drawn["state"] != "open"
    started_at = MIDNIGHT + timedelta(hours=drawn["hours"] - 24)
    entries = [
        Entry.objects.create(
            subject_type="tally", subject_id=str(number), number=place, kind="x", at=started_at,
            recorded_at=started_at, before="", digest="",
        )
        for place in (1, 2)
    ]  # fmt: skip
    return Obligation.objects.create(
        clause_id=drawn["clause"], edition=1, calendar_version=1, subject_type="tally", subject_id=str(number),
        amount=1, unit="h", bearer_role="x", bearer_department=drawn["department"],
        bearer_account_id=account if drawn["named"] else None, state=drawn["state"], started_at=started_at,
        warn_at=started_at, due_at=started_at + timedelta(hours=1), wake_at=None if ended else NOW,
        breached_at=started_at if drawn["late"] else None, ended_at=NOW if ended else None,
        history=drawn["history"], started_by=entries[0],
        ended_by=None if not ended or (drawn["by_time"] and drawn["state"] == "missed") else entries[1],
    )  # fmt: skip


def one_by_one(by: tuple[str, ...], span: Span, history: bool | None) -> dict:
    """The slow way, from the rows as they are."""
    found: dict = {}
    for row in Obligation.objects.filter(subject_type="tally"):
        inside = (span.started_from is None or row.started_at >= span.started_from) and (
            span.started_to is None or row.started_at < span.started_to
        )
        if not inside or (history is not None and row.history != history):
            continue
        day = row.started_at.astimezone(MIDNIGHT.tzinfo).date()
        key = tuple(day if name == "day" else getattr(row, name) or 0 for name in by)
        counts = found.setdefault(key, Counter())
        counts["started"] += 1
        late = row.breached_at is not None
        if row.state == "open":
            counts["open"] += 1
            counts["overdue"] += late or row.due_at < NOW
        elif row.state in {"missed", "waived"}:
            counts[row.state] += 1
        else:
            counts["late" if late else "in_time" if row.state == "met" else row.state] += 1
    return {key: {name: counts[name] for name in FIGURES} for key, counts in found.items()}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=25)
@given(
    batches=st.lists(st.lists(duty, max_size=6), min_size=1, max_size=3),
    counted=st.lists(st.booleans(), min_size=3, max_size=3),
    first=edge,
    last=edge,
    history=st.none() | st.booleans(),
)
def test_counted_up_or_not_the_figures_are_the_same(cast: Cast, batches, counted, first, last, history):
    for table in (Obligation, DayTally, TallyMark):
        table.objects.all().delete()
    number = Entry.objects.filter(subject_type="tally").count()
    span = Span(*(None if at is None else MIDNIGHT + timedelta(hours=at) for at in (first, last)))
    for batch, is_counted in zip(batches, counted, strict=False):
        for drawn in batch:
            number += 1
            write(number, drawn, cast.engineer.pk)
        if is_counted:
            count_up(NOW)
        for by in (BY, BY[:1], BY[2:], ("day",), ("clause_id", "day")):
            found = {
                tuple(part or 0 for part in key): row
                for key, row in figures(*by, span=span, history=history, now=NOW).items()
            }
            assert found == one_by_one(by, span, history)


def test_counting_again_counts_nothing_twice_and_another_zone_counts_anew(cast: Cast, settings):
    write(1, {"clause": "FB-3.2a", "hours": 23, "state": "met", "late": False, "history": False,
              "department": "service", "named": True, "by_time": False}, cast.engineer.pk)  # fmt: skip
    assert (count_up(NOW), count_up(NOW)) == (1, 0)
    assert DayTally.objects.get().in_time == 1
    before = DayTally.objects.get().day
    settings.TIME_ZONE = "America/New_York"
    assert figures("clause_id", span=Span(), now=NOW)["FB-3.2a",]["in_time"] == 1
    assert count_up(NOW) == 1
    assert (DayTally.objects.get().day, DayTally.objects.get().in_time) == (before, 1)


def test_what_is_counted_up_is_not_read_again(cast: Cast):
    """Four queries however many clauses; of the duties only what is not counted up, by index."""
    count_up(NOW)
    with CaptureQueriesContext(connection) as queries:
        figures("clause_id", span=Span(), now=NOW)
    assert len(queries) <= 4
