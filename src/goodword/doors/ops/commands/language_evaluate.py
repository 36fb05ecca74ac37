"""`goodword language evaluate`."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from statistics import mean
from time import process_time
from typing import Any

import click

from goodword.base.language.classifying import classify
from goodword.base.language.current import in_force
from goodword.base.language.evaluate import evaluate

from .language_train import FILES, NEEDS

ALL = "all"


@click.command()
@click.argument("file", required=False, type=FILES)
@click.option("--baseline", is_flag=True, help="TF-IDF and logistic regression beside it. 与 TF-IDF 对照。")
@click.option(
    "--reviews", type=FILES, help="Reviews with categories: train without one, try on it. 带品类的评价。"
)
@click.option(
    "--leave-out", default=ALL, show_default=True, help="The category left out, or all in turn. 留出的品类。"
)
def command(file: Path | None, baseline: bool, reviews: Path | None, leave_out: str) -> None:
    """Compare readings with the labels of FILE (JSON lines with text and labels); print figures as JSON.

    With --reviews: how well mood is told on a category of reviews left out of training, beside TF-IDF.

    与人工标注比较,输出各项指标;--reviews 在留出的品类上与 TF-IDF 对照。
    """
    if file is None and reviews is None:
        raise click.UsageError("give FILE, --reviews or both")
    said: dict[str, Any] = {}
    if file is not None:
        rows = _rows(file)
        model = in_force().model
        said = {"model": model.version if model else None, **_timed(rows)}
        if baseline:
            said["baseline"] = _baseline(rows)
    if reviews is not None:
        said["reviews"] = _left_out(reviews, leave_out)
    click.echo(json.dumps(said, ensure_ascii=False, indent=2))


def _rows(file: Path) -> list[dict[str, Any]]:
    try:
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    except ValueError as problem:
        raise click.ClickException(f"{file.name}: not JSON lines: {problem}") from None
    if not all(isinstance(row, dict) and isinstance(row.get("text"), str) for row in rows):
        raise click.ClickException(f"{file.name}: each line is an object with text")
    return rows


def _timed(rows: list[dict[str, Any]]) -> dict[str, Any]:
    classify("")
    began = process_time()
    report = asdict(evaluate(rows))
    spent = process_time() - began
    return report | {"texts_per_second": round(len(rows) / spent) if rows and spent else None}


def _training() -> Any:
    try:
        from goodword.base.language.training import compare  # noqa: PLC0415 - an extra not everybody installs
    except ModuleNotFoundError as missing:
        raise click.ClickException(f"{NEEDS} ({missing.name})") from None
    return compare


def _baseline(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """TF-IDF of the shipped corpus on the same rows: accuracy per dimension."""
    compare = _training()
    from goodword.base.language.training.examples import LABELS, corpus  # noqa: PLC0415 - as above

    learned = corpus()
    found = {}
    for analyzer in ("char", "word"):
        labels = evaluate(rows, read=compare.baseline(learned, analyzer)).labels
        found[f"tfidf_{analyzer}"] = {name: labels[name].accuracy for name in LABELS}
    return found


def _left_out(file: Path, wanted: str) -> dict[str, Any]:
    compare = _training()
    from goodword.base.language.training.examples import Unusable, reviews  # noqa: PLC0415 - as above
    from goodword.base.language.training.settings import settings  # noqa: PLC0415 - as above

    try:
        examples = reviews(file)
    except Unusable as wrong:
        raise click.ClickException(str(wrong)) from None
    known = sorted({each.category for each in examples if each.category})
    if wanted not in {ALL, *known}:
        raise click.ClickException(f"{file.name} has no category {wanted!r}; it has {', '.join(known)}")
    found = [
        asdict(each) for each in compare.leave_out(examples, settings(), known if wanted == ALL else [wanted])
    ]
    ways = ("ours", "tfidf_char", "tfidf_word")
    return {
        "left_out": found,
        "mean": {way: round(mean(each[way] for each in found), 4) for way in ways},
        "least": {way: min(each[way] for each in found) for way in ways},
    }
