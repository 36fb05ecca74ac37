"""Making the database ready: tables first, then what every installation stands on."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from goodword.base.core import clock
from goodword.base.core.environment import ConfigurationError

from .foundations import lay_foundations


def pending() -> int:
    """How many migrations have not been applied."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def require_prepared() -> None:
    """Raise ConfigurationError unless the database is up to date."""
    if waiting := pending():
        raise ConfigurationError(f"{waiting} migrations have not been applied: run goodword migrate first")


def prepare() -> int:
    """Apply what is pending and lay the foundations; returns how many migrations were applied. Safe to repeat."""
    waiting = pending()
    if waiting:
        call_command("migrate", verbosity=0, interactive=False)
    lay_foundations(at=clock.now())
    return waiting
