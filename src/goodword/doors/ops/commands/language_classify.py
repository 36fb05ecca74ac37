"""`goodword language classify`."""

from __future__ import annotations

import sys

import click

from goodword.base.language.batch import run


@click.command()
def command() -> None:
    """Read {"id", "text"} as JSON lines; answer each with its labels, probabilities and the words that decided.

    Needs no database. 逐行读取文本并给出分类,无需数据库。
    """
    run(sys.stdin, sys.stdout)
