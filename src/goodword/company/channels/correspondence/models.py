"""Whom the company writes with on a channel, what arrived from them, and what leaves for them. Addresses are sealed.

Cases lie above the channels: they are named by plain keys.
"""

from __future__ import annotations

from django.db import models

from goodword.base.core.sealing import SealedField

from ..models import InboundMessage

LETTER_STATES = [
    ("queued", "待发送"),
    ("sent", "已送出"),
    ("delivered", "已送达"),
    ("failed", "未送达"),
    ("unknown", "结果未知"),
]
HELD = [
    ("", "收下"),
    ("stranger", "来自会话以外的人"),
    ("automatic", "自动邮件"),
    ("forged", "冒用公司地址"),
]


class Party(models.Model):
    """Somebody as a channel knows them: a mail address, an openid. `key` finds the sealed address.

    contact_id: the contact it is, once known. case_id: the case they last spoke about. gone_at: nothing reaches them
    any more on this channel, and why (unsubscribed, address refused for good); their next word takes it back.
    """

    channel = models.CharField(max_length=20)
    key = models.CharField(max_length=32)
    address = SealedField(mask="email")
    name = SealedField(mask="name")
    contact_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    case_id = models.UUIDField(null=True, blank=True)
    last_in_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)
    gone_why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "key"], name="a_party_is_known_once")]

    def __str__(self) -> str:
        return f"{self.channel} {self.address}"


class Arrival(models.Model):
    """One message that arrived, once by channel and outside id, and the case it belongs to.

    held: why it is no part of the conversation until a person lets it in; a held one may have no case.
    """

    channel = models.CharField(max_length=20)
    outside_id = models.CharField(max_length=200)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="arrivals")
    case_id = models.UUIDField(null=True, blank=True)
    message_id = models.BigIntegerField(null=True, blank=True)
    inbound = models.ForeignKey(
        InboundMessage, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    held = models.CharField(max_length=10, choices=HELD, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "outside_id"], name="a_message_arrives_once")
        ]
        indexes = [
            models.Index(fields=["case_id", "at"], name="arrivals_of_case"),
            models.Index(fields=["-at"], condition=~models.Q(held=""), name="arrivals_held"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.outside_id}"


class Letter(models.Model):
    """One message of a case on its way to a party by one channel.

    message_id: the case's message. follows: the letter that failed, whose fallback this is. sealed: the whole text where
    it says what the message must not keep (a tracking code); wiped once it was sent. why: what went wrong.
    """

    case_id = models.UUIDField()
    message_id = models.BigIntegerField()
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="letters")
    channel = models.CharField(max_length=20)
    purpose = models.CharField(max_length=16, blank=True, default="")
    outside_id = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(max_length=9, choices=LETTER_STATES, default="queued")
    why = models.CharField(max_length=400, blank=True, default="")
    follows = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    sealed = SealedField(mask="text")
    written_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message_id", "channel"], name="a_message_goes_once_by_a_channel")
        ]
        indexes = [
            models.Index(fields=["case_id", "written_at"], name="letters_of_case"),
            models.Index(
                fields=["channel", "outside_id"],
                condition=~models.Q(outside_id=""),
                name="letters_by_outside_id",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.case_id}"


class LetterPart(models.Model):
    """A part of a letter the other side has taken: it is not sent again, by this letter or by one that follows it.

    name: `text:0`, `text:1` … and `text` with the last of the words; `file:` with an attachment's id. A letter that goes in
    one piece has none.
    """

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="parts")
    name = models.CharField(max_length=50)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "name"], name="a_part_is_taken_once")]

    def __str__(self) -> str:
        return f"{self.letter_id}: {self.name}"
