"""Making, recognising and revoking tokens."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q

from goodword.base.core.by_hand import moment_given, uuid_found
from goodword.base.core.errors import Invalid, Refused
from goodword.base.core.ids import public_token, token_digest
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.base.people.models import Account, Person
from goodword.base.people.roles import ROLES
from goodword.engine.journal.recording import record

from .kinds import CREATED, REVOKED
from .models import ApiToken

PREFIX = "gw_"
USE_NOTED_EVERY = timedelta(minutes=1)
READ = ["id", "account_id", "scopes"]
FIND_GOOD = (  # by hand: asked for every call
    "SELECT token.id, token.scopes, token.last_used_at IS NULL OR token.last_used_at <= %s, "
    "account.id, person.id, person.name FROM api_apitoken token "
    "JOIN people_account account ON account.id = token.account_id "
    "JOIN people_person person ON person.id = account.person_id "
    "WHERE token.digest = %s AND token.revoked_at IS NULL "
    "AND (token.expires_at IS NULL OR token.expires_at > %s) AND account.is_active = %s"
)


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token, and its clear text: the only time it is known."""

    token: ApiToken
    clear: str


def every_right() -> frozenset[str]:
    """All rights a token may carry."""
    return frozenset().union(*(role.rights | role.home_rights for role in ROLES.values()))


def create_token(
    account: Account,
    *,
    name: str,
    scopes: frozenset[str],
    by: Actor,
    at: datetime,
    expires_at: datetime | None = None,
) -> Issued:
    """Make a token that acts as `account` within `scopes`; it never gives more than the account holds.

    Effects: the token, as a digest; `token.created`. Raises Forbidden without tokens.manage, Invalid for an
    unknown scope, an empty name, or an end that has passed.
    """
    by.require("tokens.manage")
    wrong: dict[str, str] = {}
    if not name.strip() or len(name.strip()) > 80:
        wrong["name"] = "1 至 80 字 / 1 to 80 characters"
    if not scopes or (unknown := scopes - every_right()):
        wrong["scopes"] = f"没有这些权限 / no such rights: {', '.join(sorted(unknown)) if scopes else '–'}"
    if expires_at is not None and expires_at <= at:
        wrong["expires_at"] = "须晚于现在 / must lie ahead"
    if wrong:
        raise Invalid("令牌信息有误。", "The token cannot be made like this.", fields=wrong)
    clear = PREFIX + public_token()
    with one_fact():
        token = ApiToken.objects.create(
            account=account,
            name=name.strip(),
            digest=token_digest(clear),
            scopes=sorted(scopes),
            created_at=at,
            expires_at=expires_at,
        )
        record(CREATED, token.pk, by=by, at=at, facts={"account": account.pk, "scopes": token.scopes})
    return Issued(token, clear)


def revoke(token: ApiToken, *, by: Actor, at: datetime) -> ApiToken:
    """End a token at once. Effects: `token.revoked`. Raises Forbidden; Refused when it has ended already."""
    by.require("tokens.manage")
    with one_fact():
        if not ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at):
            raise Refused("该令牌已吊销。", "This token has been revoked already.")
        record(REVOKED, token.pk, by=by, at=at, facts={"account": token.account_id})
    token.refresh_from_db()
    return token


def recognised(clear: str, *, at: datetime) -> ApiToken | None:
    """The good token with this text, its account and person read along as far as a call needs them; its use noted
    once a minute at most."""
    if not clear.startswith(PREFIX):
        return None
    moment, noted = moment_given(at), moment_given(at - USE_NOTED_EVERY)
    with connection.cursor() as cursor:
        cursor.execute(FIND_GOOD, [noted, token_digest(clear), moment, True])
        row = cursor.fetchone()
    if row is None:
        return None
    *found, is_seldom, account_id, person_id, name = row
    token = ApiToken.from_db("default", READ, [uuid_found(found[0]), account_id, json.loads(found[1])])
    token.account = Account.from_db(
        "default", ["id", "person_id", "is_active"], [account_id, person_id, True]
    )
    token.account.person = Person.from_db("default", ["id", "name"], [person_id, name])
    if is_seldom:
        seldom = Q(last_used_at=None) | Q(last_used_at__lte=at - USE_NOTED_EVERY)
        ApiToken.objects.filter(seldom, pk=token.pk).update(last_used_at=at)
    return token
