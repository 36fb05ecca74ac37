"""`goodword backup FILE`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from goodword.base.core import clock

from ..backups.saving import save


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Overwrite FILE. 覆盖已有文件。")
def command(file: Path, replace: bool) -> None:
    """Write database, attachments and keys to FILE (a tar), while the installation goes on working.

    Whoever has the file can read everything: keep it like the keys it holds. 备份数据库、附件与密钥。
    """
    if file.exists() and not replace:
        raise click.ClickException(f"{file} is there already; give --replace to overwrite it")
    manifest = save(file.resolve(), at=clock.now())
    rows, files = sum(manifest.tables.values()), len(manifest.files) - 2
    click.echo(
        f"{file}: {rows} rows in {len(manifest.tables)} tables, {files} attachments, {file.stat().st_size} bytes"
    )
    for name in manifest.missing:
        click.echo(f"the attachment {name} is missing", err=True)
    if manifest.missing:
        sys.exit(1)
