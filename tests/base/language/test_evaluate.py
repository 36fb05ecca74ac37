"""Figures against labels people gave; on the labelled messages where they are at hand."""

import json
from pathlib import Path

import pytest

from goodword.base.language.evaluate import evaluate, split

MESSAGES = Path(__file__).parents[4] / "shared" / "data" / "rental_messages.jsonl"


def test_accuracy_precision_recall_and_confusions_are_counted():
    report = evaluate(
        [
            {"id": 1, "text": "正在直播，摄像机黑屏", "severity": "urgent"},
            {"id": 2, "text": "请问三脚架多高", "severity": "urgent", "severity_ok": ["urgent", "general"]},
        ]
    )
    severity = report.labels["severity"]

    assert (severity.accuracy, severity.acceptable) == (0.5, 1.0)
    assert (severity.classes["urgent"].precision, severity.classes["urgent"].recall) == (1.0, 0.5)
    assert severity.confusions == {"urgent → general": 1}
    assert json.loads(report.as_json())["rows"] == 2


def test_no_rows_give_an_empty_report():
    assert evaluate([]).labels["kind"].rows == 0


def test_the_split_is_the_same_in_any_order():
    rows = [{"id": f"row-{n}"} for n in range(20)]

    assert split(rows, held_out=8) == split(rows[::-1], held_out=8)
    assert [len(part) for part in split(rows, held_out=8)] == [12, 8]


@pytest.mark.skipif(not MESSAGES.exists(), reason="the labelled messages are not beside this checkout")
def test_the_model_reaches_its_floors_on_messages_held_out():
    rows = [json.loads(line) for line in MESSAGES.read_text("utf-8").splitlines()]
    labels = evaluate(split(rows, held_out=80)[1]).labels

    assert labels["content"].acceptable >= 0.92
    assert labels["severity"].acceptable >= 0.92
    assert labels["severity"].classes["urgent"].recall >= 0.90
    assert labels["kind"].accuracy >= 0.85
    assert labels["sentiment"].acceptable >= 0.88
