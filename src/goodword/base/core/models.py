"""Rows that everything stands on: idempotency, heartbeats of workers, the installation's own settings."""

from __future__ import annotations

from django.db import models


class IdempotencyRecord(models.Model):
    """One write of one client: (scope, key), the digest of its body, the answer it got."""

    scope = models.CharField(max_length=120)
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.JSONField(null=True)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="one_answer_per_key")]

    def __str__(self) -> str:
        return f"{self.scope}:{self.key}"


class Heartbeat(models.Model):
    """The last moment a worker was alive, by the database's clock.

    clock_ahead: seconds by which the worker's own clock was ahead of it then.
    """

    worker = models.CharField(max_length=120, unique=True)
    started_at = models.DateTimeField()
    beaten_at = models.DateTimeField(db_index=True)
    ticked_at = models.DateTimeField(null=True)
    clock_ahead = models.FloatField(default=0)

    def __str__(self) -> str:
        return self.worker


class Lease(models.Model):
    """Who may do a singular job, until when; `token` grows with every taking, and fences out the one before."""

    name = models.CharField(max_length=120, unique=True)
    holder = models.CharField(max_length=120)
    token = models.BigIntegerField(default=0)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} ({self.holder})"


class Setting(models.Model):
    """What the company decided about itself: its name, its look, its limits. Journalled by whoever writes it."""

    name = models.CharField(max_length=120, unique=True)
    value = models.JSONField()

    def __str__(self) -> str:
        return self.name
