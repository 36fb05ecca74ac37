"""Tokens of other programs, as administration handles them.

The rows are the API's own. Its door lends the three acts here when it is loaded, so that the workbench can show and
call them without knowing that door.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from goodword.base.core.ids import token_digest
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.base.people.models import Account
from goodword.company.channels.actions.notifying import queue_notice

from .kinds import COMPANY


@dataclass(frozen=True, slots=True)
class Token:
    """One token: what it is for, as whom it acts, within which rights, until when. Its clear text is kept nowhere."""

    id: UUID
    name: str
    account: Account
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None

    def is_good(self, *, at: datetime) -> bool:
        """Whether it still opens the door at `at`."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > at)


class Tokens(Protocol):
    """What the API lends. Each act journals, and raises as `doors.api.tokens` says."""

    def listed(self, *, most: int) -> Sequence[Token]:
        """The newest tokens, those that have ended too. One query."""

    def create(
        self,
        account: Account,
        *,
        name: str,
        scopes: frozenset[str],
        expires_at: datetime | None,
        by: Actor,
        at: datetime,
    ) -> str:
        """Make one; returns its clear text, the only time it is known."""

    def revoke(self, token_id: UUID, *, by: Actor, at: datetime) -> None:
        """End one at once. Raises NotFound."""


_lent: list[Tokens] = []


def lend(tokens: Tokens) -> None:
    """The API is loaded; called once, when Django starts."""
    _lent[:] = [tokens]


def tokens() -> Tokens:
    """The API's tokens. Raises LookupError in an installation that is not served by the API's app."""
    if not _lent:
        raise LookupError("no API is installed")
    return _lent[0]


def make(
    account: Account,
    *,
    name: str,
    scopes: frozenset[str],
    expires_at: datetime | None,
    by: Actor,
    at: datetime,
) -> str:
    """A token that acts as `account`; returns its clear text, the only time it is known.

    Effects: the token; `token.created`; an urgent notice to the account's owner, where somebody else made it: nobody
    is acted for unawares. Raises Forbidden, Invalid.
    """
    with one_fact():
        clear = tokens().create(account, name=name, scopes=scopes, expires_at=expires_at, by=by, at=at)
        if by.account_id != account.pk:
            queue_notice(
                account.pk,
                kind="token.created",
                subject=COMPANY,
                title_zh=f"{by.name}新建了以您的身份行事的接口令牌",
                title_en=f"{by.name} made an API token that acts as you",
                urgent=True,
                at=at,
                dedupe_key=f"token:{token_digest(clear)[:32]}",
            )
    return clear
