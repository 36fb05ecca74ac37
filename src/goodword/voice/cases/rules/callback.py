"""Who may call back: somebody independent (FB-4.3e), once the callback is due (FB-4.3d)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from goodword.base.core.clock import local_day
from goodword.base.core.errors import Refused
from goodword.base.people.actors import Actor
from goodword.engine.policy.queries import values_of

from ..models import Case

INDEPENDENT = "FB-4.3e"
CALLBACK = "FB-4.3d"


def may_call_back(case: Case, *, by: Actor) -> Refused | None:
    """Why `by` may not call back for the case; None when they may.

    Judged by person, over everybody who handled any round of it and of the cases merged into it: a second account
    of the same person is the same person, whichever account it was linked to then or is linked to now.
    """
    if by.person_id is None or by.account_id is None:
        return Refused(
            "回访须由具名的同事进行。", "A callback is made by a named colleague.", clauses=(INDEPENDENT,)
        )
    mine = Q(person_id=by.person_id) | Q(account__person_id=by.person_id)
    if case.handlers.filter(mine).exists():
        return Refused(
            "您经手过这个工单,不能由您回访。",
            "You handled this case, so you cannot be the one who calls back.",
            clauses=(INDEPENDENT,),
            cure_zh="请由没有经手的回访人员回访。",
            cure_en="A callback agent who did not handle it has to call.",
        )
    return None


def may_give_up(case: Case, *, at: datetime) -> Refused | None:
    """Why the callback may not be given up as unreachable yet; None when enough attempts were made (FB-4.3d)."""
    wanted = int(values_of(CALLBACK, on=local_day(at))["attempts"])
    made = case.callback_attempts.filter(round_no=case.round_no).count()
    if made >= wanted:
        return None
    return Refused(
        f"已拨打 {made} 次,须拨打满 {wanted} 次才能按“多次未接通”办结回访。",
        f"{made} of {wanted} attempts made; a callback is given up only after {wanted}.",
        clauses=(CALLBACK,),
        cure_zh="请换个时间再拨打。",
        cure_en="Try again at another time.",
    )


def satisfies(*, solved: bool, satisfaction: int, at: datetime) -> bool:
    """Whether the answers count as a satisfied customer: solved, and a score from the policy's bound on."""
    figures = values_of(CALLBACK, on=local_day(at))
    return solved and satisfaction >= int(figures["satisfied_from"])


def scale(*, at: datetime) -> int:
    """The highest score that can be given."""
    return int(values_of(CALLBACK, on=local_day(at))["scale"])
