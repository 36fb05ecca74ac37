"""Ways in and out: the in-app inbox, the outbox everything leaves by, and what came in, raw first."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from goodword.base.core.sealing import SealedField

INBOX = "inbox"
"""The code of the in-app way."""

OUT_STATES = [
    ("queued", "待发送"),
    ("sending", "发送中"),
    ("sent", "已发送"),
    ("failed", "待重试"),
    ("dead", "未能发送"),
    ("unknown", "结果未知"),
    ("given_up", "不再发送"),
]
TROUBLES = ("dead", "unknown", "failed")
"""States of the outbox a person looks at: not sent for good, nobody knows, to be tried again."""
OPEN = ("queued", "failed", "sending")
"""States of the outbox in which a message is still to leave."""
IN_STATES = [("stored", "已收存"), ("parsed", "已解析"), ("failed", "解析失败"), ("given_up", "不再解析")]


class Notice(models.Model):
    """One line in a colleague's in-app inbox.

    A digest stands for `count` close ones; parts: {clause: how many of them}.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=80)
    clause_id = models.CharField(max_length=20, blank=True, default="")
    subject_type = models.CharField(max_length=40, blank=True, default="")
    subject_id = models.CharField(max_length=64, blank=True, default="")
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    path = models.CharField(max_length=200, blank=True, default="")
    urgent = models.BooleanField(default=False)
    digest = models.BooleanField(default=False)
    count = models.PositiveIntegerField(default=1)
    parts = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["account", "-created_at"], condition=models.Q(seen_at=None), name="notices_not_seen"
            ),
            models.Index(fields=["account", "-created_at"], name="notices_of_account"),
        ]

    def __str__(self) -> str:
        return self.title_zh


class OutboxMessage(models.Model):
    """Something to be sent once. The payload holds ids and titles, never a customer's words.

    lease_token grows with every claim: who was overtaken cannot record an outcome any more. series: messages of one
    (a way and who it reaches) leave one after the other, in the order of their keys; none: each by itself.
    """

    way = models.CharField(max_length=20)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    payload = models.JSONField(default=dict)
    dedupe_key = models.CharField(max_length=200, unique=True)
    series = models.CharField(max_length=60, null=True, blank=True)  # noqa: DJ001  (a partial index of both databases)
    state = models.CharField(max_length=8, choices=OUT_STATES, default="queued")
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    lease_token = models.BigIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    leased_by = models.CharField(max_length=120, blank=True, default="")
    last_error = models.CharField(max_length=400, blank=True, default="")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_at"], condition=models.Q(state__in=["queued", "failed"]), name="outbox_due"
            ),
            models.Index(fields=["lease_until"], condition=models.Q(state="sending"), name="outbox_leased"),
            models.Index(fields=["state", "created_at"], name="outbox_by_state"),
            models.Index(
                fields=["-id"],
                condition=models.Q(state__in=TROUBLES),
                name="outbox_in_trouble",
            ),
            models.Index(
                fields=["series", "state", "id"],
                condition=models.Q(series__isnull=False),
                name="outbox_in_series",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.dedupe_key}"


class InboundMessage(models.Model):
    """What came in, byte for byte, before anybody reads it; a second delivery is the same row."""

    channel = models.CharField(max_length=40)
    outside_id = models.CharField(max_length=200)
    raw = models.BinaryField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=IN_STATES, default="stored")
    error = models.CharField(max_length=400, blank=True, default="")
    received_at = models.DateTimeField()
    parsed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "outside_id"], name="a_message_comes_in_once")
        ]
        indexes = [models.Index(fields=["state", "received_at"], name="inbound_by_state")]

    def __str__(self) -> str:
        return f"{self.channel} {self.outside_id}"


class QuietHours(models.Model):
    """The hours of the day in which a colleague wants to be told only what is urgent, in the company's time.

    From `starts` until `ends`; over midnight where `ends` is the earlier one.
    """

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="quiet_hours"
    )
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(starts=models.F("ends")), name="quiet_hours_have_an_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.starts:%R}-{self.ends:%R}"


class ContactPoint(models.Model):
    """How customers reach the company on one channel of the regulation, as they read it in the channel notice."""

    code = models.CharField(max_length=40, unique=True)
    is_open = models.BooleanField(default=False)
    shown = models.CharField(max_length=120, blank=True, default="")
    note_zh = models.CharField(max_length=200, blank=True, default="")
    note_en = models.CharField(max_length=200, blank=True, default="")
    link = models.CharField(max_length=400, blank=True, default="")
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.code} {self.shown}"


class Publication(models.Model):
    """The channel notice as it was put somewhere: where, in which version, by whom, when."""

    place = models.CharField(max_length=40)
    version = models.CharField(max_length=12)
    reference = models.CharField(max_length=200, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.place} {self.version}"


class AccessToken(models.Model):
    """A token another side lends us for a time, kept once for all processes; renewing_until: who renews it has so long."""

    name = models.CharField(max_length=120, unique=True)
    sealed = models.TextField(blank=True, default="")
    expires_at = models.DateTimeField(null=True, blank=True)
    renewing_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Quota(models.Model):
    """When something that may be done only so often was done lately: seconds since 1970, the earliest first."""

    name = models.CharField(max_length=120, unique=True)
    taken = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name


class WayChoice(models.Model):
    """What a colleague chose of one way to staff: whether ordinary notices, and urgent ones, come by it too."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="way_choices"
    )
    way = models.CharField(max_length=20)
    ordinary = models.BooleanField(default=False)
    urgent = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "way"], name="a_way_is_chosen_once")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.way}"


class StaffAddress(models.Model):
    """Under which name another system knows a colleague: what a way to staff sends to."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="staff_addresses"
    )
    way = models.CharField(max_length=20)
    address = SealedField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "way"], name="one_address_a_way")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.way}"
