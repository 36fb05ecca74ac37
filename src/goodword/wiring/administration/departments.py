"""Departments are renamed and given a head."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.transactions import one_fact
from goodword.base.people.actions import departments
from goodword.base.people.actors import Actor
from goodword.base.people.models import Account, Department

from .facts import begin, journal
from .kinds import DEPARTMENT_RENAMED, HEAD_CHANGED


def rename(department: Department, *, name_zh: str, name_en: str, by: Actor, at: datetime) -> Department:
    """Call a department something else; its code stays. Journals `company.department_renamed` when it differs."""
    before = (department.name_zh, department.name_en)
    with one_fact():
        begin()
        renamed = departments.rename(department, name_zh=name_zh, name_en=name_en, by=by)
        if (renamed.name_zh, renamed.name_en) != before:
            journal(DEPARTMENT_RENAMED, by=by, at=at, department=renamed.code)
    return renamed


def set_head(department: Department, account: Account | None, *, by: Actor, at: datetime) -> Department:
    """Give a department its head, or none. Journals `company.head_changed` when it is another."""
    before = department.head_id
    with one_fact():
        begin()
        headed = departments.set_head(department, account, by=by)
        if headed.head_id != before:
            journal(HEAD_CHANGED, by=by, at=at, department=headed.code, account=headed.head_id)
    return headed
