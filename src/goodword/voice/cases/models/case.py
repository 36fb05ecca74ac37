"""The case: one matter of one customer, from receipt to closure."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from goodword.base.core.ids import uuid7
from goodword.base.people.models import Department
from goodword.company.customers.models import Contact, Customer
from goodword.company.rentals.models import Device, Order

from ..states import NAMES


class Case(models.Model):
    """One matter. People see `number`; the world outside sees `id`; a customer needs number and code.

    text: the customer's words as they came (shown masked). scene, asks, asked_by_at, device_type, order, contact:
    the record elements of FB-2.2e. proposal: what the language reader proposed, with probabilities and words; read_by:
    the version of its model. labelled_at: when a person last gave or confirmed the labels; never read anew.
    sketch_a to sketch_c: by which the same text is found again (None for a short one).
    came_to: the department whose own address the customer wrote to, where it has one; it proposes and decides nothing.
    responsible: the department that handles it. assignee: the person who does. owner: the one clear owner in
    customer service where several departments are involved (FB-3.2e). waiting_since: set while the customer is
    waited for. history: taken in from a ledger with its original times. A key to another table has no index of its own
    (`db_index=False`, here and in what hangs on a case) where another index begins with it: each costs intake.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.PositiveBigIntegerField(unique=True)
    state = models.CharField(
        max_length=14, choices=[(code, names[0]) for code, names in NAMES.items()], default="received"
    )
    round_no = models.PositiveSmallIntegerField(default=1)
    channel = models.CharField(max_length=30)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    customer = models.ForeignKey(
        Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="cases", db_index=False
    )
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    order = models.ForeignKey(
        Order, null=True, blank=True, on_delete=models.PROTECT, related_name="cases", db_index=False
    )
    device = models.ForeignKey(
        Device, null=True, blank=True, on_delete=models.PROTECT, related_name="cases", db_index=False
    )
    kind = models.CharField(max_length=14, blank=True)
    content = models.CharField(max_length=10, blank=True)
    subclass = models.CharField(max_length=30, blank=True)
    severity = models.CharField(max_length=10, blank=True)
    device_type = models.CharField(max_length=30, blank=True)
    stage = models.CharField(max_length=14, blank=True)
    sentiment = models.CharField(max_length=10, blank=True)
    labelled_at = models.DateTimeField(null=True, blank=True)
    scene = models.TextField(blank=True)
    asks = models.TextField(blank=True)
    asked_by_at = models.DateTimeField(null=True, blank=True)
    urgent_need = models.BooleanField(default=False)
    proposal = models.JSONField(default=dict, blank=True)
    read_by = models.CharField(max_length=40, blank=True)
    sketch_a = models.BigIntegerField(null=True, editable=False)
    sketch_b = models.BigIntegerField(null=True, editable=False)
    sketch_c = models.BigIntegerField(null=True, editable=False)
    came_to = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    responsible = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="cases", db_index=False
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cases",
        db_index=False,
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="cases_owned"
    )
    supervisor_needed = models.BooleanField(default=False)
    waiting_since = models.DateTimeField(null=True, blank=True)
    waiting_for = models.CharField(max_length=200, blank=True)
    assessment = models.CharField(max_length=10, blank=True)
    assessment_reason = models.TextField(blank=True)
    code_digest = models.CharField(max_length=64, blank=True)
    outside_id = models.CharField(max_length=120, blank=True)
    history = models.BooleanField(default=False)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="absorbed"
    )
    state_before = models.CharField(max_length=14, blank=True)
    received_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=list(NAMES)), name="case_state_is_known"),
            models.CheckConstraint(
                condition=~models.Q(state="merged") | models.Q(merged_into__isnull=False),
                name="merged_into_something",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="closed") | models.Q(closed_at__isnull=False),
                name="closed_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["channel", "outside_id"],
                condition=~models.Q(outside_id=""),
                name="one_case_per_outside_id",
            ),
        ]
        indexes = [
            # Whatever a list is narrowed by stands in it: a page is found without opening a single case beyond it.
            models.Index(
                fields=[
                    "-received_at",
                    "-number",
                    "state",
                    "kind",
                    "severity",
                    "content",
                    "channel",
                    "responsible",
                    "assignee",
                    "device_type",
                ],
                name="case_browse",
            ),
            models.Index(fields=["state", "-received_at", "-number"], name="case_state"),
            models.Index(fields=["responsible", "-received_at", "-number"], name="case_home"),
            models.Index(fields=["assignee", "-received_at", "-number"], name="case_hands"),
            models.Index(fields=["created_by", "-received_at"], name="case_taken"),
            models.Index(
                fields=["owner", "-received_at", "-number"],
                condition=models.Q(owner__isnull=False),
                name="case_owner",
            ),
            models.Index(
                fields=["-received_at", "-number"],
                condition=models.Q(waiting_since__isnull=False),
                name="case_waiting",
            ),
            models.Index(fields=["customer", "-received_at"], name="case_customer"),
            models.Index(
                fields=["came_to", "-received_at", "-number"],
                condition=models.Q(came_to__isnull=False),
                name="case_came_to",
            ),
            # What waits for its triage: what a department may see of what came to it.
            models.Index(
                fields=["came_to", "-received_at", "-number"],
                condition=models.Q(came_to__isnull=False, responsible=None),
                name="case_came_to_waiting",
            ),
            # Most cases have neither: of an index with them in it a database thinks that it tells nothing apart.
            *(
                models.Index(
                    fields=[name, "-received_at", "-number"],
                    condition=models.Q(**{f"{name}__isnull": False}),
                    name=f"case_{name}",
                )
                for name in ("order", "device")
            ),
            # All that `queries.acceptance` counts stands in it: months of cases are counted without opening one.
            models.Index(
                fields=[
                    "labelled_at",
                    "read_by",
                    "kind",
                    "severity",
                    "content",
                    "subclass",
                    "device_type",
                    "stage",
                    "sentiment",
                    "history",
                    "id",
                ],
                name="case_labelled",
                condition=models.Q(labelled_at__isnull=False),
            ),
            *(
                models.Index(
                    fields=[name, "-received_at"],
                    name=f"case_{name}",
                    condition=models.Q(**{f"{name}__isnull": False}),
                )
                for name in ("sketch_a", "sketch_b", "sketch_c")
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"


class Handler(models.Model):
    """Somebody who handled a case, and by what first act. Nobody listed here may call back (FB-4.3e)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="handlers")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "account"], name="one_handler_row_each")]

    def __str__(self) -> str:
        return f"{self.account_id} handled {self.case_id}"


class Link(models.Model):
    """Two cases that have to do with each other."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="links")
    other = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="linked_from")
    relation = models.CharField(
        max_length=12,
        choices=[("related", "相关"), ("follows", "后续"), ("same_cause", "同因")],
        default="related",
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "other"], name="linked_once"),
            models.CheckConstraint(condition=~models.Q(case=models.F("other")), name="not_linked_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} – {self.other_id}"


class DuplicateProposal(models.Model):
    """Two cases that look like the same matter; a person decides, nothing is merged alone."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="duplicates")
    other = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    nearness = models.FloatField()
    state = models.CharField(
        max_length=10,
        choices=[("proposed", "待定"), ("merged", "已合并"), ("dismissed", "不是同一件")],
        default="proposed",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "other"], name="proposed_once")]

    def __str__(self) -> str:
        return f"{self.case_id} ≈ {self.other_id}"


class Watcher(models.Model):
    """A colleague who wants to hear of a case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="watchers")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "account"], name="watches_once")]

    def __str__(self) -> str:
        return f"{self.account_id} watches {self.case_id}"
