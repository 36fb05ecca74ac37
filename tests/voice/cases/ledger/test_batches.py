"""A batch of rows is written together and is the same as row by row; one that fails takes nobody with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.voice.cases.ledger.ledgers import ASKED, FAULT, LATE, NOW, OPEN, as_csv, begun, counts

from goodword.base.core.errors import Invalid, Refused
from goodword.base.people.actors import SYSTEM
from goodword.engine.journal.models import Entry
from goodword.engine.journal.verifying import verify
from goodword.engine.obligations.models import Obligation, SubjectState
from goodword.voice.cases.actions.receiving import Word, receive
from goodword.voice.cases.ledger import batches, running
from goodword.voice.cases.models import Case, DuplicateProposal, LedgerRow, LedgerRun, Message, Round

Take = Callable[..., LedgerRun]
STORM = "直播推流一直中断,画面卡住,重启以后还是这样,请尽快派人处理。"


def stands() -> list[Any]:
    """Everything a run leaves behind, without what differs from run to run (keys, codes, when it was recorded)."""
    numbers = dict(Case.objects.values_list("pk", "number"))
    named = {str(pk): number for pk, number in numbers.items()}
    return [
        list(Case.objects.order_by("number").values_list(*CASE)),
        [(named[i], n, k, a, len(f)) for i, n, k, a, f in Entry.objects.filter(subject_type="case").values_list(*ENTRY)],
        sorted(
            (named[subject], *rest) for subject, *rest in Obligation.objects.values_list("subject_id", *DUTY)
        ),
        sorted((named[i], s) for i, s in SubjectState.objects.filter(subject_type="case").values_list("subject_id", "round_no")),
        [(numbers[i], *rest) for i, *rest in Round.objects.order_by("case__number").values_list("case_id", "number", "started_at", "done_at", "ended_at")],
        [(numbers[i], *rest) for i, *rest in Message.objects.order_by("case__number", "at", "pk").values_list("case_id", "direction", "text", "at")],
        [(numbers[i], *rest) for i, *rest in LedgerRow.objects.order_by("key").values_list("case_id", "key", "digest", "answer")],
    ]  # fmt: skip


CASE = (
    "number",
    "state",
    "text",
    "kind",
    "content",
    "severity",
    "received_at",
    "changed_at",
    "done_at",
    "closed_at",
)
ENTRY = ("subject_id", "number", "kind", "at", "facts")
DUTY = (
    "clause_id",
    "state",
    "started_at",
    "due_at",
    "ended_at",
    "breached_at",
    "used_for",
    "bearer_department",
)


@pytest.mark.parametrize("history", [True, False])
def test_together_is_what_row_by_row_would_be(
    taken: Take, monkeypatch: pytest.MonkeyPatch, history: bool
) -> None:
    fresh = (*OPEN[:4], "镜头起雾,请换一台。", "", "")
    rows = [FAULT, ASKED, LATE, OPEN] if history else [OPEN, ("5", *fresh[1:]), FAULT]
    with transaction.atomic():
        counted, together = counts(taken(rows, history=history)), stands()
        transaction.set_rollback(True)
    monkeypatch.setattr(batches._Batch, "many", lambda self, lines: [self.alone(line) for line in lines])
    assert counts(taken(rows, history=history)) == counted
    assert stands() == together
    assert len(together[0]) == len(rows) - (not history)
    assert not list(verify())


def test_a_row_the_database_refuses_at_the_end_of_a_batch_is_found_and_the_others_are_taken(db: None) -> None:
    rows = [(str(number), *OPEN[1:4], f"镜头起雾,请换第{number}台。", "", "") for number in range(5, 10)]
    run = begun(as_csv(rows), history=False)
    receive(Word(text="早就来过", channel="ledger", outside_id=f"{run.source}:7"), by=SYSTEM, at=NOW)
    run = running.carry_on(run, at=NOW)
    assert counts(run) == (4, 0, 0, 1)
    assert (run.rejects.get().number, run.rejects.get().reason_en) == (
        4,
        "the database does not take it (IntegrityError)",
    )
    assert (
        Case.objects.count()
        == Round.objects.count()
        == Entry.objects.filter(kind="case.received").count()
        == 5
    )
    assert not list(verify())


def test_a_row_that_fails_while_it_is_taken_is_left_out_and_those_around_it_are_together(
    taken: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoilt(word: Word, **rest: Any) -> Any:
        if "坏" in word.text:
            raise Invalid("这一行不行。", "Not this one.")
        return receive(word, **rest)

    monkeypatch.setattr("goodword.voice.cases.ledger.taking.receive", spoilt)
    texts = ["镜头起雾", "坏的一", "送货晚了", "押金没退", "坏的二"]
    run = taken([(str(n), *OPEN[1:4], text, "", "") for n, text in enumerate(texts)], history=False)
    assert counts(run) == (3, 0, 0, 2)
    assert [reject.number for reject in run.rejects.order_by("number")] == [3, 6]
    assert list(Case.objects.order_by("number").values_list("text", flat=True)) == [
        "镜头起雾",
        "送货晚了",
        "押金没退",
    ]


def test_a_row_whose_reaction_refuses_is_left_out_alone(taken: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(*case_ids: UUID, at: datetime) -> list[DuplicateProposal]:
        if Case.objects.filter(pk__in=case_ids, text__contains="坏").exists():
            raise Refused("这一行不行。", "Not this one.")
        return []

    monkeypatch.setattr("goodword.wiring.intake.linking.propose_duplicates", refusing)
    run = taken(
        [(str(n), *OPEN[1:4], text, "", "") for n, text in enumerate(["起雾", "坏的", "晚了"])], history=False
    )
    assert (counts(run), run.state) == ((2, 0, 0, 1), "done")
    assert run.rejects.get().reason_en == "Not this one."


def test_rows_that_are_alike_are_proposed_once_the_later_beside_the_earlier(taken: Take) -> None:
    taken([(str(number), f"张测试{number}", *OPEN[2:4], STORM, "", "") for number in range(3)], history=False)
    first, second, third = Case.objects.order_by("number").values_list("pk", flat=True)
    found = set(DuplicateProposal.objects.values_list("case_id", "other_id"))
    assert found == {(second, first), (third, first), (third, second)}


@pytest.mark.parametrize(("history", "most"), [(True, 6), (False, 4)])
def test_a_row_costs_a_handful_of_statements(taken: Take, history: bool, most: float) -> None:
    """Counted on batches of fifty; row by row it is 29 and 22."""
    rows = [
        (
            str(n),
            f"张测试{n}",
            *(FAULT if history else OPEN)[2:4],
            f"第{n}台镜头起雾",
            *(FAULT if history else OPEN)[5:],
        )
        for n in range(100)
    ]
    taken([FAULT], history=True)  # what is looked up once in a process
    with CaptureQueriesContext(connection) as asked:
        taken(rows, history=history)
    assert len(asked) / len(rows) < most
