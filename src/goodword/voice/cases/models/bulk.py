"""One act on many cases: which, and what became of each. No word anybody typed is kept here."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from goodword.base.core.ids import uuid7

from .case import Case


class BulkRun(models.Model):
    """An act somebody did on several cases at once. once: the key of the form, so that it is one run however often sent.

    act: the name of what was done (a noun of a case's URL). ended_at: None while some are still to be done.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    act = models.CharField(max_length=30)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    once = models.CharField(max_length=128)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "once"], name="a_bulk_form_once")]
        indexes = [models.Index(fields=["by", "-begun_at"], name="bulk_of_person")]

    def __str__(self) -> str:
        return f"{self.act} {self.begun_at}"


class BulkItem(models.Model):
    """One case of a run. outcome: empty until its turn came; it is written in the very transaction of the act.

    became: after the act, as codes and ids: state, department, assignee. For a refused one: the sentence and what would
    help, telephone numbers masked, and the clauses it rests on.
    """

    run = models.ForeignKey(BulkRun, on_delete=models.CASCADE, related_name="items", db_index=False)
    place = models.PositiveIntegerField()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(
        max_length=8, blank=True, default="", choices=[("done", "已完成"), ("refused", "未办理")]
    )
    at = models.DateTimeField(null=True)
    became = models.JSONField(default=dict)
    said_zh = models.CharField(max_length=600, blank=True)
    said_en = models.CharField(max_length=600, blank=True)
    cure_zh = models.CharField(max_length=300, blank=True)
    cure_en = models.CharField(max_length=300, blank=True)
    clauses = models.JSONField(default=list)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["run", "case"], name="a_case_once_a_run"),
            models.UniqueConstraint(fields=["run", "place"], name="bulk_places_differ"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.outcome or '…'}"
