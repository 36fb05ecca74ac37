"""Who may take part in a case beside those who handle it: departments asked for help, and watchers."""

from __future__ import annotations

from datetime import datetime

from goodword.base.core.errors import Invalid
from goodword.base.people.actors import Actor
from goodword.base.people.models import Account, Department

from ..models import Case
from ._ground import require_reach


def require_reach_or_help(case: Case, right: str, by: Actor) -> None:
    """Raise Forbidden unless `by` holds `right` for this case, or in a department that is asked for help with it."""
    helping = by.departments and case.helps.filter(
        department__code__in=by.departments, state__in=("open", "answered")
    ).values_list("department__code", flat=True)
    if any(by.has(right, department=code) for code in helping or ()):
        return
    require_reach(case, right, by)


def require_sight(case: Case, right: str, by: Actor) -> None:
    """Raise Forbidden unless `by` holds `right` and the case is theirs, their helping department's, or one they watch."""
    if by.account_id is not None and case.watchers.filter(account_id=by.account_id).exists():
        by.require(right)
        return
    require_reach_or_help(case, right, by)


def works_in(account: Account, department: Department, *, at: datetime) -> bool:
    """Whether the account is in use and belongs to the department, or holds a role in it at `at`."""
    if not account.is_active:
        return False
    held = account.grants.filter(department=department, starts_at__lte=at).exclude(ends_at__lte=at)
    return account.department_id == department.pk or held.exists()


def require_works_in(
    account: Account | None, department: Department, *, at: datetime, clauses: tuple[str, ...]
) -> None:
    """Raise Invalid when a person is named who is not there in the department that gets the case."""
    if account is not None and not works_in(account, department, at=at):
        raise Invalid(
            "此人不在该部门,或账号已停用。",
            "That colleague does not work in the department, or the account is not in use.",
            clauses=clauses,
            fields={"assignee": "此人不在接收部门 / does not work in that department"},
        )
