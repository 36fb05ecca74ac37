"""What broke elsewhere: red at once after re-triage, a year nobody knows, lateness washed off, alarms for ever."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import MONDAY, SHANGHAI, Cast, a_case, duty, make_cast, triaged
from tests.engine.obligations.test_engine import duty as a_duty
from tests.engine.obligations.test_engine import entry, happen, rules

from goodword.engine.journal.models import Entry
from goodword.engine.obligations.models import Obligation
from goodword.engine.obligations.ticking import tick
from goodword.engine.obligations.values import Subject
from goodword.engine.policy.queries import all_clauses
from goodword.engine.policy.reading import binding_from
from goodword.engine.policy.schema import PackError, Place
from goodword.voice.cases.actions import notes, triaging
from goodword.voice.cases.models import Case

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SECOND = timedelta(seconds=1)
LAST_BUT_ONE = datetime(2026, 12, 30, 16, 0, tzinfo=SHANGHAI)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def label(cast: Cast, case: Case, severity: str, *, at: datetime) -> Case:
    labels: dict[str, Any] = {"kind": case.kind, "content": case.content, "subclass": case.subclass, "device_type": case.device_type, "stage": case.stage}  # fmt: skip
    return triaging.triage(
        case, by=cast.intake.by, at=at, severity=severity, department=case.responsible, assignee=case.assignee, **labels
    )  # fmt: skip


@pytest.mark.parametrize("after", [MINUTE, 2 * DAY, 30 * DAY])
def test_labelled_urgent_later_nothing_is_red_at_once_and_what_it_replaces_is_kept(
    cast: Cast, after: timedelta
):
    case = triaged(cast)
    general = duty(case, "FB-4.1b")
    at = case.received_at + 5 * MINUTE + after
    label(cast, case, "urgent", at=at)
    fresh = Obligation.objects.filter(subject_id=str(case.pk), state="open", started_at=at)
    assert {"FB-3.2b", "FB-4.1a", "FB-4.2c", "FB-4.3a"} <= set(fresh.values_list("clause_id", flat=True))
    for one in fresh:
        assert at < one.warn_at < one.due_at
        assert one.breached_at is None
    general.refresh_from_db()
    assert general.state == "superseded"
    assert general.used_for == after.total_seconds()
    assert (general.breached_at is not None) is (after > DAY), "late is late, also when it was replaced"


@given(labels=st.lists(st.tuples(st.sampled_from(["urgent", "general", "suggestion"]), st.integers(1, 10**6)), max_size=6))  # fmt: skip
def test_whatever_labels_follow_each_duty_begins_with_its_whole_time_before_it(labels: list[tuple[str, int]]):
    book = rules(
        *(
            a_duty(
                f"T-{severity}",
                starts_on=["case.triaged"],
                meets_on=["case.begun"],
                within=within,
                when={"severity": severity},
            )
            for severity, within in (("urgent", "1 h"), ("general", "3 wd"), ("suggestion", "5 wd"))
        )
    )
    subject, open_ones, at = Subject(), {}, MONDAY
    for severity, gap in labels:
        at += timedelta(seconds=gap)
        told = entry("triaged", at.strftime("%Y-%m-%dT%H:%M:%S"), severity=severity)
        subject, changed = happen(subject, list(open_ones.values()), told, book)
        open_ones |= {one.key: one for one in changed}
        open_ones = {key: one for key, one in open_ones.items() if one.state == "open"}
        assert [one.key.clause_id for one in open_ones.values()] == [f"T-{severity}"]
        for one in changed:
            if one.state == "open":
                assert one.started_at == told.at
                assert one.breached_at is None
                assert one.due_at > told.at


def test_a_due_time_in_a_year_nobody_knows_is_there_and_marked(cast: Cast):
    case = triaged(cast, at=LAST_BUT_ONE)
    marked = {
        o.clause_id: o.provisional for o in Obligation.objects.filter(subject_id=str(case.pk), unit="wd")
    }
    assert marked == {"FB-4.2d": False, "FB-4.3b": True}, (
        "the last day of the old year is known, the next ones are not"
    )
    natural = Obligation.objects.filter(subject_id=str(case.pk), unit__in=["min", "h"])
    assert natural.exists()
    assert not natural.filter(provisional=True).exists()


def test_an_unknown_calendar_is_refused_and_never_guessed():
    given_ = {"subject": "case", "starts_on": ["case.received"], "meets_on": ["case.triaged"], "bearer": {"role": "intake"}, "within": "1 wd", "calendar": "lunar"}  # fmt: skip
    with pytest.raises(PackError, match="lunar"):
        binding_from(given_, Place("test"))
    with pytest.raises(KeyError):
        rules(a_duty()).calendar("lunar")


def test_a_breach_is_told_once_and_climbs_each_rung_once_whatever_goes_on(cast: Cast):
    case = a_case(cast)
    for hours in range(1, 6):
        at = case.received_at + timedelta(hours=hours)
        notes.note(case, by=cast.lead.by, at=at, text="还没分诊。")
        while tick(now=at):
            pass
        tick(now=at)
    bound = all_clauses()["FB-3.2a"].binding
    ladder = bound.escalation if bound is not None else ()
    told = Entry.objects.filter(
        subject_id=str(case.pk), facts__clause="FB-3.2a", kind__startswith="obligation."
    )
    assert [(e.kind, e.facts.get("level", 0)) for e in told.order_by("number")] == [
        ("obligation.warned", 0),
        ("obligation.breached", 0),
        *(("obligation.escalated", level + 1) for level in range(len(ladder))),
    ]


def refused(case: Case, clause: str, **values: object) -> bool:
    try:
        with transaction.atomic():
            Obligation.objects.filter(subject_id=str(case.pk), clause_id=clause).update(**values)
    except DatabaseError:
        return True
    return False


def test_the_database_itself_keeps_what_was(cast: Cast):
    """Raw writes past every action: beginnings, lateness and endings stay."""
    case = triaged(cast)
    ended = duty(case, "FB-3.2a")
    assert ended.state == "met"
    for values in ({"state": "open", "ended_at": None}, {"state": "waived"}, {"ended_at": ended.ended_at - SECOND}, {"due_at": ended.due_at + DAY}, {"started_at": ended.started_at + SECOND}):  # fmt: skip
        assert refused(case, "FB-3.2a", **values), values
    late = duty(case, "FB-4.1b")
    tick(now=late.due_at + SECOND)
    late.refresh_from_db()
    assert late.breached_at == late.due_at
    for values in ({"breached_at": None}, {"breached_at": late.breached_at + DAY}, {"started_at": late.started_at + DAY}):  # fmt: skip
        assert refused(case, "FB-4.1b", **values), values
    assert not refused(case, "FB-4.1b", level=2), "what still moves may move"
