"""The same ledger again, changed rows, broken rows, and a run killed in the middle."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import xlwt
from tests.voice.cases.ledger.ledgers import ASKED, FAULT, HEADER, LATE, NOW, OPEN, as_csv, begun, counts

from goodword.base.core.errors import Invalid
from goodword.base.documents.sheets import read_sheet
from goodword.company.channels.models import InboundMessage
from goodword.engine.journal.models import Entry
from goodword.engine.journal.verifying import verify
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases.ledger import jobs, rejects, running
from goodword.voice.cases.models import Case, LedgerRow, LedgerRun, Message

Take = Callable[..., LedgerRun]
REAL = Path(__file__).parents[5] / "shared" / "data" / "complaints_with_replies.xlsx"


def test_the_same_file_again_changes_nothing(taken: Take) -> None:
    taken([FAULT, ASKED, OPEN])
    before = (
        Case.objects.count(),
        Obligation.objects.count(),
        Entry.objects.filter(subject_type="case").count(),
    )
    assert counts(taken([FAULT, ASKED, OPEN])) == (0, 0, 3, 0)
    after = (
        Case.objects.count(),
        Obligation.objects.count(),
        Entry.objects.filter(subject_type="case").count(),
    )
    assert before == after


def test_a_longer_export_of_the_same_ledger_brings_only_what_is_new(taken: Take) -> None:
    taken([FAULT])
    assert counts(taken(as_csv([LATE, FAULT], encoding="gbk"))) == (1, 0, 1, 0)


def test_a_row_without_a_number_is_known_by_its_words_also_when_its_answer_comes(taken: Take) -> None:
    header = "受理时间,内容,答复内容,答复时间\n"
    taken(f"{header}2019-06-03 10:00,送货晚了一天非常不满,,\n".encode())
    run = taken(f"{header}2019-06-03 10:00,送货晚了一天非常不满,已致歉,2019-06-03 12:00\n".encode())
    assert counts(run) == (0, 1, 0, 0)
    assert Case.objects.get().state == "closed"


def test_an_answer_that_came_later_is_added_at_its_time(taken: Take) -> None:
    taken([OPEN])
    answered = (*OPEN[:5], "已向您致歉。", "2019-06-03 10:20:00")
    assert counts(taken([answered])) == (0, 1, 0, 0)
    case = Case.objects.get()
    assert case.state == "closed"
    assert Obligation.objects.get(clause_id="CS-3.2a").breached_at is None
    assert counts(taken([answered])) == (0, 0, 1, 0)


def test_another_answer_to_a_closed_matter_is_kept_beside_the_first(taken: Take) -> None:
    taken([FAULT])
    taken([(*FAULT[:5], "补充:已更换并测试。", "2019-06-05 09:00:00")])
    assert Message.objects.filter(direction="out").count() == 2
    assert Case.objects.get().state == "closed"


def test_other_words_under_a_known_number_are_a_persons_to_judge(taken: Take) -> None:
    taken([FAULT])
    run = taken([(*FAULT[:4], "完全不同的内容。", *FAULT[5:])])
    assert counts(run) == (0, 0, 0, 1)
    assert "人工" in run.rejects.get().reason_zh
    assert Case.objects.get().text == FAULT[4]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("1", "", "", "2019-06-03 10:00", "", "", ""), "no text"),
        (("1", "", "", "1/6/2019", "黑屏了", "", ""), "no moment"),
        (("1", "", "", "", "黑屏了", "", ""), "no time of receipt"),
        (("1", "", "", "2019-06-03 10:00", "黑屏了", "好", "2019-06-02 10:00"), "before it was received"),
        (("1", "", "", "2019-06-03 10:00", "黑屏了", "好", ""), "without its time"),
        (("1", "", "", "2036-06-03 10:00", "黑屏了", "", ""), "future"),
        (("1" * 61, "", "", "2019-06-03 10:00", "黑屏了", "", ""), "too long"),
        (("1", "", "", "2019-06-03 10:00", "长" * 50_001, "", ""), "50,000"),
        ((FAULT[0], "", "", "2019-06-03 10:00", "另一件事", "", ""), "other content"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_alone_with_its_reason(
    taken: Take, row: tuple[str, ...], reason: str
) -> None:
    good = (("8", *FAULT[1:]), FAULT) if reason == "other content" else (("8", *FAULT[1:]),)
    run = taken([*good, row, ASKED])
    assert counts(run) == (len(good) + 1, 0, 0, 1)
    assert reason in run.rejects.get().reason_en


def test_rejects_are_written_as_they_stood_with_the_reason_and_come_back_put_right(taken: Take) -> None:
    run = taken([FAULT, ("2", "", "", "昨天", "=1+1 黑屏了", "", "")])
    out = BytesIO()
    assert rejects.write_rejects(run, out) == 1
    assert out.getvalue().startswith("﻿".encode())
    sheet = read_sheet(out.getvalue(), "rejects.csv")
    assert sheet.header == [*rejects.REASONS, *HEADER]
    assert sheet.rows[0][0] == 3 or sheet.rows[0][0] == "3"
    right = out.getvalue().replace("昨天".encode(), b"2019-06-03 10:00")
    assert counts(taken(right)) == (1, 0, 0, 0)


def test_a_gbk_file_is_read(taken: Take) -> None:
    assert counts(taken(as_csv([FAULT, ASKED], encoding="gb18030"))) == (2, 0, 0, 0)
    assert Case.objects.order_by("number")[0].text == FAULT[4]


def test_an_old_workbook_is_read(taken: Take) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    for number, row in enumerate([HEADER, FAULT, OPEN]):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    out = BytesIO()
    book.save(out)
    assert counts(taken(out.getvalue())) == (2, 0, 0, 0)


def test_a_file_that_is_none_is_kept_and_refused(taken: Take) -> None:
    with pytest.raises(Invalid):
        taken(b"PK\x03\x04 no workbook")
    assert InboundMessage.objects.get().state == "failed"


def many(count: int) -> list[tuple[str, ...]]:
    return [(str(n), *FAULT[1:4], f"第 {n} 件:摄像机开机黑屏。", *FAULT[5:]) for n in range(1, count + 1)]


class Killed(BaseException):
    """What a kill looks like from inside."""


def test_stopped_in_the_middle_it_goes_on_and_takes_no_row_twice(taken: Take) -> None:
    def killed(_: LedgerRun) -> bool:
        raise Killed

    run = begun(as_csv(many(60)))
    with pytest.raises(Killed):
        running.carry_on(run, at=NOW, told=killed)
    run.refresh_from_db()
    assert run.done == Case.objects.count() == LedgerRow.objects.count() == running.BATCH
    finished = running.carry_on(LedgerRun.objects.get(), at=NOW)
    assert (finished.state, counts(finished)) == ("done", (60, 0, 0, 0))
    assert Case.objects.count() == 60
    assert not list(verify())


def test_two_who_carry_on_the_same_run_take_each_row_once(taken: Take) -> None:
    run = begun(as_csv(many(60)))
    stale = LedgerRun.objects.get(pk=run.pk)
    running.carry_on(run, at=NOW, told=lambda _: False)
    running.carry_on(stale, at=NOW)
    assert stale.done == running.BATCH
    running.carry_on(stale, at=NOW)
    assert (stale.done, Case.objects.count()) == (60, 60)


def test_the_worker_carries_on_what_was_started(taken: Take) -> None:
    run = begun(as_csv(many(3)))
    assert jobs.work(NOW) == 3
    run.refresh_from_db()
    assert run.state == "done"
    assert jobs.work(NOW) == 0


@pytest.mark.slow
@pytest.mark.skipif(not REAL.exists(), reason="the real ledger is not beside the repository")
def test_the_real_ledger_comes_in_whole_and_only_once(taken: Take) -> None:
    raw = REAL.read_bytes()
    run = taken(raw)
    assert (run.state, counts(run)) == ("done", (2816, 0, 0, 0))
    assert Case.objects.filter(state="closed", history=True).count() == 2816
    assert counts(taken(raw)) == (0, 0, 2816, 0)
    assert not Obligation.objects.filter(state="open").exists()
