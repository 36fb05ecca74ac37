"""A ledger taken in as history: original times, duties as they would have fared, and nobody disturbed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from tests.voice.cases.ledger.ledgers import ASKED, FAULT, LATE, NOW, OPEN, counts

from goodword.company.channels.models import Notice, OutboxMessage
from goodword.engine.journal.models import Entry
from goodword.engine.obligations.models import Obligation
from goodword.engine.obligations.ticking import tick
from goodword.voice.cases.models import Case, DuplicateProposal, Handler, LedgerRun, Message, PhoneTask

Take = Callable[..., LedgerRun]


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2019-{text}:00+08:00")


def fate(case: Case) -> dict[str, tuple[str, bool]]:
    """{clause: (state, late)} of a case."""
    rows = Obligation.objects.filter(subject_type="case", subject_id=str(case.pk))
    assert all(row.history for row in rows)
    return {row.clause_id: (row.state, row.is_late) for row in rows}


def test_an_answered_row_is_a_closed_case_with_its_own_times(taken: Take) -> None:
    run = taken([FAULT])
    case = Case.objects.get()
    assert (run.state, counts(run)) == ("done", (1, 0, 0, 0))
    assert (case.state, case.history, case.outside_id) == ("closed", True, "ledger:1")
    assert (case.received_at, case.done_at, case.closed_at) == (
        at("06-03 10:00"),
        at("06-03 10:20"),
        at("06-03 10:20"),
    )
    assert (case.content, case.responsible is None) == ("device", False)
    told = Message.objects.get(direction="out")
    assert (told.text, told.purpose, told.at) == ("已更换。", "answer", at("06-03 10:20"))


def test_the_journal_tells_it_in_order_at_its_times_and_says_when_it_was_filed(taken: Take) -> None:
    taken([FAULT])
    entries = Entry.objects.filter(subject_type="case").order_by("number")
    received, answered = at("06-03 10:00"), at("06-03 10:20")
    assert [(entry.kind, entry.at) for entry in entries] == [
        ("case.received", received),
        ("case.triaged", received),
        ("case.replied", answered),
        ("case.done", answered),
        ("case.closed", answered),
        ("case.filed_as_history", NOW),
    ]


def test_an_early_answer_is_in_time_and_a_late_one_is_late_for_the_same_clauses(taken: Take) -> None:
    taken([FAULT, LATE])
    soon, late = Case.objects.order_by("number")
    assert fate(late)["CS-3.2a"] == ("met", True)
    assert fate(late)["FB-4.3b"] == ("met", True)
    assert fate(late)["FB-4.2d"] == ("met", True)
    assert ("met", True) not in fate(soon).values()
    assert fate(soon)["CS-3.2a"] == ("met", False)


def test_a_consultation_is_answered_on_its_own_clock(taken: Take) -> None:
    taken([ASKED])
    case = Case.objects.get()
    assert case.kind == "consultation"
    assert fate(case)["SU-8a"] == ("met", False)
    assert Entry.objects.filter(kind="case.answered").count() == 1
    assert not Entry.objects.filter(kind="case.done").exists()


def test_duties_nobody_could_know_the_outcome_of_never_begin(taken: Take) -> None:
    taken([FAULT, ASKED, LATE])
    assert not Obligation.objects.filter(clause_id__in=["FB-3.2a", "FB-3.2b", "FB-4.3d", "FB-2.2d"]).exists()


def test_nobody_is_told_rung_or_made_a_handler(taken: Take) -> None:
    taken([FAULT, ASKED, LATE, OPEN])
    tick(now=NOW + timedelta(days=1))
    for nothing in (Notice, OutboxMessage, PhoneTask, Handler, DuplicateProposal):
        assert not nothing._default_manager.exists(), nothing


def test_a_row_without_an_answer_stays_open_and_its_duties_are_late(taken: Take) -> None:
    taken([OPEN])
    case = Case.objects.get()
    assert (case.state, case.closed_at) == ("triaged", None)
    assert fate(case)["CS-3.2a"] == ("open", False)
    tick(now=NOW)
    assert fate(case)["CS-3.2a"] == ("open", True)


def test_what_the_row_says_goes_before_what_the_reader_reads(taken: Take) -> None:
    header = "编号,受理时间,内容,答复内容,答复时间,级别,反馈类型,责任部门"
    row = "9,2019-06-03 10:00,租的摄像机开机黑屏,已更换,2019-06-03 12:00,紧急,咨询,财务部"
    taken(f"{header}\n{row}\n".encode())
    case = Case.objects.select_related("responsible").get()
    assert case.responsible is not None
    assert (case.severity, case.kind, case.responsible.code) == ("urgent", "consultation", "finance")


def test_what_neither_says_is_the_widest_duty_and_marked_as_unsure(taken: Take) -> None:
    taken([("7", "", "", "2019-06-03 10:00", "呼噜呼噜", "收到", "2019-06-03 12:00")])
    case = Case.objects.get()
    assert (case.kind, case.content, case.severity) == ("complaint", "other", "general")
    assert Entry.objects.get(kind="case.triaged").facts["confidence"] == "default"


def test_a_ledger_with_a_column_for_the_end_keeps_answered_matters_open_until_it(taken: Take) -> None:
    header = "编号,受理时间,内容,答复内容,答复时间,办结时间"
    answered = "5,2019-06-03 10:00,送货晚了一天非常不满,已致歉,2019-06-03 12:00,"
    taken(f"{header}\n{answered}\n".encode())
    case = Case.objects.get()
    assert case.state == "triaged"
    run = taken(f"{header}\n{answered}2019-06-05 09:00\n".encode())
    case.refresh_from_db()
    assert counts(run) == (0, 1, 0, 0)
    assert (case.state, case.closed_at) == ("closed", at("06-05 09:00"))
    assert Message.objects.filter(direction="out").count() == 1
