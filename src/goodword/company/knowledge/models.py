"""Scripts: what colleagues say to customers in a situation, one set for every channel (FB-2.1c)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Script(models.Model):
    """One script. key: what people type to find it. version: the number of its newest version."""

    key = models.CharField(max_length=40, unique=True)
    version = models.PositiveIntegerField(default=1)
    retired_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.key


class ScriptVersion(models.Model):
    """The words of a script from a moment on; never changed. by: None for those the software comes with.

    situation: when it is said, in the company's own words; scripts are grouped by it. text, text_en: with variables.
    The English of situation and title may be missing: then theirs stands in both languages.
    """

    script = models.ForeignKey(Script, on_delete=models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    situation = models.CharField(max_length=60)
    title = models.CharField(max_length=80)
    situation_en = models.CharField(max_length=60, blank=True, default="")
    title_en = models.CharField(max_length=80, blank=True, default="")
    text = models.TextField()
    text_en = models.TextField(blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["script", "number"], name="one_script_version_per_number"),
            models.CheckConstraint(condition=~Q(text=""), name="a_script_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.script_id} v{self.number}"


class ScriptUse(models.Model):
    """How often a colleague sent a version to customers, and when last."""

    version = models.ForeignKey(ScriptVersion, on_delete=models.PROTECT, related_name="uses", db_index=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    times = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "account"], name="one_count_per_colleague")]

    def __str__(self) -> str:
        return f"{self.version_id} by {self.account_id}: {self.times}"
