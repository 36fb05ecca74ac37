"""`goodword up`."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from goodword.base.core import environment
from goodword.base.core.environment import ConfigurationError

from ..lazy import start_django
from ..serving import address_of
from ..starting import recall, remember
from ..together import answers, run_together
from ..words import pick


@click.command()
@click.option("--no-demo", is_flag=True, help="Leave an empty installation empty. 不创建演示公司。")
def command(no_demo: bool) -> None:
    """Set up what is missing, then serve pages and work, until Ctrl-C.

    An empty installation gets a demo company (not with --no-demo). 一条命令:准备数据、提供网页、运行后台。
    """
    chosen = environment.read()
    host, port = address_of(chosen["GOODWORD_BIND"])
    if answers(host, port):
        raise ConfigurationError(
            f"something answers at {chosen['GOODWORD_BIND']} already; stop it or set GOODWORD_BIND"
        )
    wording = pick("zh", "en")
    announced = recall(chosen, wording=wording)
    if announced is None:
        announced = _prepared(chosen, wording, demo=not no_demo)
    address = (
        chosen["GOODWORD_URL"] if os.environ.get("GOODWORD_URL") else f"http://{chosen['GOODWORD_BIND']}"
    )

    def announce() -> None:
        click.echo(f"\nGoodword 好口碑: {address}\n\n{announced}")
        sys.stdout.flush()

    sys.exit(run_together(("serve",), ("worker",), ready=lambda: answers(host, port), announce=announce))


def _prepared(chosen: dict[str, Any], wording: str, *, demo: bool) -> str:
    """Make the database ready; returns what is to be announced with the address."""
    start_django()
    # Read only here: a start that finds everything as it was needs neither Django nor the database.
    from ..company import demo_company, log_ins  # noqa: PLC0415
    from ..preparing import prepare  # noqa: PLC0415

    if applied := prepare():
        click.echo(f"{applied} migrations applied")
    if demo:
        demo_company()
    announced = log_ins()
    if announced is None:
        return pick("还没有账号:goodword account create", "no accounts yet: goodword account create")
    remember(chosen, wording=wording, announced=announced)
    return announced
