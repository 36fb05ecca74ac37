"""Ending the sessions of an account."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session


def end_others(account_id: int, *, but: str | None, at: datetime) -> int:
    """End every session of the account except `but`; returns how many."""
    ended = 0
    for session in Session.objects.filter(expire_date__gt=at).exclude(pk=but).iterator():
        if session.get_decoded().get("_auth_user_id") == str(account_id):
            session.delete()
            ended += 1
    return ended
