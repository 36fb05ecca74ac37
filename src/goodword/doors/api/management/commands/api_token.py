"""`python -m django api_token lin --scope cases.see`: a token for a program, printed once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from goodword.base.core import clock
from goodword.base.core.errors import DomainError
from goodword.base.people.actors import SYSTEM
from goodword.base.people.models import Account
from goodword.doors.api.tokens import create_token, every_right


class Command(BaseCommand):
    help = "Make an API token that acts as an account, within scopes; the token is printed once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="the account the program acts as")
        parser.add_argument("--name", default="command line", help="what the token is for")
        parser.add_argument(
            "--scope",
            action="append",
            default=[],
            metavar="RIGHT",
            help="a right; repeat it; none: all rights",
        )

    def handle(self, *, username: str, name: str, scope: list[str], **_: Any) -> None:
        account = Account.objects.filter(username=username).first()
        if account is None:
            raise CommandError(f"there is no account {username}")
        scopes = frozenset(scope) or every_right()
        try:
            issued = create_token(account, name=name, scopes=scopes, by=SYSTEM, at=clock.now())
        except DomainError as error:
            raise CommandError(f"{error.en} {error.fields}") from None
        self.stdout.write(issued.clear)
