"""The journal's tables. Triggers (migration 0002) refuse every UPDATE and DELETE of entries and seals."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Entry(models.Model):
    """One thing that happened: what, to what, by whom, when; chained to the entry before it of the same subject.

    at: when it happened. recorded_at: when it was written. number: 1, 2, 3 … within the subject.
    digest: SHA-256 over everything above it and the digest of the entry before (`before`).
    """

    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=80)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField(default=dict)
    before = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "number"], name="one_entry_per_place"
            ),
        ]
        indexes = [models.Index(fields=["kind", "at"], name="journal_kind_at")]

    def __str__(self) -> str:
        return f"{self.subject_type}:{self.subject_id} #{self.number} {self.kind}"


class Head(models.Model):
    """The last entry of each subject: how many there are and the digest of the newest, signed."""

    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    number = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")
    signature = models.CharField(max_length=64, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id"], name="one_head_per_subject")
        ]

    def __str__(self) -> str:
        return f"{self.subject_type}:{self.subject_id} ({self.number})"


class Seal(models.Model):
    """Once a minute: all entries up to `last_id`, how many, their running digest; signed and chained to the seal before."""

    last_id = models.BigIntegerField()
    count = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    before = models.CharField(max_length=64)
    signature = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"seal up to {self.last_id}"
