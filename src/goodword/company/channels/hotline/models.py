"""Telephone calls as the call centre tells them, and those that wait to be returned. Numbers are sealed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from goodword.base.core.ids import uuid7
from goodword.base.core.sealing import SealedField

from ..models import InboundMessage

DIRECTIONS = [("in", "呼入"), ("out", "呼出")]
STATES = [("ringing", "振铃中"), ("answered", "通话中"), ("missed", "未接"), ("ended", "已结束")]
EVENTS = [
    ("ringing", "振铃"),
    ("answered", "接听"),
    ("hung_up", "挂断"),
    ("missed", "未接"),
    ("recorded", "录音"),
]
OUTCOMES = [
    ("in_time", "规定铃声内接起"),
    ("late", "晚接"),
    ("missed", "未接"),
    ("gave_up", "客户先挂断"),
    ("unmeasured", "无振铃记录"),
    ("aside", "不计入"),
]
RETURN_STATES = [("open", "待回电"), ("done", "已回电")]


class Call(models.Model):
    """One call. number: the other side's, whichever side rang. Moments are by our clock.

    ahead: seconds by which the call centre's clock was ahead of ours at the first event, beyond the usual delay.
    outcome: what FB-2.2a counts it as; empty while it rings, and for calls out.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    outside_id = models.CharField(max_length=120, unique=True)
    direction = models.CharField(max_length=3, choices=DIRECTIONS)
    number = SealedField(mask="phone")
    number_index = models.CharField(max_length=32, blank=True, default="")
    line = models.CharField(max_length=40, blank=True, default="")
    extension = models.CharField(max_length=40, blank=True, default="")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_hand = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=STATES, default="ringing")
    began_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ahead = models.FloatField(default=0)
    rang_for = models.FloatField(null=True, blank=True)
    rings = models.PositiveIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=OUTCOMES, blank=True, default="")
    recording = SealedField(mask="text")
    case_id = models.UUIDField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["-began_at"], name="calls_by_time"),
            models.Index(
                fields=["began_at", "outcome"], condition=models.Q(direction="in"), name="calls_counted"
            ),
            models.Index(
                fields=["number_index", "answered_at"],
                condition=~models.Q(number_index=""),
                name="calls_of_a_number",
            ),
            models.Index(
                fields=["account", "-began_at"],
                condition=models.Q(direction="in", seen_at=None, case_id=None),
                name="calls_to_pop",
            ),
            models.Index(fields=["case_id"], condition=~models.Q(case_id=None), name="calls_of_a_case"),
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.number} {self.state}"


class CallEvent(models.Model):
    """What the call centre said about a call, once; at: by its own clock. What else it sent is in the raw message."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=EVENTS)
    at = models.DateTimeField()
    rang_for = models.FloatField(null=True, blank=True)
    message = models.ForeignKey(InboundMessage, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "kind", "at"], name="an_event_of_a_call_is_told_once")
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.kind}"


class ReturnCall(models.Model):
    """Somebody rang and nobody answered: one task a number, until somebody has spoken with them.

    how: `called` (a call out was answered), `rang_again`, `by_hand`, `given_up`, `answered` (it was answered after all).
    """

    number = SealedField(mask="phone")
    number_index = models.CharField(max_length=32)
    first_call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="returns")
    times = models.PositiveIntegerField(default=1)
    tried = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()
    state = models.CharField(max_length=5, choices=RETURN_STATES, default="open")
    how = models.CharField(max_length=12, blank=True, default="")
    note = models.CharField(max_length=200, blank=True, default="")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number_index"], condition=models.Q(state="open"), name="a_number_is_returned_once"
            )
        ]
        indexes = [
            models.Index(fields=["opened_at"], condition=models.Q(state="open"), name="calls_to_return"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"


class Listening(models.Model):
    """One sight of a recording's address: by whom and why. The journal names this row."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="listenings")
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.call_id} {self.by_id}"


class Line(models.Model):
    """How the connection to the call centre is: one row. ahead: seconds its clock was ahead at the last message."""

    last_event_at = models.DateTimeField(null=True, blank=True)
    ahead = models.FloatField(default=0)
    refused = models.PositiveIntegerField(default=0)
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_for = models.CharField(max_length=20, blank=True, default="")
    unread = models.PositiveIntegerField(default=0)
    unread_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.last_event_at}"
