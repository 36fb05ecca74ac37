"""Lists of cases people keep: saved views, and what was carried out of a list as a file."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from goodword.base.people.models import Department

OWN, DEPARTMENT, EVERYBODY = "own", "department", "everybody"
SHARED = {
    OWN: ("仅自己", "only me"),
    DEPARTMENT: ("一个部门", "a department"),
    EVERYBODY: ("所有人", "everybody"),
}


class SavedView(models.Model):
    """A list of cases under a name: what it is narrowed by, which columns it shows, in which order.

    filters: {name in the address: value}. columns: codes, none for those of one's role. sort: as in the address.
    owner: who made it; None for those the software comes with, which `code` names. What a list holds is looked up for
    whoever opens it: sharing one shows nobody a case. retired_at: taken away; the row stays for the journal.
    """

    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True)
    filters = models.JSONField(default=dict, blank=True)
    columns = models.JSONField(default=list, blank=True)
    sort = models.CharField(max_length=20, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="saved_views"
    )
    shared = models.CharField(
        max_length=10, choices=[(code, names[0]) for code, names in SHARED.items()], default=OWN
    )
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="saved_views"
    )
    place = models.PositiveIntegerField(default=0)
    code = models.CharField(max_length=40, blank=True)
    changed_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="one_view_per_code"),
            models.CheckConstraint(
                condition=Q(shared=DEPARTMENT, department__isnull=False)
                | ~Q(shared=DEPARTMENT) & Q(department=None),
                name="view_shared_with_a_department",
            ),
            models.CheckConstraint(
                condition=~Q(shared=OWN) | Q(owner__isnull=False), name="own_view_has_an_owner"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CaseExport(models.Model):
    """One list that left the software as a file: who took it, what it was narrowed by, how many cases it held.

    is_clear: with personal data unmasked; `reason` says why, as for every sight of it (FB-1.3a), and `numbers` which
    cases were in it. filters: masked.
    """

    filters = models.JSONField(default=dict, blank=True)
    columns = models.JSONField(default=list, blank=True)
    form = models.CharField(max_length=4, choices=[("csv", "CSV"), ("xlsx", "Excel")])
    cases = models.PositiveIntegerField()
    is_clear = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    numbers = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_clear=False) | ~Q(reason=""), name="clear_export_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.form} of {self.cases} cases"
