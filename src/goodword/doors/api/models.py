"""Tokens by which other programs come in."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models

from goodword.base.core.ids import uuid7


class ApiToken(models.Model):
    """One program's key: it acts as `account`, with no right outside `scopes`. The clear token is kept nowhere."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    def is_good(self, *, at: datetime) -> bool:
        """Whether it still opens the door at `at`."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > at)
