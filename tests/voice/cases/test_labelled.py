"""What people said cases are: kept as labels, confirmed or corrected, and given out masked to train with."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from click.testing import CliRunner
from tests.cast import FAULT, PHONE, RUDE, Cast, a_case, triaged

from goodword.doors.ops.commands.language_labels import command
from goodword.voice.cases.actions import triaging
from goodword.voice.cases.models import Case, Label
from goodword.voice.cases.queries.labelled import labelled

DAY = timedelta(days=1)


def decided(cast: Cast, case: Case, *, later: timedelta = timedelta(minutes=5), **labels: str) -> Case:
    chosen: dict[str, Any] = {"kind": "complaint", "content": "service", "severity": "general", **labels}
    return triaging.triage(
        case, by=cast.intake.by, at=case.received_at + later, department=cast.department("service"), **chosen
    )


def proposed(case: Case, name: str) -> str:
    return str(case.proposal[name]["label"])


def test_a_label_confirmed_is_on_the_case_and_one_corrected_beside_the_proposal(cast: Cast) -> None:
    case = a_case(cast, text=RUDE)
    assert proposed(case, "content") == "service"
    decided(cast, case, severity="urgent", sentiment="neg")
    assert case.labelled_at == case.received_at + timedelta(minutes=5)
    assert list(Label.objects.values_list("name", "proposed", "chosen")) == [
        ("severity", proposed(case, "severity"), "urgent")
    ]
    assert list(labelled()) == [
        {"text": RUDE, "content": "service", "severity": "urgent", "kind": "complaint", "sentiment": "neg"}
    ]


def test_the_last_word_counts_and_a_correction_taken_back_goes(cast: Cast) -> None:
    case = decided(cast, a_case(cast, text=RUDE), severity="urgent", content="device")
    assert Label.objects.count() == 2
    decided(cast, case, later=timedelta(minutes=9), content="device")
    assert list(Label.objects.values_list("name", "chosen")) == [("content", "device")]
    decided(cast, case, later=timedelta(minutes=12))
    assert not Label.objects.exists()
    assert [row["content"] for row in labelled()] == ["service"]


def test_what_only_the_reader_said_is_no_label_and_nothing_is_read_anew(cast: Cast) -> None:
    case = a_case(cast)
    assert list(labelled()) == []
    before = case.proposal
    case = decided(cast, case, content="other")
    assert Case.objects.get(pk=case.pk).proposal == before


def test_personal_values_are_masked_names_too_and_what_has_no_words_is_left_out(cast: Cast) -> None:
    triaged(cast, text=f"我是张测试,电话{PHONE},{FAULT}")
    gone = triaged(cast, text="要删掉的话")
    Case.objects.filter(pk=gone.pk).update(text="", subject="")
    (row,) = labelled()
    assert "张测试" not in row["text"]
    assert PHONE not in row["text"]
    assert FAULT in row["text"]


def test_the_command_writes_json_lines_from_a_day_on(cast: Cast, tmp_path: Any) -> None:
    decided(cast, a_case(cast, text=RUDE))
    decided(cast, a_case(cast, text=FAULT, at=cast.at + DAY))
    said = CliRunner().invoke(command, [])
    assert said.exit_code == 0
    rows = [json.loads(line) for line in said.stdout.splitlines()]
    assert [row["text"] for row in rows] == [RUDE, FAULT]
    out = tmp_path / "labels.jsonl"
    since = (cast.at + DAY).date().isoformat()
    assert CliRunner().invoke(command, ["--since", since, "--out", str(out)]).exit_code == 0
    assert [json.loads(line)["text"] for line in out.read_text("utf-8").splitlines()] == [FAULT]
