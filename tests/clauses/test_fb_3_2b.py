"""FB-3.2b: urgent feedback also rings the head of the department, the next in line when nobody answers."""

from __future__ import annotations

import time_machine
from tests.cast import Cast, duty, triaged
from tests.clauses.telling import duties, new_edition, outcome, refused_by, retriaged, rings_in_turn, when
from tests.support.hotline import connected, tells

from goodword.base.people.actions.rosters import go_away
from goodword.base.people.models import Account
from goodword.company.channels.models import OutboxMessage
from goodword.engine.journal.queries import entries_of
from goodword.voice.cases.actions import phoning

ID = "FB-3.2b"


def test_ten_minutes_run_from_triage_and_lateness_climbs(cast: Cast) -> None:
    case = triaged(cast, at=when("2026-01-05 10:00"), severity="urgent")
    assert duty(case, ID).due_at == when("2026-01-05 10:15")
    rings_in_turn(
        cast,
        case,
        ID,
        ("2026-01-05 10:12", "warned intake"),
        ("2026-01-05 10:15", "breached intake"),
        ("2026-01-05 10:25", "escalated lead"),
        ("2026-01-05 10:45", "escalated lead"),
        ("2026-01-05 12:15", "escalated deputy"),
    )


def test_reaching_the_head_meets_it_every_attempt_is_kept_and_the_next_has_the_turn_after_five_minutes(
    cast: Cast,
) -> None:
    case = triaged(cast, at=when("2026-01-10 23:50"), severity="urgent")  # a Saturday night
    task = case.phone_tasks.get()
    assert (task.target, task.next_at) == (cast.technology_head.account, when("2026-01-11 00:00"))
    with time_machine.travel(when("2026-01-11 00:00"), tick=False):
        assert phoning.move_on(when("2026-01-11 00:00")) == 1
    task.refresh_from_db()
    told = OutboxMessage.objects.filter(payload__kind="case.head_rung", recipient=task.target)
    assert (task.target, told.count()) == (cast.lead.account, 1)
    phoning.record_call(task, by=cast.intake.by, at=when("2026-01-11 00:03"), reached=True)
    rung = [entry.facts["outcome"] for entry in entries_of("case", case.pk).filter(kind="case.head_rung")]
    assert (rung, outcome(duty(case, ID))) == (["no_answer", "reached"], ("met", False))
    with refused_by(ID):
        phoning.record_call(task, by=cast.intake.by, at=when("2026-01-11 00:04"), reached=True)


def test_reached_in_the_eleventh_minute_is_late(cast: Cast) -> None:
    case = triaged(cast, at=when("2026-01-05 10:00"), severity="urgent")
    phoning.record_call(case.phone_tasks.get(), by=cast.intake.by, at=when("2026-01-05 10:16"), reached=True)
    assert outcome(duty(case, ID)) == ("met", True)


def test_whoever_stands_in_for_the_head_is_rung(cast: Cast) -> None:
    go_away(
        cast.technology_head.account,
        stand_in=cast.engineer.account,
        starts_at=when("2026-02-14 18:00"),
        ends_at=when("2026-02-24 09:00"),
        by=cast.technology_head.by,
    )
    case = triaged(cast, at=when("2026-02-16 10:00"), severity="urgent")
    assert case.phone_tasks.get().target == cast.engineer.account


def test_a_call_the_call_centre_tells_of_says_by_itself_whether_the_head_was_reached(cast: Cast) -> None:
    connected()
    for member, extension in (
        (cast.intake, "7101"),
        (cast.technology_head, "+86 139 0000 2222"),
        (cast.lead, "7103"),
    ):
        Account.objects.filter(pk=member.account.pk).update(phone_extension=extension)
    case = triaged(cast, at=when("2026-01-05 10:00"), severity="urgent")
    told = {"direction": "out", "extension": "7101", "from": ""}
    for name, at, to, event in (
        ("o1", "2026-01-05 10:07", "7103", "answered"),  # somebody else: nothing follows
        ("o2", "2026-01-05 10:08", "13900002222", "answered"),
    ):
        with time_machine.travel(when(at), tick=False):
            assert tells(event, name, when(at), to=to, **told).status_code == 200
            assert tells(event, name, when(at), to=to, **told).json()["new"] is False
    attempt = case.phone_tasks.get().attempts.get()
    assert (attempt.reached, attempt.by, str(attempt.call.number)) == (True, cast.intake.account, "尾号 2222")
    assert (case.phone_tasks.get().state, outcome(duty(case, ID))) == ("reached", ("met", False))


def test_a_head_who_does_not_take_the_call_is_followed_by_the_next_in_line(cast: Cast) -> None:
    connected()
    Account.objects.filter(pk=cast.intake.account.pk).update(phone_extension="7101")
    Account.objects.filter(pk=cast.technology_head.account.pk).update(phone_extension="7102")
    case = triaged(cast, at=when("2026-01-05 10:00"), severity="urgent")
    at = when("2026-01-05 10:06")
    with time_machine.travel(at, tick=False):
        tells("missed", "o1", at, direction="out", extension="7101", to="7102")
    task = case.phone_tasks.get()
    assert (task.state, task.target) == ("open", cast.lead.account)
    assert [(one.reached, one.call.state) for one in task.attempts.all()] == [(False, "missed")]
    case.phone_tasks.update(target=cast.technology_head.account)
    with time_machine.travel(at, tick=False):  # not by somebody without an extension of their own
        tells("answered", "o2", at, direction="out", extension="9999", to="7102")
    assert case.phone_tasks.get().state == "open"


def test_general_feedback_rings_nobody_and_what_is_found_less_grave_stops_ringing(cast: Cast) -> None:
    assert duties(triaged(cast), ID) == []
    case = triaged(cast, at=when("2026-01-05 10:00"), severity="urgent")
    retriaged(cast, case, at=when("2026-01-05 10:08"))
    assert duties(case, ID) == [(1, 1, "superseded")]
    assert phoning.move_on(when("2026-01-05 10:30")) == 0


def test_a_running_clock_keeps_the_figure_of_its_day(cast: Cast) -> None:
    running = triaged(cast, at=when("2026-01-06 23:52"), severity="urgent")
    new_edition(cast, ID, holds_from="2026-01-07", within="6 min", next_in_line_after="2 min")
    fresh = triaged(cast, at=when("2026-01-07 10:00"), severity="urgent")
    assert duty(running, ID).due_at == when("2026-01-07 00:07")
    assert duty(fresh, ID).due_at == when("2026-01-07 10:11")
    assert fresh.phone_tasks.get().next_at == when("2026-01-07 10:07")
