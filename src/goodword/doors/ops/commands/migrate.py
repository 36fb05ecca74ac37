"""`goodword migrate`."""

from __future__ import annotations

import click

from ..preparing import prepare


@click.command()
def command() -> None:
    """Bring the database up to date: tables, the regulations' clauses, calendars, departments.

    Safe to repeat; what a company has changed is left alone. 更新数据表、条款、日历与部门,可重复执行。
    """
    applied = prepare()
    click.echo(f"{applied} migrations applied" if applied else "the database is up to date")
