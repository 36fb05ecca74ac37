"""The obligations' tables. A row is a `values.Obligation`; only `application.py` and `ticking.py` write it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from goodword.base.core.ids import uuid7
from goodword.engine.journal.models import Entry

STATES = [
    ("open", "进行中"),
    ("met", "已履行"),
    ("missed", "未履行"),
    ("waived", "已豁免"),
    ("superseded", "已被替代"),
    ("released", "不再需要"),
]


class Obligation(models.Model):
    """One running or ended instance of a duty: who owes what, since when, until when, and what became of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    clause_id = models.CharField(max_length=20)
    edition = models.PositiveIntegerField()
    calendar_version = models.BigIntegerField()
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    round_no = models.PositiveIntegerField(default=1)
    occurrence = models.PositiveIntegerField(default=1)
    period = models.CharField(max_length=20, blank=True, default="")
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=10)
    bearer_role = models.CharField(max_length=40)
    bearer_department = models.CharField(max_length=40, blank=True, default="")
    bearer_account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="obligations"
    )
    state = models.CharField(max_length=12, choices=STATES, default="open")
    started_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    due_at = models.DateTimeField()
    wake_at = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=False)
    pauses = models.JSONField(default=list, blank=True)
    warned_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    level = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    used_for = models.BigIntegerField(null=True)
    elapsed_for = models.BigIntegerField(null=True)
    history = models.BooleanField(default=False)
    started_by = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+", db_index=False)
    ended_by = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "clause_id", "round_no", "occurrence", "period"],
                name="one_obligation_of_its_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", ended_at=None)
                | ~models.Q(state="open") & models.Q(ended_at__isnull=False),
                name="ended_when_not_open",
            ),
        ]
        indexes = [
            models.Index(
                fields=["wake_at", "started_by", "clause_id"],
                condition=models.Q(wake_at__isnull=False),
                name="obligation_wake_order",
            ),
            models.Index(fields=["due_at"], condition=models.Q(state="open"), name="obligation_open_due"),
            # A desk is read in the order in which it shows what is owed, by department and by name.
            models.Index(
                fields=["bearer_department", "wake_at", "due_at", "bearer_role", "bearer_account"],
                condition=models.Q(state="open"),
                name="obligation_home",
            ),
            models.Index(
                fields=["bearer_account", "wake_at", "due_at"],
                condition=models.Q(state="open", bearer_account__isnull=False),
                name="obligation_hands",
            ),
            models.Index(fields=["clause_id", "started_at"], name="obligation_clause"),
            # The lists behind a clause's figures: what is open, was late, was waived, what one person bore. Narrow ones,
            # or SQLite would rather walk past all that ever was.
            models.Index(
                fields=["clause_id", "started_at"],
                condition=models.Q(state="open"),
                name="obligation_open_list",
            ),
            models.Index(
                fields=["clause_id", "started_at", "bearer_department", "bearer_account"],
                condition=models.Q(breached_at__isnull=False),
                name="obligation_late_list",
            ),
            models.Index(
                fields=["clause_id", "started_at"],
                condition=models.Q(state="waived"),
                name="obligation_waived_list",
            ),
            models.Index(
                fields=["bearer_account", "clause_id", "started_at"],
                condition=models.Q(bearer_account__isnull=False),
                name="obligation_person_list",
            ),
            models.Index(
                fields=["subject_type", "subject_id"],
                condition=models.Q(state="open", breached_at__isnull=False),
                name="obligation_late_now",
            ),
            models.Index(
                fields=["ended_by"], condition=models.Q(ended_by__isnull=False), name="obligation_ended_by"
            ),
            # What the day tallies do not hold yet is counted from this index alone.
            models.Index(
                fields=[
                    "clause_id",
                    "started_at",
                    "history",
                    "state",
                    "breached_at",
                    "due_at",
                    "wake_at",
                    "bearer_department",
                    "bearer_account",
                ],
                condition=models.Q(ended_by=None),
                name="obligation_untallied",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause_id} {self.subject_type}:{self.subject_id} ({self.state})"

    @property
    def is_late(self) -> bool:
        """Late is for ever: also when it was met afterwards."""
        return self.breached_at is not None

    @property
    def is_paused(self) -> bool:
        """Whether its clock stands still now."""
        return bool(self.pauses) and self.pauses[-1][1] is None


class DayTally(models.Model):
    """How the duties of a clause that began on one day have ended, by bearer, as far as `TallyMark` reaches.

    day: of the company's zone. bearer_account_id: 0 where nobody is named. The figures are those of
    `queries.outcomes` that no longer change; `tallying` keeps them, everybody reads them through `tallies`.
    """

    clause_id = models.CharField(max_length=20)
    day = models.DateField()
    history = models.BooleanField()
    bearer_department = models.CharField(max_length=40)
    bearer_account_id = models.BigIntegerField()
    in_time = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    missed = models.PositiveIntegerField(default=0)
    waived = models.PositiveIntegerField(default=0)
    superseded = models.PositiveIntegerField(default=0)
    released = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clause_id", "day", "history", "bearer_department", "bearer_account_id"],
                name="one_tally_of_its_kind",
            )
        ]
        indexes = [models.Index(fields=["day"], name="day_tally_day")]

    def __str__(self) -> str:
        return f"{self.clause_id} {self.day}"


class TallyMark(models.Model):
    """How far the day tallies reach: every duty ended by an entry up to `last_entry` is in them, and no other."""

    zone = models.CharField(max_length=60, unique=True)
    last_entry = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"tallied up to {self.last_entry}"


class SubjectState(models.Model):
    """What the engine remembers of a subject between entries (`values.Subject`)."""

    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    round_no = models.PositiveIntegerField(default=1)
    context = models.JSONField(default=dict)
    seen = models.JSONField(default=dict)
    tally = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id"], name="one_state_per_subject")
        ]

    def __str__(self) -> str:
        return f"{self.subject_type}:{self.subject_id}"


class Waiver(models.Model):
    """Why an obligation was waived, and by whom."""

    obligation = models.OneToOneField(Obligation, on_delete=models.PROTECT, related_name="waiver")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"waiver of {self.obligation_id}"
