"""Editions: which figures a clause had from which day, and who decided so."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class ClauseEdition(models.Model):
    """One edition of one clause: its figures and the day from which they hold. Never changed, only followed.

    The first edition of each clause comes with its pack (no proposer). A company's own needs two people.
    """

    clause_id = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    holds_from = models.DateField()
    values = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    state = models.CharField(
        max_length=10,
        choices=[
            ("proposed", "待批准"),
            ("approved", "已批准"),
            ("refused", "未批准"),
            ("withdrawn", "已撤回"),
        ],
        default="proposed",
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="editions_proposed"
    )
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="editions_decided"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clause_id", "number"], name="editions_are_numbered"),
            models.CheckConstraint(
                condition=models.Q(proposed_by=None) | ~models.Q(proposed_by=models.F("decided_by")),
                name="nobody_approves_his_own_edition",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause_id} edition {self.number}"
