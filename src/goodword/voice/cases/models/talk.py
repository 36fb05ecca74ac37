"""What is said: to and from the customer, and among colleagues."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from .case import Case

PURPOSES = [
    ("receipt", "自动回执"),
    ("first_response", "首次响应"),
    ("answer", "答复"),
    ("opinion", "初步意见"),
    ("progress", "进展"),
    ("solution", "方案"),
    ("other", "其他"),
]


class Message(models.Model):
    """A message to or from the customer. phrases: negative phrases found; anyway: sent in spite of the warning. files: what goes along."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="messages", db_index=False)
    direction = models.CharField(max_length=3, choices=[("in", "来"), ("out", "去")])
    channel = models.CharField(max_length=30)
    purpose = models.CharField(max_length=16, choices=PURPOSES, blank=True)
    text = models.TextField()
    phrases = models.JSONField(default=list, blank=True)
    anyway = models.BooleanField(default=False)
    automatic = models.BooleanField(default=False)
    outside_id = models.CharField(max_length=200, blank=True)
    files = models.ManyToManyField("attachments.Attachment", related_name="+", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["case", "at"], name="message_case_at")]

    def __str__(self) -> str:
        return f"{self.direction} {self.case_id}"


class Note(models.Model):
    """An internal note; the customer never sees it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"note on {self.case_id}"
