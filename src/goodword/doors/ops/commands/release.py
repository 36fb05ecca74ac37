"""`goodword release`."""

from __future__ import annotations

import click
from django.conf import settings

from goodword.base.core import clock
from goodword.base.core.models import Setting
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import SYSTEM
from goodword.engine.journal.recording import record

from ..kinds import RELEASED


@click.command()
def command() -> None:
    """Let a restored copy send messages again. 解除停发状态。"""
    with one_fact():
        was_held, _ = Setting.objects.filter(name="held", value=True).delete()
        if was_held:
            record(RELEASED, "installation", by=SYSTEM, at=clock.now())
    if settings.GOODWORD_HELD:
        raise click.ClickException("GOODWORD_HELD=true still holds this installation; unset it")
    click.echo("released: messages are sent again" if was_held else "this installation was not held")
