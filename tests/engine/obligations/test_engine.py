"""The engine alone, on plain values: what starts, meets, supersedes, pauses and repeats a duty; what time brings."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from goodword.base.worktime.calendar import compiled
from goodword.base.worktime.holidays_cn import cn_document
from goodword.engine.obligations.engine import happen
from goodword.engine.obligations.replaying import replay
from goodword.engine.obligations.rulebook import Rulebook, rulebook
from goodword.engine.obligations.timing import pass_time
from goodword.engine.obligations.values import CalendarAt, Duty, Happened, Obligation, Subject
from goodword.engine.policy.reading import binding_from
from goodword.engine.policy.schema import Place

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = CalendarAt(1, compiled(cn_document()))
CONTEXT = frozenset({"severity", "department", "round"})
LADDER = [{"after": "0 min", "to": "bearer"}, {"after": "10 min", "to": "department_head"}]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


def duty(
    clause_id: str = "T-1", *, edition: int = 1, holds_from: date = date(2026, 1, 1), **binding: Any
) -> Duty:
    given = {
        "subject": "case",
        "starts_on": ["case.received"],
        "meets_on": ["case.triaged"],
        "bearer": {"role": "intake", "department": "service"},
        "escalation": LADDER,
        **({} if "every" in binding else {"within": "10 min"}),
        **binding,
    }
    return Duty(clause_id, edition, holds_from, binding_from(given, Place("test")))


def rules(*duties: Duty, office: CalendarAt = OFFICE) -> Rulebook:
    return rulebook(duties, calendars={"office": office}, earlier=[OFFICE], zone=SHANGHAI)


def entry(kind: str, at: str, **facts: Any) -> Happened:
    context = {key: value for key, value in facts.items() if key in CONTEXT}
    return Happened(f"case.{kind}", ("case", "1"), moment(at), facts, context)


def play(book: Rulebook, *entries: Happened) -> list[Obligation]:
    return list(replay(entries, book).values())


def test_a_duty_is_met_in_time() -> None:
    (met,) = play(rules(duty()), entry("received", "2026-03-02T10:00"), entry("triaged", "2026-03-02T10:07"))
    assert (met.state, met.due_at, met.breached_at, met.used_for) == (
        "met",
        moment("2026-03-02T10:10"),
        None,
        420,
    )


def test_met_after_it_was_due_is_late_for_ever_even_when_no_worker_was_awake() -> None:
    (late,) = play(rules(duty()), entry("received", "2026-03-02T10:00"), entry("triaged", "2026-03-02T10:41"))
    assert (late.state, late.breached_at, late.used_for) == ("met", moment("2026-03-02T10:10"), 41 * 60)


def test_time_warns_then_breaches_then_climbs_the_ladder_and_then_is_silent() -> None:
    book = rules(duty())
    _, (owed,) = happen(Subject(), [], entry("received", "2026-03-02T10:00"), book)
    after, alarms = pass_time(owed, book, now=moment("2026-03-02T12:00"))
    assert [(a.kind, a.to, a.at) for a in alarms] == [
        ("warned", "bearer", moment("2026-03-02T10:07")),
        ("breached", "bearer", moment("2026-03-02T10:10")),
        ("escalated", "bearer", moment("2026-03-02T10:10")),
        ("escalated", "department_head", moment("2026-03-02T10:20")),
    ]
    assert after.wake_at is None
    assert pass_time(after, book, now=moment("2026-03-09T12:00")) == (after, ())


def test_nothing_fires_a_moment_early() -> None:
    book = rules(duty())
    _, (owed,) = happen(Subject(), [], entry("received", "2026-03-02T10:00"), book)
    assert pass_time(owed, book, now=moment("2026-03-02T10:07") - timedelta(microseconds=1)) == (owed, ())


def by_severity() -> Rulebook:
    starts = ["case.triaged", "case.round_started"]
    meets = ["case.begun"]
    return rules(
        duty("T-urgent", starts_on=starts, meets_on=meets, within="1 h", when={"severity": "urgent"}),
        duty("T-general", starts_on=starts, meets_on=meets, within="24 h", when={"severity": "general"}),
    )


def test_re_triage_supersedes_and_starts_anew_at_its_own_time_never_red_at_once() -> None:
    general, urgent = play(
        by_severity(),
        entry("triaged", "2026-03-02T10:00", severity="general"),
        entry("triaged", "2026-03-02T15:00", severity="urgent"),
    )
    assert (general.key.clause_id, general.state, general.used_for) == ("T-general", "superseded", 5 * 3600)
    assert (urgent.key.clause_id, urgent.state, urgent.due_at) == (
        "T-urgent",
        "open",
        moment("2026-03-02T16:00"),
    )


def test_re_triage_does_not_ask_again_for_what_is_done_in_this_round() -> None:
    (general,) = play(
        by_severity(),
        entry("triaged", "2026-03-02T10:00", severity="general"),
        entry("begun", "2026-03-02T11:00"),
        entry("triaged", "2026-03-02T12:00", severity="urgent"),
    )
    assert general.state == "met"


def test_a_new_round_starts_fresh_and_leaves_the_earlier_one_alone() -> None:
    first, second = play(
        by_severity(),
        entry("triaged", "2026-03-02T10:00", severity="general"),
        entry("begun", "2026-03-02T11:00"),
        entry("round_started", "2026-03-05T09:00", round=2),
    )
    assert (first.key.round_no, first.state) == (1, "met")
    assert (second.key.round_no, second.state, second.due_at) == (2, "open", moment("2026-03-06T09:00"))


def test_waiting_for_the_customer_stops_the_clock_and_both_measures_are_kept() -> None:
    pausing = duty(within="2 h", pauses_on=["case.waits"], resumes_on=["case.goes_on"])
    (met,) = play(
        rules(pausing),
        entry("received", "2026-03-02T10:00"),
        entry("waits", "2026-03-02T11:00"),
        entry("goes_on", "2026-03-02T16:00"),
        entry("triaged", "2026-03-02T16:30"),
    )
    assert (met.due_at, met.breached_at) == (moment("2026-03-02T17:00"), None)
    assert (met.used_for, met.elapsed_for) == (90 * 60, 390 * 60)


def test_what_is_late_already_cannot_be_paused_away() -> None:
    pausing = duty(pauses_on=["case.waits"], resumes_on=["case.goes_on"])
    book = rules(pausing)
    subject, (owed,) = happen(Subject(), [], entry("received", "2026-03-02T10:00"), book)
    late, _ = pass_time(owed, book, now=moment("2026-03-02T10:10"))
    _, changed = happen(subject, [late], entry("waits", "2026-03-02T10:11"), book)
    assert changed == []


def test_what_fell_due_while_no_worker_was_awake_cannot_be_paused_away_either() -> None:
    book = rules(duty(pauses_on=["case.waiting_started"], resumes_on=["case.waiting_ended"]))
    subject, (owed,) = happen(Subject(), [], entry("received", "2026-03-02T10:00"), book)
    _, changed = happen(subject, [owed], entry("waiting_started", "2026-03-02T10:30"), book)
    assert changed == [], "it goes on to its alarm as if nothing had been asked"
    _, alarms = pass_time(owed, book, now=moment("2026-03-02T10:31"))
    assert ("breached", moment("2026-03-02T10:10")) in [(a.kind, a.at) for a in alarms]
    _, (paused,) = happen(subject, [owed], entry("waiting_started", "2026-03-02T10:09:59"), book)
    assert paused.paused


def test_a_repeating_duty_is_owed_again_after_each_meeting() -> None:
    repeating = duty(within="2 h", meets_on=["case.told"], releases_on=["case.done"], repeats=True)
    first, second, third = play(
        rules(repeating),
        entry("received", "2026-03-02T10:00"),
        entry("told", "2026-03-02T11:00"),
        entry("told", "2026-03-02T14:00"),
        entry("done", "2026-03-02T15:00"),
    )
    assert [o.key.occurrence for o in (first, second, third)] == [1, 2, 3]
    assert [(o.state, o.breached_at is not None) for o in (first, second, third)] == [
        ("met", False),
        ("met", True),
        ("released", False),
    ]


def test_a_duty_of_a_period_is_missed_when_the_period_ends() -> None:
    monthly = duty(starts_on=["case.period_opened"], meets_on=["case.reported"], every="month")
    book = rules(monthly)
    opened = entry(
        "period_opened",
        "2026-03-01T00:00",
        period="month",
        label="2026-03",
        ends_at="2026-04-01T00:00:00+08:00",
    )
    _, (owed,) = happen(Subject(), [], opened, book)
    assert (owed.key.period, owed.due_at) == ("2026-03", moment("2026-04-01T00:00"))
    missed, alarms = pass_time(owed, book, now=moment("2026-04-02T00:00"))
    assert missed.state == "missed"
    assert [a.kind for a in alarms] == ["warned", "missed"]


def test_other_periods_do_not_start_it() -> None:
    monthly = duty(starts_on=["case.period_opened"], meets_on=["case.reported"], every="month")
    opened = entry(
        "period_opened",
        "2026-03-01T00:00",
        period="week",
        label="2026-W10",
        ends_at="2026-03-08T00:00:00+08:00",
    )
    assert happen(Subject(), [], opened, rules(monthly))[1] == []


def test_the_edition_of_the_day_holds_and_a_running_obligation_keeps_its_own() -> None:
    book = rules(duty(), duty(edition=2, holds_from=date(2026, 3, 3), within="5 min"))
    before = happen(Subject(), [], entry("received", "2026-03-02T23:59"), book)[1][0]
    after = happen(Subject(), [], entry("received", "2026-03-03T00:01"), book)[1][0]
    assert (before.edition, before.due_at) == (1, moment("2026-03-03T00:09"))
    assert (after.edition, after.due_at) == (2, moment("2026-03-03T00:06"))


def test_before_the_first_edition_the_first_counts() -> None:
    (owed,) = happen(Subject(), [], entry("received", "2019-11-04T10:00"), rules(duty()))[1]
    assert owed.edition == 1


def test_working_days_skip_spring_festival_and_count_the_make_up_saturday() -> None:
    (owed,) = happen(Subject(), [], entry("received", "2026-02-13T17:30"), rules(duty(within="3 wd")))[1]
    assert owed.due_at == moment("2026-02-25T18:00")


def test_a_due_time_past_the_known_calendar_is_provisional() -> None:
    (owed,) = happen(Subject(), [], entry("received", "2026-12-30T16:00"), rules(duty(within="3 wd")))[1]
    assert owed.provisional
    (natural,) = happen(Subject(), [], entry("received", "2026-12-31T23:55"), rules(duty()))[1]
    assert not natural.provisional


def test_the_bearer_follows_the_department() -> None:
    moving = duty(bearer={"role": "department_head", "department": "responsible"}, meets_on=["case.done"])
    book = rules(moving)
    subject, (owed,) = happen(
        Subject(), [], entry("received", "2026-03-02T10:00", department="service"), book
    )
    _, (moved,) = happen(subject, [owed], entry("handed", "2026-03-02T10:01", department="technology"), book)
    assert (owed.bearing.department, moved.bearing.department) == ("service", "technology")
    assert moved.due_at == owed.due_at


def test_waiving_ends_the_one_named_and_no_other() -> None:
    book = rules(duty("T-1"), duty("T-2"))
    waived = Happened(
        "obligation.waived",
        ("case", "1"),
        moment("2026-03-02T10:05"),
        {"clause": "T-1", "round": 1, "occurrence": 1, "period": ""},
        {},
    )
    one, two = play(book, entry("received", "2026-03-02T10:00"), waived)
    assert (one.state, two.state) == ("waived", "open")
