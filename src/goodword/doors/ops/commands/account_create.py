"""`goodword account create`."""

from __future__ import annotations

import click

from goodword.base.core import clock
from goodword.base.core.transactions import one_fact
from goodword.base.people.roles import ROLES

from ..accounts import department_named, give, make, password_read


@click.command()
@click.argument("username")
@click.option("--name", required=True, help="The person's name. 姓名。")
@click.option("--department", metavar="CODE", default="management", show_default=True, help="部门代码。")
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice(list(ROLES)),
    metavar="ROLE",
    help="May be repeated. 角色,可重复。",
)
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input. 从标准输入读取密码。"
)
def command(username: str, name: str, department: str, roles: tuple[str, ...], password_stdin: bool) -> None:
    """Make an account for a person, with its password and roles: the first administrator begins here.

    新建账号:第一位系统管理员由此产生。例如 goodword account create admin --name 张测试 --role administrator
    """
    at, home = clock.now(), department_named(department)
    password = password_read(password_stdin)
    with one_fact():  # a role that is refused leaves no account behind
        account = make(username, name=name, password=password, department=home, at=at)
        for role in roles:
            give(account, role, department=home, at=at)
    click.echo(f"{account.username}: {', '.join(roles) or 'no role yet'}")
