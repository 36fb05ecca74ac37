"""FB-4.3c: while a solution is carried out the customer hears of it every working day, every two hours when urgent."""

from __future__ import annotations

from tests.cast import Cast, agreed, carrying_out, done, duty, finish
from tests.clauses.telling import duties, new_edition, outcome, rings_in_turn, unsatisfied, when

from goodword.voice.cases.actions import carrying_out as carrying
from goodword.voice.cases.actions import replying, waiting

ID = "FB-4.3c"


def test_it_runs_from_the_start_of_carrying_out_and_lateness_climbs(cast: Cast) -> None:
    assert duties(agreed(cast), ID) == []
    case = carrying_out(cast, at=when("2026-01-05 10:00"))
    assert duty(case, ID).due_at == when("2026-01-06 18:00")
    rings_in_turn(
        cast,
        case,
        ID,
        ("2026-01-06 13:15", "warned engineer"),
        ("2026-01-06 18:00", "breached engineer"),
        ("2026-01-06 18:30", "escalated technology_head"),
        ("2026-01-06 19:00", "escalated lead"),
        ("2026-01-06 22:00", "escalated deputy"),
    )


def test_each_word_of_progress_starts_the_next_day_until_it_is_done(cast: Cast) -> None:
    case = carrying_out(cast, at=when("2026-01-05 10:00"))
    carrying.tell_progress(case, by=cast.engineer.by, at=when("2026-01-06 15:00"), text="备件已到,明早更换。")
    assert (duties(case, ID), duty(case, ID).due_at) == (
        [(1, 1, "met"), (1, 2, "open")],
        when("2026-01-07 18:00"),
    )
    replying.reply(
        case, by=cast.engineer.by, at=when("2026-01-07 18:30"), text="明早一定。", purpose="progress"
    )
    finish(cast, case, at=when("2026-01-08 10:00"))
    assert duties(case, ID) == [(1, 1, "met"), (1, 2, "met"), (1, 3, "released")]
    late = [owed.is_late for owed in type(duty(case, ID)).objects.filter(clause_id=ID).order_by("occurrence")]
    assert late == [False, True, False]


def test_an_urgent_customer_hears_every_two_hours_also_at_night(cast: Cast) -> None:
    case = carrying_out(cast, at=when("2026-01-05 20:00"), severity="urgent")
    assert duty(case, ID).due_at == when("2026-01-05 23:10")
    carrying.tell_progress(case, by=cast.engineer.by, at=when("2026-01-05 22:30"), text="工程师已出发。")
    assert duty(case, ID).due_at == when("2026-01-06 00:30")


def test_the_festival_is_no_working_day(cast: Cast) -> None:
    case = carrying_out(cast, at=when("2026-02-14 10:00"))
    assert duty(case, ID).due_at == when("2026-02-24 18:00")


def test_waiting_for_the_customer_stops_it_and_a_new_round_starts_it_afresh(cast: Cast) -> None:
    case = carrying_out(cast, at=when("2026-01-05 10:00"), severity="urgent")
    waiting.start(case, by=cast.engineer.by, at=when("2026-01-05 11:30"), what="确认到场时间")
    waiting.end(case, by=cast.engineer.by, at=when("2026-01-05 14:30"))
    assert duty(case, ID).due_at == when("2026-01-05 16:10")
    again = unsatisfied(cast, done(cast), at=when("2026-01-06 14:00"))
    assert duties(again, ID) == [(1, 1, "released")]
    assert outcome(duty(again, ID, round_no=1)) == ("released", False)


def test_a_running_clock_keeps_the_figure_of_its_day(cast: Cast) -> None:
    running = carrying_out(cast, at=when("2026-01-06 10:00"))
    new_edition(cast, ID, holds_from="2026-01-07", every="4 wh")
    assert duty(running, ID).due_at == when("2026-01-07 18:00")
    assert duty(carrying_out(cast, at=when("2026-01-07 10:00")), ID).due_at == when("2026-01-07 15:10")
