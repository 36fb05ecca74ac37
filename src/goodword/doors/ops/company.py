"""The demo company of an empty installation, and how to log in to it."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from goodword.base.core import clock
from goodword.base.core.models import Setting
from goodword.base.core.transactions import one_fact
from goodword.base.people.models import Account
from goodword.wiring.administration.second_factor import waive

from .tables import table
from .words import pick

DEMO = "goodword.doors.ops.demo"
LOG_INS = "demo_log_ins"


def demo_company() -> None:
    """Build it, where nobody has an account yet. The company and its log-ins are one fact."""
    if Account.objects.exists():
        return
    click.echo(pick("正在创建演示公司,仅此一次……", "building the demo company, once …"))
    with one_fact():
        # The demo company is half the product's code; only this start needs it.
        summary = import_module(DEMO).build(clock.now(), progress=_tell)
        waive()  # the passwords are printed for everybody: a second factor would protect nothing
        Setting.objects.create(name=LOG_INS, value=[list(row) for row in summary.logins])
    click.echo("", err=True)


def log_ins() -> str | None:
    """Who may log in to the demo company; empty where the company is a real one, None where nobody has an account."""
    kept = Setting.objects.filter(name=LOG_INS).values_list("value", flat=True).first()
    if kept:
        rows = [(row[0], pick(row[1], row[2])) for row in kept]
        password = import_module(DEMO).PASSWORD
        said = pick(f"密码都是:{password}", f"The password of each: {password}")
        return f"{table(pick('账号 角色', 'log-in role').split(), rows)}\n{said}"
    return "" if Account.objects.exists() else None


def _tell(share: float, doing: str) -> None:
    """How far it has come, on one line of a terminal."""
    if sys.stderr.isatty():
        click.echo(f"\r  {share:4.0%} {doing:<60}", nl=False, err=True)
