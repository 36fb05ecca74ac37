"""`goodword account role`."""

from __future__ import annotations

import click

from goodword.base.core import clock
from goodword.base.people.roles import ROLES

from ..accounts import account_named, department_named, give, take


@click.command()
@click.argument("username")
@click.argument("role", type=click.Choice(list(ROLES)), metavar="ROLE")
@click.option(
    "--department", metavar="CODE", help="Where the role is held; default: the account's own. 部门代码。"
)
@click.option("--take", "is_taken", is_flag=True, help="Take the role away. 收回。")
def command(username: str, role: str, department: str | None, is_taken: bool) -> None:
    """Give ROLE to an account, or take it away. 授予或收回角色。"""
    account, at = account_named(username), clock.now()
    home = department_named(department) if department else account.department
    if home is None:
        raise click.UsageError("this account has no department of its own: give --department")
    if is_taken:
        click.echo(
            f"{username}: {role} taken"
            if take(account, role, department=home, at=at)
            else f"{username} did not hold {role}"
        )
    else:
        give(account, role, department=home, at=at)
        # nosemgrep: personal-data-in-a-log - the code of a department
        click.echo(f"{username}: {role} in {home.code}")
