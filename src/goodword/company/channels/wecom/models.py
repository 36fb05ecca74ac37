"""How far each customer service account was read, and through which of them somebody spoke last."""

from __future__ import annotations

from django.db import models


class Desk(models.Model):
    """One customer service account (`open_kfid`). cursor: WeCom's mark of how far it was read.

    called_at: when a post said that there is something; it is fetched while that is no earlier than fetched_from. token: what the
    post gave along, good for ten minutes. fetched_from: when the last complete fetching began.
    """

    kf_id = models.CharField(max_length=64, unique=True)
    cursor = models.CharField(max_length=200, blank=True, default="")
    token = models.CharField(max_length=200, blank=True, default="")
    called_at = models.DateTimeField(null=True, blank=True)
    fetched_from = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.kf_id


class Talk(models.Model):
    """The account somebody spoke with last: answers leave by it. key: blind index of their id."""

    key = models.CharField(max_length=32, unique=True)
    kf_id = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.kf_id
