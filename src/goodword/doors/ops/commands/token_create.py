"""`goodword token create`."""

from __future__ import annotations

import click
from django.core.management import call_command
from django.core.management.base import CommandError


@click.command()
@click.argument("username")
@click.option("--name", default="command line", show_default=True, help="What the token is for. 用途。")
@click.option(
    "--scope", "scopes", multiple=True, metavar="RIGHT", help="May be repeated; none: all. 权限,可重复。"
)
def command(username: str, name: str, scopes: tuple[str, ...]) -> None:
    """Make an API token that acts as an account, never with more rights than it holds; it is shown once.

    新建接口令牌,仅显示一次。
    """
    try:
        call_command("api_token", username, name=name, scope=list(scopes))
    except CommandError as refusal:
        raise click.ClickException(str(refusal)) from None
