"""Addresses of other systems that hear of what happens here."""

from __future__ import annotations

from django.db import models


class Endpoint(models.Model):
    """One address and what it wants to hear. Address and secret are sealed: an address may hold a key.

    kinds: journal kinds, or families as `case.*`. last_id: the last journal entry it was offered. private: an
    administrator allowed an address in our own network. failing_since: no call has succeeded since; after
    `gives_up_after` hours of that it is switched off.
    """

    name = models.CharField(max_length=80)
    host = models.CharField(max_length=200)
    sealed_address = models.TextField()
    sealed_secret = models.TextField()
    kinds = models.JSONField(default=list)
    private = models.BooleanField(default=False)
    is_on = models.BooleanField(default=True)
    gives_up_after = models.PositiveSmallIntegerField(default=24)
    last_id = models.BigIntegerField(default=0)
    good_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    bad_why = models.CharField(max_length=200, blank=True, default="")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.host}"

    @property
    def light(self) -> str:
        """`off`, `bad` (failing), `waiting` (nothing sent yet) or `good`."""
        if not self.is_on:
            return "off"
        if self.failing_since is not None:
            return "bad"
        return "good" if self.good_at is not None else "waiting"
