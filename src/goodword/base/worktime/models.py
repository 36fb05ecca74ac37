"""Working calendars and their versions. A version is never changed: what was due by it stays explained."""

from __future__ import annotations

from django.db import models


class WorkCalendar(models.Model):
    """A named calendar of the company: office, hotline, warehouse, …"""

    code = models.SlugField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.code


class CalendarVersion(models.Model):
    """One edition of a calendar's document (shape in document.py); the highest number is current.

    `digest` is the SHA-256 of the document's canonical text: by it a process finds the calendar it has
    compiled already without reading the document again.
    """

    calendar = models.ForeignKey(WorkCalendar, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    digest = models.CharField(max_length=64, editable=False)
    note = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calendar", "number"], name="one_version_per_number")]
        ordering = ["calendar", "number"]

    def __str__(self) -> str:
        return f"{self.calendar.code} {self.number}"
