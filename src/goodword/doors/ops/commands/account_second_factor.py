"""`goodword account second-factor`."""

from __future__ import annotations

import click

from goodword.base.core import clock
from goodword.base.people.actors import SYSTEM
from goodword.wiring.administration.second_factor import take_away

from ..accounts import account_named


@click.command()
@click.argument("username")
@click.option(
    "--take-away", "taken", is_flag=True, required=True, help="The telephone is lost. 手机丢失时解除。"
)
def command(username: str, taken: bool) -> None:
    """Take an account's second factor away; it sets another one at the next log-in. 解除两步验证。"""
    assert taken  # click asks for it: what is done stands on the command line
    account = account_named(username)
    had_one = take_away(account, by=SYSTEM, at=clock.now())
    click.echo(f"{account.username}: {'second factor taken away' if had_one else 'there was none'}")
