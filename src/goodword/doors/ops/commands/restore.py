"""`goodword restore FILE`."""

from __future__ import annotations

from pathlib import Path

import click

from goodword.base.core import clock
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import SYSTEM
from goodword.engine.journal.recording import record

from ..backups.restoring import restore
from ..kinds import RESTORED
from ..preparing import prepare


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Overwrite what is here. 覆盖现有数据。")
def command(file: Path, replace: bool) -> None:
    """Make this installation what FILE holds. Stop web and worker first.

    Everything is compared with the manifest before anything is changed. The copy is held: it sends nothing to
    anybody until `goodword release`. 从备份恢复,恢复后停发消息,直到解除。
    """
    manifest = restore(file.resolve(), replace=replace, now=clock.now())
    prepare()
    at = clock.now()
    with one_fact():
        record(RESTORED, "installation", by=SYSTEM, at=at, facts={"made_at": manifest.made_at})
    rows = sum(manifest.tables.values())
    click.echo(
        f"restored as of {manifest.made_at}: {rows} rows, {len(manifest.files) - 2} attachments, all compared"
    )
    click.echo("nothing is sent until: goodword release")
