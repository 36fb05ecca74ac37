"""`goodword language evaluate FILE`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from goodword.base.language.evaluate import evaluate


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(file: Path) -> None:
    """Compare readings with the labels of FILE (JSON lines with text and labels); print figures as JSON.

    与人工标注比较,输出各项指标。
    """
    try:
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    except ValueError as problem:
        raise click.ClickException(f"{file.name}: not JSON lines: {problem}") from None
    click.echo(evaluate(rows).as_json())
