"""`goodword up`."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.util import find_spec

import click
from django.conf import settings

from goodword.base.core import clock
from goodword.base.core.environment import ConfigurationError
from goodword.base.core.models import Setting
from goodword.base.core.transactions import one_fact
from goodword.base.people.models import Account

from ..preparing import prepare
from ..serving import address_of
from ..tables import table
from ..together import answers, run_together
from ..words import pick

DEMO = "goodword.doors.ops.demo"
LOG_INS = "demo_log_ins"


@click.command()
@click.option("--no-demo", is_flag=True, help="Leave an empty installation empty. 不创建演示公司。")
def command(no_demo: bool) -> None:
    """Set up what is missing, then serve pages and work, until Ctrl-C.

    An empty installation gets a demo company (not with --no-demo). 一条命令:准备数据、提供网页、运行后台。
    """
    host, port = address_of(settings.GOODWORD_BIND)
    if answers(host, port):
        raise ConfigurationError(
            f"something answers at {settings.GOODWORD_BIND} already; stop it or set GOODWORD_BIND"
        )
    if applied := prepare():
        click.echo(f"{applied} migrations applied")
    if not no_demo and not Account.objects.exists():
        _build_demo()
    sys.exit(run_together(("serve",), ("worker",), ready=lambda: answers(host, port), announce=_announce))


def _build_demo() -> None:
    if find_spec(DEMO) is None:
        return
    click.echo("building the demo company, once (a minute or so) …")
    with one_fact():
        summary = import_module(DEMO).build(clock.now(), progress=_tell)
        Setting.objects.create(name=LOG_INS, value=[list(row) for row in summary.logins])
    click.echo("", err=True)


def _tell(share: float, doing: str) -> None:
    """How far the demo company has come, on one line of a terminal."""
    if sys.stderr.isatty():
        click.echo(f"\r  {share:4.0%} {doing:<60}", nl=False, err=True)


def _announce() -> None:
    address = settings.GOODWORD_URL if os.environ.get("GOODWORD_URL") else f"http://{settings.GOODWORD_BIND}"
    click.echo(f"\nGoodword 好口碑: {address}\n")
    log_ins = Setting.objects.filter(name=LOG_INS).values_list("value", flat=True).first()
    if log_ins:
        click.echo(
            table(
                pick("账号 角色", "log-in role").split(), [(row[0], pick(row[1], row[2])) for row in log_ins]
            )
        )
        click.echo(pick(f"密码都是:{_password()}", f"The password of each: {_password()}"))
    elif not Account.objects.exists():
        click.echo("no accounts yet: goodword account create")
    sys.stdout.flush()


def _password() -> str:
    """The one password of the demo company's people."""
    password: str = import_module(DEMO).PASSWORD
    return password
