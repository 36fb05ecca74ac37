"""Roles held, as the people's pages show them."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, Q

from goodword.base.people.models import RoleGrant
from goodword.base.people.roles import ROLES

from ..access import WebRequest
from ..templatetags.goodword_ui import tr


def in_force(request: WebRequest) -> Q:
    """The grants that have not ended."""
    return Q(ends_at=None) | Q(ends_at__gt=request.now)


def held(request: WebRequest) -> Prefetch[Any]:
    """The roles of many accounts, in one query."""
    rows = RoleGrant.objects.filter(in_force(request)).select_related("department").order_by("pk")
    return Prefetch("grants", rows)


def grant_words(grant: RoleGrant) -> str:
    """「技术工程师 · 技术部」."""
    role = ROLES.get(grant.role)
    name = tr(role.zh, role.en) if role else grant.role
    return f"{name} · {tr(grant.department.name_zh, grant.department.name_en)}"
