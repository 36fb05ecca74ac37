"""`goodword journal verify`."""

from __future__ import annotations

import sys

import click

from goodword.engine.journal.models import Entry, Seal
from goodword.engine.journal.verifying import verify


@click.command()
def command() -> None:
    """Read the whole journal and name every edit, deletion, swap, insertion or truncation. Exit code 1 if any.

    核验日志:逐条检查是否被改动、删除、调换或截断。
    """
    found = 0
    for finding in verify():
        found += 1
        click.echo(f"{finding.where}: {finding.what}")
    click.echo(f"{Entry.objects.count()} entries, {Seal.objects.count()} seals, {found} findings")
    if found:
        sys.exit(1)
