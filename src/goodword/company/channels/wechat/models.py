"""What was answered to each post, for when it comes again, and by which code somebody came."""

from __future__ import annotations

from django.db import models

from goodword.base.core.sealing import SealedField


class Post(models.Model):
    """One message or event, by its own name (MsgId; sender, second and kind of an event), and the answer it got.

    An answer may hold a tracking code: it is sealed, and the row goes when WeChat can ask no more.
    """

    name = models.CharField(max_length=200, unique=True)
    answer = SealedField()
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.name


class Scene(models.Model):
    """The code somebody scanned last (`order:…`, `device:…`); key: blind index of the openid."""

    key = models.CharField(max_length=32, unique=True)
    scene = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.scene
