"""A ledger taken in as new work: the clocks begin now; and the dry run, and maps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cast import make_cast
from tests.voice.cases.ledger.ledgers import ASKED, FAULT, HEADER, LATE, NOW, OPEN, as_csv, counts

from goodword.base.core.errors import Forbidden, Invalid, NotFound
from goodword.base.documents.sheets import read_sheet
from goodword.base.people.actors import SYSTEM
from goodword.engine.journal.models import Entry
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases.ledger import files, mapping, maps, running
from goodword.voice.cases.ledger.trying import try_out
from goodword.voice.cases.models import Case, LedgerRow, LedgerRun, Message, Note

Take = Callable[..., LedgerRun]


def test_an_open_row_becomes_work_that_begins_now(taken: Take) -> None:
    run = taken([OPEN], history=False)
    case = Case.objects.get()
    assert counts(run) == (1, 0, 0, 0)
    assert (case.history, case.received_at, case.channel) == (False, NOW, "ledger")
    assert Obligation.objects.get(clause_id="FB-3.2a").started_at == NOW
    assert "2019-06-03 10:00" in Note.objects.get().text


def test_an_answered_row_is_no_new_work(taken: Take) -> None:
    run = taken([FAULT, OPEN], history=False)
    assert counts(run) == (1, 0, 0, 1)
    assert "history" in run.rejects.get().reason_en


def test_the_answer_the_ledger_gets_later_reaches_the_case(taken: Take) -> None:
    taken([OPEN], history=False)
    run = taken([(*OPEN[:5], "已向您致歉。", "2026-01-05 09:50")], history=False)
    assert counts(run) == (0, 1, 0, 0)
    assert Message.objects.get(direction="out").text == "已向您致歉。"
    assert Entry.objects.filter(kind="case.replied").count() == 1


def test_somebody_with_a_number_becomes_a_customer_once_and_a_mere_name_stays_sealed(taken: Take) -> None:
    header = "编号,客户姓名,联系电话,受理时间,内容\n"
    rows = "1,张测试,13800001111,2026-01-04 10:00,摄像机黑屏\n2,张测试,13800001111,2026-01-04 11:00,还没有人回复我\n"
    taken(f"{header}{rows}3,李示例,,2026-01-04 11:00,押金没有退\n".encode(), history=False)
    first, second, third = Case.objects.order_by("number")
    assert first.customer is not None
    assert first.customer == second.customer
    assert third.customer is None
    kept = LedgerRow.objects.get(case=third).reporter
    assert kept is not None
    assert (kept.clear(), str(kept) == "李示例") == ("李示例", False)


def test_a_channel_a_receipt_would_go_by_promises_none(taken: Take) -> None:
    taken("编号,受理时间,内容,渠道\n1,2026-01-04 10:00,摄像机黑屏,微信公众号\n".encode(), history=False)
    assert Entry.objects.get(kind="case.received").facts["receipt"] is False


def test_a_dry_run_tells_what_the_import_then_does_and_writes_nothing(taken: Take) -> None:
    raw = as_csv([FAULT, FAULT, LATE, ("5", "", "", "昨天", "黑屏了", "", "")])
    sheet = read_sheet(raw, "x.csv")
    trial = try_out(sheet, mapping.detected(sheet), history=True, at=NOW)
    assert not Case.objects.exists()
    assert not LedgerRun.objects.exists()
    run = taken(raw)
    assert counts(run) == tuple(
        trial.counts[name] for name in ("created", "updated", "unchanged", "rejected")
    )
    assert counts(run) == (2, 0, 1, 1)
    first, case = trial.shown[0], Case.objects.order_by("number")[0]
    assert first.chosen is not None
    assert (first.chosen.kind, first.chosen.severity) == (case.kind, case.severity)


def test_a_preview_shows_the_first_twenty(db: None) -> None:
    sheet = read_sheet(as_csv([(str(n), *ASKED[1:]) for n in range(30)]), "x.csv")
    trial = try_out(sheet, mapping.detected(sheet), history=True, at=NOW)
    assert (len(trial.shown), trial.rows, trial.counts["created"]) == (20, 30, 30)


def test_two_ledgers_with_the_same_numbers_are_told_apart_by_name(taken: Take, db: None) -> None:
    taken([FAULT])
    columns = mapping.ColumnMap("仓库台账", {"outside_id": "编号", "text": "内容", "received_at": "受理时间"})
    kept = files.kept(as_csv([OPEN, LATE, FAULT]), at=NOW)
    run = running.prepare(kept, name="x.csv", columns=columns, mode="history", by=SYSTEM, at=NOW)
    run = running.carry_on(running.start(run, by=SYSTEM, at=NOW), at=NOW)
    assert counts(run) == (3, 0, 0, 0)


def test_a_map_is_saved_under_its_name_and_replaced(db: None) -> None:
    maps.save_map("热线", {"text": "内容"}, {"kind": "request"}, by=SYSTEM, at=NOW)
    maps.save_map("热线", {"text": "正文"}, {}, by=SYSTEM, at=NOW)
    assert maps.saved_map("热线").columns == {"text": "正文"}
    with pytest.raises(NotFound):
        maps.saved_map("别的")


@pytest.mark.parametrize(
    ("columns", "defaults", "field"),
    [
        ({"subjekt": "主题", "text": "内容"}, {}, "subjekt"),
        ({"answer": "答复"}, {}, "text"),
        ({"text": "内容", "answer": "内容"}, {}, "answer"),
        ({"text": "内容"}, {"kind": "quarrel"}, "kind"),
        ({"text": "内容"}, {"channel": "pigeon"}, "channel"),
    ],
)
def test_a_map_that_cannot_be_used_says_which_field(
    db: None, columns: dict[str, str], defaults: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as wrong:
        mapping.checked("热线", columns, defaults, on=NOW.date())
    assert field in wrong.value.fields


def test_a_map_for_another_file_names_the_missing_column(db: None) -> None:
    with pytest.raises(Invalid, match="正文"):
        mapping.ColumnMap("x", {"text": "正文"}).places(list(HEADER))


def test_the_shipped_example_is_a_map(db: None) -> None:
    path = Path(__file__).parents[4] / "docs" / "maps" / "hotline.yaml"
    assert mapping.from_file(path, on=NOW.date()).columns["text"]


def test_whoever_may_not_import_does_not(db: None) -> None:
    cast = make_cast()
    with pytest.raises(Forbidden):
        maps.save_map("热线", {"text": "内容"}, {}, by=cast.engineer.by, at=NOW)
    assert maps.save_map("热线", {"text": "内容"}, {}, by=cast.intake.by, at=NOW).by_id == cast.intake.pk
