"""Files that belong to something: what they are by their content, and where they lie under a random name."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from goodword.base.core.ids import uuid7


class Attachment(models.Model):
    """One file of one subject. A refused file keeps its row, without content, so that people see it came."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    storage_name = models.CharField(max_length=100, null=True, unique=True)  # noqa: DJ001  (refused files have none)
    content_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=[("ok", "可用"), ("refused", "已拒收")], default="ok")
    refusal = models.CharField(max_length=20, blank=True, default="")
    origin = models.CharField(
        max_length=10, choices=[("staff", "员工"), ("customer", "客户")], default="staff"
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "sha256"],
                condition=models.Q(state="ok"),
                name="a_file_once_per_subject",
            ),
            models.CheckConstraint(
                condition=models.Q(state="refused", storage_name=None)
                | models.Q(state="ok", storage_name__isnull=False),
                name="kept_files_lie_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return self.name
