"""The past under another allowance: only the due time moves, and what cannot be told is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from goodword.base.worktime.calendar import compiled
from goodword.base.worktime.holidays_cn import cn_document
from goodword.engine.obligations.trying import Past, Tried, replaced, tried
from goodword.engine.policy.queries import all_clauses
from goodword.engine.policy.revalued import clause_with
from goodword.engine.policy.schema import Allowance, Binding

CALENDAR = compiled(cn_document())
AT = datetime(2026, 3, 2, 2, tzinfo=UTC)
MET = Past("met", 10, "min", AT, AT + timedelta(minutes=10), AT + timedelta(minutes=8), None, 1)


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def judged(*rows: Past, minutes_then: int = 5, after: int = 60) -> Tried:
    moved = {Allowance(10, "min"): Allowance(minutes_then, "min")}
    return tried(rows, moved, {1: CALENDAR}, now=AT + minutes(after))


def test_what_was_in_time_may_have_been_late_and_the_other_way_round():
    late = replace(MET, ended_at=AT + minutes(20), breached_at=MET.due_at)
    assert judged(MET, late) == Tried(2, 0, 2, 1, 2, 0)
    assert judged(MET, late, minutes_then=30) == Tried(2, 0, 2, 1, 2, 2)


def test_what_still_runs_is_decided_once_it_is_past_due_unless_its_clock_stands_still():
    running = replace(MET, state="open", ended_at=None)
    still = replace(running, pauses=((AT + minutes(2), None),))
    assert judged(running, still, after=7) == Tried(2, 0, 0, 0, 1, 0)


def test_waiting_for_the_customer_is_no_time_used():
    waited = replace(MET, pauses=((AT + minutes(1), AT + minutes(6)),))
    assert judged(waited).in_time_then == 1


def test_waived_and_released_ones_are_decided_only_as_the_figures_count_them():
    waived = replace(MET, state="waived", breached_at=MET.due_at)
    released = replace(MET, state="released")
    assert judged(waived, released) == Tried(2, 0, 0, 0, 1, 0)


def test_one_that_began_under_yet_another_allowance_is_left_out():
    assert judged(MET, replace(MET, amount=7)).untold == 1


def binding(clause: str, **figures: str) -> Binding:
    found = clause_with(clause, {**all_clauses()[clause].values, **figures}).binding
    assert found is not None
    return found


def test_each_allowance_moves_to_the_one_in_its_place():
    before, after = binding("FB-4.3c"), binding("FB-4.3c", urgent="1 h")
    moves = {str(was): str(then) for was, then in replaced(before, after).items()}
    assert moves == {"2 h": "1 h", "1 wd": "1 wd"}
    same = binding("FB-4.3c", urgent="1 wd")
    assert replaced(same, before) == {}, (
        "a working day became a working day or two hours: nobody can tell which"
    )
