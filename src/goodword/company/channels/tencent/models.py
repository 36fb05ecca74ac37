"""What both channels keep beside their messages: how the connection is, files still to be fetched."""

from __future__ import annotations

from django.db import models

from goodword.base.core.sealing import SealedField

KINDS = [("image", "图片"), ("voice", "语音"), ("video", "视频"), ("file", "文件")]


class Line(models.Model):
    """How a channel's connection is. refused: posts turned away; unread: those that were kept and could not be read."""

    channel = models.CharField(max_length=20, unique=True)
    last_in_at = models.DateTimeField(null=True, blank=True)
    last_out_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    failed_for = models.CharField(max_length=200, blank=True, default="")
    refused = models.PositiveIntegerField(default=0)
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_for = models.CharField(max_length=20, blank=True, default="")
    unread = models.PositiveIntegerField(default=0)
    unread_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.channel


class Media(models.Model):
    """A picture, a voice or a film the other side keeps for three days under `media_id`: fetched by the worker."""

    channel = models.CharField(max_length=20)
    media_id = SealedField()
    kind = models.CharField(max_length=8, choices=KINDS)
    name = models.CharField(max_length=120, blank=True, default="")
    case_id = models.UUIDField()
    at = models.DateTimeField()
    attachment_id = models.UUIDField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.channel} {self.kind} {self.case_id}"
