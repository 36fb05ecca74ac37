"""Who has a case open just now. Rows live for a minute, are journalled nowhere and count for nothing."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from .case import Case


class Presence(models.Model):
    """A colleague before a case. is_writing: an answer to the customer is being written."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+", db_index=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    is_writing = models.BooleanField(default=False)
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "account"], name="once_before_each_case"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} before {self.case_id}"
