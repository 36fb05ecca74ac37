"""`goodword journal seal`."""

from __future__ import annotations

import click

from goodword.base.core import clock
from goodword.engine.journal.sealing import seal


@click.command()
def command() -> None:
    """Sign how far the journal has come; the worker does it once a minute. 立即封存日志。"""
    made = seal(now=clock.now())
    click.echo(
        "nothing new to seal" if made is None else f"sealed {made.count} entries, up to number {made.last_id}"
    )
