"""Ledgers taken in: how their columns are read, each run over a file, each row that became a case, each that did not."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from goodword.base.core.ids import uuid7
from goodword.base.core.sealing import SealedField
from goodword.company.channels.models import InboundMessage

from .case import Case

MODES = [("new", "作为新工单"), ("history", "作为历史")]
RUN_STATES = [
    ("preview", "待确认"),
    ("queued", "排队中"),
    ("running", "导入中"),
    ("done", "已完成"),
    ("failed", "未能完成"),
]


class LedgerMap(models.Model):
    """How the columns of one ledger are read, by name. The name is the ledger's: row ids are told apart by it.

    columns: {field: heading}. defaults: {channel, kind, content, severity} for what a row does not say.
    """

    name = models.CharField(max_length=60, unique=True)
    columns = models.JSONField(default=dict)
    defaults = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class LedgerRun(models.Model):
    """One file on its way in. The bytes are kept in `file` before anything is read of them.

    source: the ledger's name. columns, defaults: the map as it was used. done: rows behind it, in the file's order;
    whoever goes on after a standstill goes on there.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    file = models.ForeignKey(InboundMessage, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    source = models.CharField(max_length=60)
    columns = models.JSONField(default=dict)
    defaults = models.JSONField(default=dict, blank=True)
    mode = models.CharField(max_length=8, choices=MODES, default="new")
    state = models.CharField(max_length=8, choices=RUN_STATES, default="preview")
    rows = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    labels = models.JSONField(default=dict, blank=True)
    failure_zh = models.CharField(max_length=300, blank=True)
    failure_en = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    done=models.F("created")
                    + models.F("unchanged")
                    + models.F("updated")
                    + models.F("rejected")
                ),
                name="every_ledger_row_is_counted_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"


class LedgerRow(models.Model):
    """A ledger's row that became a case. `key` is its id in the ledger, or a digest where the ledger has none.

    digest: of all that can change in it; question, answer: digests of what was asked and answered, to see which did.
    reporter: the name in the row, where no customer of ours was found by it.
    """

    source = models.CharField(max_length=60)
    key = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    question = models.CharField(max_length=64)
    answer = models.CharField(max_length=64, blank=True)
    reporter = SealedField(mask="name")
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="ledger_row")
    run = models.ForeignKey(LedgerRun, on_delete=models.PROTECT, related_name="taken")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "key"], name="a_ledger_row_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.key}"


class LedgerReject(models.Model):
    """A row that was not taken, by its number in the file, and why. Its words stay in the file only."""

    run = models.ForeignKey(LedgerRun, on_delete=models.CASCADE, related_name="rejects")
    number = models.PositiveIntegerField()
    reason_zh = models.CharField(max_length=300)
    reason_en = models.CharField(max_length=300)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="a_row_rejected_once")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.number}"
