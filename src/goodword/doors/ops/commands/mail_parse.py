"""`goodword mail parse`."""

from __future__ import annotations

import json

import click

from goodword.base.documents.limits import Limits
from goodword.base.documents.mail import read
from goodword.base.documents.mail.reading import as_dict


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, allow_dash=True)
)
def command(files: tuple[str, ...]) -> None:
    """Read the mail in FILE (- for standard input) and print what it says as JSON; several give JSON lines.

    Whatever the bytes are, they give a mail. Needs no database. 解析邮件并输出 JSON,无需数据库。
    """
    if len(files) == 1:
        click.echo(json.dumps(as_dict(read(_bytes(files[0]))), ensure_ascii=False, indent=2))
        return
    for file in files:
        click.echo(json.dumps({"file": file, **as_dict(read(_bytes(file)))}, ensure_ascii=False))


def _bytes(file: str) -> bytes:
    most = Limits().unpacked_bytes
    with click.open_file(file, "rb") as stream:
        data: bytes = stream.read(most + 1)
    if len(data) > most:
        raise click.ClickException(f"{file}: larger than {most // 1024**2} MB")
    return data
