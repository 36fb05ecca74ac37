"""What the reader is measured by: people's corrections, and what became of the cases dispatched unattended."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from .case import Case

ACCOUNT = settings.AUTH_USER_MODEL


class Label(models.Model):
    """Where a person decided otherwise than the reader proposed: teaches the next training.

    As the case stands now: the last word counts. A label confirmed has no row; the case has it.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="labels")
    name = models.CharField(max_length=20)
    proposed = models.CharField(max_length=30, blank=True)
    chosen = models.CharField(max_length=30)
    probability = models.FloatField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "name"], name="corrected_once_each")]
        indexes = [models.Index(fields=["at"], name="label_at")]

    def __str__(self) -> str:
        return f"{self.name}: {self.proposed} → {self.chosen}"


class Unattended(models.Model):
    """A case the software dispatched without a person (FB-3.2c), as it was read, and what a person found.

    sampled: drawn for a person to check blind. verdict: empty until somebody has decided; found_by: a blind check,
    or a correction in the course of work. wrong_in: the labels that were not right. urgent_missed: it was urgent.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="unattended")
    at = models.DateTimeField()
    model = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=14)
    content = models.CharField(max_length=10)
    severity = models.CharField(max_length=10)
    department = models.CharField(max_length=20)
    urgent_chance = models.FloatField()
    sampled = models.BooleanField()
    verdict = models.CharField(
        max_length=5, blank=True, choices=[("right", "正确"), ("wrong", "有误")], default=""
    )
    found_by = models.CharField(
        max_length=10, blank=True, choices=[("check", "抽查"), ("correction", "更正")], default=""
    )
    wrong_in = models.JSONField(default=list)
    urgent_missed = models.BooleanField(default=False)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(ACCOUNT, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="unattended_at"),
            models.Index(
                fields=["at"], name="unattended_to_check", condition=models.Q(sampled=True, verdict="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.verdict or '?'}"


class UnattendedStop(models.Model):
    """Unattended dispatch switched itself off; it stays off until a person switches it on again.

    reason: share (too many wrong among those checked), known (too many known wrong among all), urgent (urgent ones
    missed). figures: what was measured, and the limit.
    """

    clause_id = models.CharField(max_length=20)
    stopped_at = models.DateTimeField()
    reason = models.CharField(max_length=10)
    figures = models.JSONField(default=dict)
    resumed_at = models.DateTimeField(null=True)
    resumed_by = models.ForeignKey(ACCOUNT, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clause_id"], condition=models.Q(resumed_at=None), name="stopped_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.clause_id} stopped {self.stopped_at}"
