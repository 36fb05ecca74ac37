"""A click group whose commands are modules, loaded only when they run: help costs nothing."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module

import click


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the command table: what it does in two languages, and the module that holds it.

    module: under `commands/`, with a click command named `command`; None for a group of `children`.
    django: whether Django is started first, so that the module may import models.
    """

    module: str | None
    en: str
    zh: str
    django: bool = True
    children: Mapping[str, Line] = field(default_factory=dict)


class LazyGroup(click.Group):
    """Lists and loads the commands of a table."""

    def __init__(self, lines: Mapping[str, Line], *, name: str, about: str) -> None:
        super().__init__(name=name, help=about, no_args_is_help=True)
        self.lines = lines

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the table."""
        return list(self.lines)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the command; Django first, where it needs Django."""
        line = self.lines.get(cmd_name)
        if line is None:
            return None
        if line.module is None:
            return LazyGroup(line.children, name=cmd_name, about=f"{line.en}\n\n{line.zh}")
        if line.django:
            start_django()
        command = import_module(f".commands.{line.module}", __package__).command
        assert isinstance(command, click.Command)
        command.name = cmd_name
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Both languages of each line, without loading a command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, f"{line.en} {line.zh}") for name, line in self.lines.items()])


def start_django() -> None:
    """Start Django with the product's settings. Raises ConfigurationError for an environment that makes no sense.

    A command is one thread: it holds one connection of its own instead of a pool, and says at once when there is
    none to be had.
    """
    import django  # noqa: PLC0415 - commands without a database start without it
    from django.apps import apps  # noqa: PLC0415 - as above
    from django.conf import settings  # noqa: PLC0415 - as above

    if apps.ready:
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goodword.settings")
    database = settings.DATABASES["default"]
    if database["OPTIONS"].pop("pool", None) is not None:
        database["OPTIONS"].setdefault("connect_timeout", 5)
        database |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    django.setup()
