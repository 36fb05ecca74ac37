"""Departments, persons, their accounts, the roles they hold, and when they are on duty."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from .roles import GROUPS, ROLES


class Department(models.Model):
    """A department. `code` is stable and what regulations refer to; names are the company's own."""

    code = models.CharField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    head = models.ForeignKey(
        "Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="heads"
    )
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name_zh


class Person(models.Model):
    """A human being who works here. Several accounts may be linked to one person; independence is judged by person."""

    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80, blank=True)
    experience_since = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Account:
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A log-in. Never deleted: what it did stays in the journal."""

    username = models.CharField(max_length=80, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="accounts")
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="accounts"
    )
    email = models.EmailField(blank=True)
    phone_extension = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)
    on_shift = models.BooleanField(default=True)
    created_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    def __str__(self) -> str:
        return self.username


class RoleGrant(models.Model):
    """A role given to an account, in a department, for a time."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=40, choices=[(role.code, role.zh) for role in ROLES.values()])
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="grants")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "department"],
                condition=models.Q(ends_at=None),
                name="role_held_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.role}"


class GroupSeat(models.Model):
    """A seat in a standing group: leader, deputy or member."""

    group = models.CharField(max_length=40, choices=[(code, names[0]) for code, names in GROUPS.items()])
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="seats")
    seat = models.CharField(
        max_length=10, choices=[("leader", "组长"), ("deputy", "副组长"), ("member", "成员")]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "account"], name="one_seat_each"),
            models.UniqueConstraint(
                fields=["group"], condition=models.Q(seat="leader"), name="one_leader_per_group"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.account_id} ({self.seat})"


class Shift(models.Model):
    """A time on duty: at work, or on call."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="shifts")
    kind = models.CharField(max_length=10, choices=[("shift", "在岗"), ("on_call", "值守")], default="shift")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="shift_has_length"
            )
        ]
        indexes = [models.Index(fields=["starts_at", "ends_at"], name="shift_time")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.kind} {self.starts_at:%F %R}"


class Absence(models.Model):
    """A time away, with who stands in."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="absences")
    stand_in = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="stands_in_for")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="absence_has_length"
            ),
            models.CheckConstraint(
                condition=~models.Q(account=models.F("stand_in")), name="nobody_stands_in_for_himself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} away {self.starts_at:%F}"
