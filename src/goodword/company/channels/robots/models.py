"""Robots in groups of WeCom, DingTalk and Feishu, and the company's own apps there that write to single colleagues."""

from __future__ import annotations

from django.db import models

from goodword.base.people.models import Department

from ..spoken import Spoken

PLATFORMS = [("wecom", "企业微信"), ("dingtalk", "钉钉"), ("feishu", "飞书")]


class _OnPlatform(Spoken):
    platform = models.CharField(max_length=10, choices=PLATFORMS)

    class Meta:
        abstract = True


class Robot(_OnPlatform):
    """One robot in one group. department: whose people's notices it says; none: everybody's.

    sealed_address holds its key, sealed_secret signs (DingTalk, Feishu); neither is ever shown again.
    """

    name = models.CharField(max_length=80)
    sealed_address = models.TextField()
    sealed_secret = models.TextField(blank=True, default="")
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ordinary = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.platform} {self.name}"


class PlatformApp(_OnPlatform):
    """The company's app on a platform. corp: corpid, AppKey or App ID; agent: AgentId (none with Feishu)."""

    base = models.CharField(max_length=200)
    corp = models.CharField(max_length=120)
    agent = models.CharField(max_length=40, blank=True, default="")
    sealed_secret = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["platform"], name="one_app_a_platform")]

    def __str__(self) -> str:
        return self.platform
