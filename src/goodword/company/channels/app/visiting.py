"""Who chats: a browser shows its token and is known by it; nothing else tells visitors apart."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from goodword.base.core.ids import token_digest

from ..correspondence.actions.arriving import party_of
from ..correspondence.models import Party
from .models import Visitor

CHANNEL = "app"
RENEWED_AFTER = timedelta(hours=1)
"""A token's end is moved on at most so often."""


def begin(key: str, *, origin: str, lasts_for: timedelta, at: datetime) -> tuple[Visitor, str]:
    """(a new visitor, its token in clear). key: of the form that brought the first word.

    The token is made of the key: who sends the form again, because no answer came, is the same visitor and says the same word.
    """
    token = salted_hmac("goodword.chat.visitor", key, algorithm="sha256").hexdigest()
    facts = {"origin": origin[:200], "made_at": at, "ends_at": at + lasts_for}
    visitor, _ = Visitor.objects.get_or_create(token_digest=token_digest(token), defaults=facts)
    return visitor, token


def known(token: str, *, at: datetime) -> Visitor | None:
    """Whose token it is; None for one that is nobody's or over. One query on an index."""
    if not token:
        return None
    return Visitor.objects.filter(token_digest=token_digest(token), ends_at__gt=at).first()


def renew(visitor: Visitor, *, lasts_for: timedelta, at: datetime) -> None:
    """Whoever goes on talking stays known."""
    if at + lasts_for - visitor.ends_at > RENEWED_AFTER:
        visitor.ends_at = at + lasts_for
        visitor.save(update_fields=["ends_at"])


def address_of(visitor: Visitor) -> str:
    """How the visitor is called as a party of the channel."""
    return f"visitor:{visitor.pk}"


def address_of_user(user: str) -> str:
    """How somebody the company's own app knows is called; no visitor's address begins like it."""
    return f"user:{user}"


def party(address: str) -> Party | None:
    """The party with this address; None before their first word."""
    return party_of(CHANNEL, address)


def is_over(party: Party, *, at: datetime) -> bool:
    """Whether no browser opens this party's conversation any more; never for users of the company's app."""
    kind, _, key = party.address.clear().partition(":")
    return kind == "visitor" and not Visitor.objects.filter(pk=key, ends_at__gt=at).exists()
