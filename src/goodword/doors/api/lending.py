"""The API's tokens as administration sees them (wiring/administration/programs.py)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from goodword.base.core.errors import NotFound
from goodword.base.people.actors import Actor
from goodword.base.people.models import Account
from goodword.wiring.administration.programs import Token

from .models import ApiToken
from .tokens import create_token, revoke


class OwnTokens:
    """The three acts over this door's rows."""

    def listed(self, *, most: int) -> Sequence[Token]:
        """The newest tokens, those that have ended too."""
        rows = ApiToken.objects.select_related("account__person", "account__department")
        return [_shown(row) for row in rows.order_by("-created_at", "-pk")[:most]]

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
        """Make one; its clear text."""
        return create_token(account, name=name, scopes=scopes, expires_at=expires_at, by=by, at=at).clear

    def revoke(self, token_id: UUID, *, by: Actor, at: datetime) -> None:
        """End one at once."""
        found = ApiToken.objects.filter(pk=token_id).first()
        if found is None:
            raise NotFound("没有这个令牌。", "There is no such token.")
        revoke(found, by=by, at=at)


def _shown(row: ApiToken) -> Token:
    return Token(
        id=row.pk,
        name=row.name,
        account=row.account,
        scopes=tuple(row.scopes),
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        last_used_at=row.last_used_at,
    )
