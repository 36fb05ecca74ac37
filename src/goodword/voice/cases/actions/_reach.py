"""Who may take part in a case beside those who handle it: departments asked for help, and watchers."""

from __future__ import annotations

from goodword.base.core.errors import Forbidden
from goodword.base.people.actors import Actor

from ..models import Case
from ._ground import require_reach


def require_person(by: Actor) -> int:
    """The account that acts, where an act must be somebody's own. Raises Forbidden for the system and customers."""
    if by.account_id is None:
        raise Forbidden("这一步要由具体的同事来做。", "This must be done by a colleague in person.")
    return by.account_id


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
