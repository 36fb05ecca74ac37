"""The departments a new company starts with (CS-2.2)."""

from __future__ import annotations

from ..models import Department
from ..roles import DEPARTMENTS


def seed_departments() -> int:
    """Make the departments that are missing; those that are there keep their names. Returns how many were made."""
    made = 0
    for code, (name_zh, name_en) in DEPARTMENTS.items():
        _, is_new = Department.objects.get_or_create(
            code=code, defaults={"name_zh": name_zh, "name_en": name_en}
        )
        made += is_new
    return made
