"""JSON lines in, JSON lines out; a bad line is answered, not raised."""

import io
import json
import subprocess
import sys
import time

import pytest

from goodword.base.language import classify
from goodword.base.language.batch import run


def answers(*lines):
    out = io.StringIO()
    run(lines, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_line_is_answered_with_its_id():
    [first, second] = answers('{"id": "a", "text": "摄像机黑屏"}', '{"id": 2, "text": ""}')

    assert first["id"] == "a"
    assert first["content"]["label"] == "device"
    assert second["id"] == 2
    assert second["kind"] == {"label": None, "p": 0.0, "words": []}


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[1]",
        '{"id": 1}',
        '{"id": 1, "text": null}',
        "[" * 100_000,
        '{"id": 1, "text": 5}',
        '{"id": [1], "text": "a"}',
    ],
)
def test_a_malformed_line_gets_an_error_and_the_next_is_read(line):
    [bad, good] = answers(line, '{"id": 9, "text": "建议增加一个按钮"}')

    assert "error" in bad
    assert good["id"] == 9
    assert good["kind"]["label"] == "suggestion"


def test_half_a_surrogate_can_be_written():
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    run(['{"id": "\\ud800", "text": "\\ud800摄像机黑屏"}'], out)
    out.seek(0)

    assert json.loads(out.read())["content"]["label"] == "device"


def test_blank_lines_are_passed_over():
    assert answers("\n", "  \n") == []


def test_it_runs_without_django():
    code = "import sys; import goodword.base.language.batch; sys.exit('django' in sys.modules)"

    assert (
        subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": "src"}, check=False).returncode == 0
    )


def test_short_texts_are_read_by_the_thousand():
    classify("暖机")
    began = time.process_time()
    for _ in range(500):
        classify("昨天送来的摄像机开机以后画面一直闪，换了线也没用，麻烦派人看看")

    assert 500 / (time.process_time() - began) > 800  # 2,000 and more on an idle core; room for a busy one
