"""`goodword language train`."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

import click

from goodword.base.core import clock
from goodword.base.language.current import SHIPPED, own_path

NEEDS = (
    "Training needs numpy, scipy and scikit-learn: pip install 'goodword[train]'. "
    "训练需要 numpy、scipy、scikit-learn:pip install 'goodword[train]'。"
)
FILES = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option(
    "--labels", multiple=True, type=FILES, help="JSON lines with text and labels people gave. 人工标注。"
)
@click.option(
    "--reviews",
    multiple=True,
    type=FILES,
    help="Reviews: .csv with label (0 bad, 1 good), or JSON lines with stars. 带星级的评价。",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the model; the data folder's otherwise, where it comes into force. 模型目录。",
)
@click.option("--seed", default=1, show_default=True, help="The same seed and files give the same model.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="The day in its version; today otherwise.")
def command(
    labels: tuple[Path, ...], reviews: tuple[Path, ...], out: Path | None, seed: int, day: datetime | None
) -> None:
    """Train a model on the shipped corpus, a company's labels and its reviews; print figures of rows left out.

    Needs no database and no network. 训练模型,输出留出样本上的指标,无需数据库与网络。
    """
    try:
        from goodword.base.language.training import examples, packing, settings, training  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        raise click.ClickException(f"{NEEDS} ({missing.name})") from None
    chosen = settings.settings()
    try:
        messages = examples.corpus()
        for file in labels:
            messages += examples.labelled(file, weight=chosen.own_labels_weigh)
        opinions = [each for file in reviews for each in examples.reviews(file)]
    except (examples.Unusable, UnicodeDecodeError) as wrong:
        raise click.ClickException(str(wrong)) from None
    trained = training.train(
        messages,
        opinions,
        chosen,
        seed=seed,
        day=(day or clock.now()).date(),
        say=lambda said: click.echo(said, err=True),
    )
    path = (out / SHIPPED.name) if out else own_path(os.environ.get("GOODWORD_DATA_DIR", ""))
    packing.write(path, trained.header, trained.tables)
    told = {key: value for key, value in trained.header.items() if key not in {"heads", "opinion"}}
    told["bytes"] = path.stat().st_size
    path.with_suffix(".json").write_text(
        json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    click.echo(json.dumps({"model": str(path), **told}, ensure_ascii=False, indent=1))
