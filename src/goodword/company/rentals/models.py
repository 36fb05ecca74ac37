"""Rentals: devices, orders, their lines and what happened to them; enough to know the stage."""

from __future__ import annotations

from django.db import models

from goodword.base.core.ids import uuid7
from goodword.company.customers.models import Customer


class Device(models.Model):
    """A device the company rents out, by its serial number. `device_type` is a code (FB-3.1a)."""

    serial = models.CharField(max_length=80, unique=True)
    device_type = models.CharField(max_length=40)
    model = models.CharField(max_length=80, blank=True, default="")
    name = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["device_type", "serial"], name="device_kind")]

    def __str__(self) -> str:
        return f"{self.name or self.model} {self.serial}".strip()


class Order(models.Model):
    """A rental order. `stage` is where it stands now; `queries.stage_of` tells where it stood at a moment."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=60, unique=True)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="orders")
    stage = models.CharField(max_length=12, default="consult")
    signed_at = models.DateTimeField(null=True, blank=True)
    promised_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="a_rental_ends_after_it_starts",
            )
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="order_browse"),
            models.Index(fields=["stage", "-created_at", "-id"], name="order_stage"),
            models.Index(
                fields=["-created_at", "-id"],
                condition=models.Q(delivered_at=None, promised_at__isnull=False),
                name="order_undelivered",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class OrderLine(models.Model):
    """What is rented by an order: a device by serial, or a number of a model not yet picked."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    device = models.ForeignKey(Device, null=True, blank=True, on_delete=models.PROTECT, related_name="lines")
    device_type = models.CharField(max_length=40)
    model = models.CharField(max_length=80, blank=True, default="")
    quantity = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="a_line_rents_something"),
            models.UniqueConstraint(
                fields=["order", "device"],
                condition=models.Q(device__isnull=False),
                name="a_device_once_per_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.model or self.device_type}"


class OrderEvent(models.Model):
    """Something that happened to an order, as it was told; told again, it changes nothing."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="events")
    event = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["order", "event", "at"], name="an_event_happens_once")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.event}"
