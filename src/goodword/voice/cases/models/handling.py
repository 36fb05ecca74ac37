"""How a case is handled: rounds, handovers, evidence, solutions, steps, callbacks, help, telephone tasks."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from goodword.base.core.ids import uuid7
from goodword.base.people.models import Department
from goodword.company.channels.hotline.models import Call

from .case import Case

ACCOUNT = settings.AUTH_USER_MODEL


class Round(models.Model):
    """One pass investigate → solve → carry out → call back. cause: a code of the catalogue (FB-4.1f)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="rounds", db_index=False)
    number = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    reason = models.CharField(max_length=40, default="received")
    investigator = models.ForeignKey(ACCOUNT, null=True, on_delete=models.PROTECT, related_name="+")
    investigation_started_at = models.DateTimeField(null=True)
    cause = models.CharField(max_length=40, blank=True)
    cause_note = models.TextField(blank=True)
    responsible_party = models.CharField(max_length=20, blank=True)
    responsible_department = models.ForeignKey(
        Department, null=True, on_delete=models.PROTECT, related_name="+"
    )
    cause_recorded_at = models.DateTimeField(null=True)
    carrying_out_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="rounds_are_numbered")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.case_id} round {self.number}"


class Handover(models.Model):
    """FB-3.2d: who handed over to whom, when, and whether the information was confirmed complete."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="handovers")
    from_department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="+")
    to_department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    from_account = models.ForeignKey(ACCOUNT, null=True, on_delete=models.PROTECT, related_name="+")
    to_account = models.ForeignKey(ACCOUNT, null=True, on_delete=models.PROTECT, related_name="+")
    complete = models.BooleanField()
    missing = models.JSONField(default=list)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} → {self.to_department_id}"


class Evidence(models.Model):
    """One piece of evidence; also the technical check (FB-4.1e) and the staff statement (FB-4.1f)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="evidence")
    round_no = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=30)
    what = models.TextField(blank=True)
    result = models.CharField(max_length=30, blank=True)
    remote = models.BooleanField(default=False)
    staff = models.ForeignKey(ACCOUNT, null=True, on_delete=models.PROTECT, related_name="+")
    attachment = models.ForeignKey(
        "attachments.Attachment", null=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_of_customer = models.BooleanField(default=False)
    purpose = models.TextField(blank=True)
    by = models.ForeignKey(ACCOUNT, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} of {self.case_id}"


class Solution(models.Model):
    """A solution as put forward: what, by when, how it is accepted, what it costs, what the customer says."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="solutions")
    round_no = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    type = models.CharField(max_length=30)
    what = models.TextField()
    deadline_at = models.DateTimeField()
    acceptance = models.TextField()
    compensation_kind = models.CharField(max_length=30, blank=True)
    compensation_amount = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    approval = models.CharField(
        max_length=10,
        choices=[
            ("unneeded", "无需审批"),
            ("needed", "待审批"),
            ("approved", "已批准"),
            ("refused", "未批准"),
        ],
        default="unneeded",
    )
    approver_role = models.CharField(max_length=40, blank=True)
    proposed_by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(ACCOUNT, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_note = models.TextField(blank=True)
    communicated_by = models.ForeignKey(ACCOUNT, null=True, on_delete=models.PROTECT, related_name="+")
    communicated_at = models.DateTimeField(null=True)
    communicated_via = models.CharField(max_length=30, blank=True)
    answer = models.CharField(
        max_length=10,
        choices=[("none", "尚无答复"), ("accepted", "接受"), ("declined", "不接受")],
        default="none",
    )
    answered_at = models.DateTimeField(null=True)
    answer_note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "round_no", "version"], name="solutions_are_numbered"),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("proposed_by")),
                name="nobody_approves_his_own_solution",
            ),
            models.CheckConstraint(
                condition=models.Q(compensation_amount__gte=0), name="compensation_not_negative"
            ),
        ]
        indexes = [
            models.Index(
                fields=["proposed_at"], condition=models.Q(approval="needed"), name="solution_to_decide"
            )
        ]
        ordering = ["round_no", "version"]

    def __str__(self) -> str:
        return f"{self.case_id} solution {self.round_no}.{self.version}"


class Step(models.Model):
    """One step of carrying a solution out."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps", db_index=False)
    round_no = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=300)
    owner = models.ForeignKey(ACCOUNT, null=True, on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(ACCOUNT, null=True, on_delete=models.PROTECT, related_name="+")
    proof = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "round_no", "number"], name="steps_are_numbered")
        ]
        ordering = ["round_no", "number"]

    def __str__(self) -> str:
        return f"{self.case_id} step {self.number}"


class CallbackAttempt(models.Model):
    """A callback call that reached nobody."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="callback_attempts")
    round_no = models.PositiveSmallIntegerField()
    caller = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.case_id} not reached {self.at:%F %R}"


class Callback(models.Model):
    """The callback of a round (FB-4.3d). A trigger refuses a caller whose person handled the case (FB-4.3e)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="callbacks")
    round_no = models.PositiveSmallIntegerField()
    caller = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(
        max_length=12, choices=[("reached", "已接通"), ("unreachable", "多次未接通")], default="reached"
    )
    solved = models.BooleanField(null=True)
    satisfaction = models.PositiveSmallIntegerField(null=True)
    satisfied = models.BooleanField(null=True)
    words = models.TextField(blank=True)
    may_quote = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "round_no"], name="one_callback_per_round")]

    def __str__(self) -> str:
        return f"callback of {self.case_id} round {self.round_no}"


class Help(models.Model):
    """A department is asked to help (CS-3.2b); the one owner stays with customer service (FB-3.2e)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="helps")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="helps")
    question = models.TextField()
    asked_by = models.ForeignKey(ACCOUNT, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(
        max_length=10,
        choices=[("open", "待答复"), ("answered", "已答复"), ("withdrawn", "已撤回")],
        default="open",
    )
    answer_kind = models.CharField(max_length=10, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(ACCOUNT, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["asked_at"], condition=models.Q(state="open"), name="help_to_answer")]

    def __str__(self) -> str:
        return f"help of {self.department_id} for {self.case_id}"


class PhoneTask(models.Model):
    """FB-3.2b: the head of the responsible department is rung, next in line when not reached in time."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="phone_tasks")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10,
        choices=[("open", "待接通"), ("reached", "已接通"), ("dropped", "已取消")],
        default="open",
    )
    target = models.ForeignKey(ACCOUNT, null=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["next_at"], condition=models.Q(state="open"), name="phone_task_next")]

    def __str__(self) -> str:
        return f"ring {self.department_id} for {self.case_id}"


class PhoneAttempt(models.Model):
    """One call of a telephone task: who was rung, by whom, reached or not. call: the call centre's own record of it."""

    task = models.ForeignKey(PhoneTask, on_delete=models.CASCADE, related_name="attempts")
    target = models.ForeignKey(ACCOUNT, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(ACCOUNT, null=True, on_delete=models.PROTECT, related_name="+")
    reached = models.BooleanField()
    note = models.CharField(max_length=200, blank=True)
    call = models.OneToOneField(Call, null=True, blank=True, on_delete=models.PROTECT, related_name="attempt")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.target_id} {'reached' if self.reached else 'not reached'}"
