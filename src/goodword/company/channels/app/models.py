"""The in-app box: who chats, what is waiting on their screen, and each time somebody began to wait for a person.

Cases lie above the channels, and what is written with customers beside them: they are named by plain keys.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from goodword.base.core.ids import uuid7
from goodword.base.core.sealing import SealedField


class Visitor(models.Model):
    """A browser that chats. Its token is known to that browser alone; here is the digest, until ends_at.

    origin: the site whose page held the chat; empty for our own page.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    token_digest = models.CharField(max_length=64, unique=True)
    origin = models.CharField(max_length=200, blank=True, default="")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.id}"


class ChatLine(models.Model):
    """What the company says to a party of the box: written when its letter leaves, fetched when their screen has it.

    files: the ids of the attachments that go along.
    """

    party_id = models.BigIntegerField()
    letter_id = models.BigIntegerField(unique=True)
    text = SealedField(mask="text")
    automatic = models.BooleanField(default=False)
    files = models.JSONField(default=list, blank=True)
    at = models.DateTimeField()
    fetched_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["party_id", "-at"], name="chat_lines_of_party")]

    def __str__(self) -> str:
        return f"{self.party_id} {self.at}"


class ChatTurn(models.Model):
    """Somebody began to wait for a person (FB-2.2b): the first word of a conversation, or the first after a pause.

    in_hours: whether people answer at that moment; outside, the clock does not run. ended_at: answered, or over.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case_id = models.UUIDField()
    channel = models.CharField(max_length=20)
    in_hours = models.BooleanField()
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["case_id", "asked_at"], name="chat_turns_of_case"),
            models.Index(fields=["asked_at"], condition=models.Q(ended_at=None), name="chat_turns_waiting"),
            models.Index(fields=["-answered_at"], name="chat_turns_answered"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case_id"], condition=models.Q(ended_at=None), name="a_chat_waits_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.asked_at}"


class Link(models.Model):
    """How the connection to the company's own systems is: one row."""

    last_at = models.DateTimeField(null=True, blank=True)
    refused = models.PositiveIntegerField(default=0)
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_for = models.CharField(max_length=20, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.last_at}"
