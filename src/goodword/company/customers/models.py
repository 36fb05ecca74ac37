"""Customers and the people one reaches there. Personal values are sealed, found by blind index."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from goodword.base.core.ids import uuid7
from goodword.base.core.sealing import SealedField
from goodword.base.language.word_index import WordIndex, WordsField

KINDS = [("company", "企业"), ("streamer", "个人主播"), ("agency", "活动机构")]
NAMES = WordIndex("customers_words")
WAYS = [("phone", "电话"), ("email", "邮件"), ("wechat", "微信")]


class Counter(models.Model):
    """The last short number given out, by what is numbered; its row is the writers' place in line."""

    name = models.CharField(max_length=40, unique=True)
    last = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"


class PreparedNumber(models.Model):
    """A number that is free to be given; taken by deleting its row (`numbering.py`). Used on PostgreSQL only."""

    name = models.CharField(max_length=40)
    number = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "number"], name="a_number_is_free_once")]

    def __str__(self) -> str:
        return f"{self.name}: {self.number}"


class Customer(models.Model):
    """Who rents from the company. `number` is what people say; `id` is what links carry.

    name: sealed always. public_name: the name in clear for companies and agencies, empty for individuals.
    quiet_from, quiet_until: between which times of day they want no message, where they said so; both or neither.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.PositiveIntegerField(unique=True)
    kind = models.CharField(max_length=12, choices=KINDS)
    name = SealedField(mask="name")
    public_name = models.CharField(max_length=120, blank=True, default="", db_index=True)
    name_index = models.CharField(max_length=32, blank=True, default="", db_index=True)
    note = SealedField(mask="text")
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="streamer") | models.Q(public_name=""),
                name="individuals_have_no_public_name",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.shown_name}"

    @property
    def shown_name(self) -> str:
        """The name as anybody with a log-in may see it: a company's in clear, a person's masked."""
        return self.public_name or str(self.name)


class Contact(models.Model):
    """A person one reaches at a customer. A telephone number belongs to one contact only."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="contacts")
    name = SealedField(mask="name")
    name_index = models.CharField(max_length=32, blank=True, default="", db_index=True)
    phone = SealedField(mask="phone")
    phone_index = models.CharField(max_length=32, blank=True, default="")
    phone_last4_index = models.CharField(max_length=32, blank=True, default="", db_index=True)
    email = SealedField(mask="email")
    email_index = models.CharField(max_length=32, blank=True, default="", db_index=True)
    wechat = SealedField(mask="email")
    preferred = models.CharField(max_length=10, choices=WAYS, default="phone")
    is_main = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-is_main", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["phone_index"], condition=~models.Q(phone_index=""), name="a_phone_has_one_contact"
            ),
            models.UniqueConstraint(
                fields=["customer"], condition=models.Q(is_main=True), name="one_main_contact_per_customer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.phone}"


class Reveal(models.Model):
    """One sight of a masked value: whose, which field, by whom and why. The journal names this row."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="reveals")
    contact = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="reveals"
    )
    field = models.CharField(max_length=20)
    reason = models.CharField(max_length=400)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.customer_id} {self.field}"


class CustomerWords(models.Model):
    """The words of one company's name in clear, by the customer's number: by which a part of it is found."""

    # Django's own; the checker of types loses sight of it here.
    objects: ClassVar[models.Manager[CustomerWords]]
    number = models.BigIntegerField(primary_key=True, db_column="rowid")
    words = WordsField()

    class Meta:
        db_table = NAMES.table

    def __str__(self) -> str:
        return f"words of {self.number}"
