"""Training from the product: what it learns from, the same bytes for the same seed, what it refuses."""

import json
import subprocess
import sys
from datetime import date

import pytest

from goodword.base.language.classifying import read_by
from goodword.base.language.model import read
from goodword.base.language.training.examples import LABELS, Example, Unusable, corpus, labelled, reviews

DAY = date(2026, 3, 2)


def tiny():
    """The corpus, thinned to some 270 rows."""
    return corpus()[::66]


@pytest.fixture(scope="module")
def training():
    pytest.importorskip("sklearn", reason="the extra `train` is not installed")
    from goodword.base.language.training import training

    return training


@pytest.fixture(scope="module")
def settings(training):
    from goodword.base.language.training.settings import settings

    return settings()


def write(path, trained):
    from goodword.base.language.training.packing import write

    write(path, trained.header, trained.tables)
    return path


def test_the_same_examples_and_seed_give_the_same_file(training, settings, tmp_path):
    stars = [
        Example("质量很好很满意", {"sentiment": "pos"}, "reviews"),
        Example("太差了不满意", {"sentiment": "neg"}, "reviews"),
    ] * 20
    first, second = (
        write(tmp_path / name, training.train(tiny(), stars, settings, seed=5, day=DAY)) for name in "ab"
    )

    assert first.read_bytes() == second.read_bytes()
    model = read(first)
    assert model.version.startswith("2026-03-02-")
    assert model.header["seed"] == 5
    assert model.sees_opinion()
    assert not list(tmp_path.glob(".*"))  # nothing half-written stays


def test_what_is_read_from_the_file_is_what_was_fitted(training, settings, tmp_path):
    rows = tiny()
    trained = training.train(rows, [], settings, seed=5, day=DAY)
    model = read(write(tmp_path / "model", trained))
    right = sum(read_by(model, row.text).kind.label == row.labels["kind"] for row in rows)

    assert right / len(rows) > 0.9  # it has seen them


def test_a_companys_label_overrules_the_corpus(training, settings, tmp_path):
    rows = tiny()
    odd = Example("呼噜呼噜机器唱歌了", {"kind": "praise"}, "own.jsonl", weight=3)
    was = Example(odd.text, {"kind": "complaint"}, "corpus_1.tsv")
    model = read(write(tmp_path / "model", training.train([was, *rows, odd], [], settings, seed=5, day=DAY)))

    assert read_by(model, odd.text).kind.label == "praise"


def test_without_examples_it_refuses(training, settings):
    with pytest.raises(ValueError, match="no labelled messages"):
        training.train([], [], settings, seed=5, day=DAY)


def test_the_corpus_is_whole_and_says_each_text_once():
    rows = corpus()

    assert len(rows) >= 10_000
    assert len({row.text for row in rows}) == len(rows)
    assert all(set(row.labels) == set(LABELS) for row in rows)
    for name, known in LABELS.items():
        assert {row.labels[name] for row in rows} == set(known)


def test_a_suggestion_is_a_proposal_or_praise_and_nothing_else():
    for row in corpus():
        assert (row.labels["severity"] == "suggestion") == (row.labels["kind"] in {"suggestion", "praise"}), (
            row.text
        )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("not json", "line 1: not JSON"),
        ('{"text": "a", "kind": "gripe"}', "kind 'gripe'"),
        ('{"kind": "praise"}', "line 1: an object with text"),
    ],
)
def test_a_bad_label_file_is_refused_with_its_place(tmp_path, content, said):
    file = tmp_path / "labels.jsonl"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(Unusable, match=said):
        labelled(file)


def test_reviews_come_as_table_or_lines(tmp_path):
    table, lines = tmp_path / "r.csv", tmp_path / "r.jsonl"
    table.write_text("category,label,review\n书,0,太差\n书,1,很好\n书,1,\n", encoding="utf-8")
    lines.write_text('{"text": "很好", "stars": 5}\n{"text": "一般", "stars": 3}\n', encoding="utf-8")

    assert [(each.category, each.labels["sentiment"]) for each in reviews(table)] == [
        ("书", "neg"),
        ("书", "pos"),
    ]
    assert [each.labels["sentiment"] for each in reviews(lines)] == ["pos", "neu"]


def command(*arguments, **environ):
    return subprocess.run(
        [sys.executable, "-m", "goodword", "language", *arguments],
        env={"PYTHONPATH": "src", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_says_what_to_install_when_it_is_missing(tmp_path):
    (tmp_path / "sklearn.py").write_text("raise ModuleNotFoundError(name='sklearn')", encoding="utf-8")
    done = command("train", "--out", str(tmp_path), PYTHONPATH=f"{tmp_path}:src")

    assert done.returncode != 0
    assert "pip install 'goodword[train]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_command_evaluates_a_file_of_labels(tmp_path):
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps({"text": "正在直播，导播台黑屏了", "severity": "urgent"}), encoding="utf-8")
    done = command("evaluate", str(file), GOODWORD_DATA_DIR=str(tmp_path))
    said = json.loads(done.stdout)

    assert said["labels"]["severity"]["accuracy"] == 1.0
    assert said["labels"]["severity"]["calibration"][0]["rows"] == 1
