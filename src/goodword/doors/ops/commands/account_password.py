"""`goodword account password`."""

from __future__ import annotations

import click

from goodword.base.core import clock

from ..accounts import account_named, password_read, reset_password


@click.command()
@click.argument("username")
@click.option("--password-stdin", is_flag=True, help="Read it from standard input. 从标准输入读取。")
def command(username: str, password_stdin: bool) -> None:
    """Set an account's password. 设置密码。"""
    account = account_named(username)
    reset_password(account, password_read(password_stdin), at=clock.now())
    click.echo(f"{account.username}: password set")
