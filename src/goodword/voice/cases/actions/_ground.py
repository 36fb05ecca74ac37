"""What every action on a case stands on: finding it at the right moment, moving it, remembering who handled it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from goodword.base.core.errors import Refused, Stale
from goodword.base.core.inserting import insert_unless_there
from goodword.base.core.updating import update_where
from goodword.base.people.actors import Actor
from goodword.engine.journal.recording import lock_subject

from .. import states
from ..models import Case, Handler


def lock(case: Case) -> Case:
    """Take the case's place in line and read it afresh: what is decided next is decided on what is true now."""
    lock_subject("case", case.pk)
    case.refresh_from_db()
    return case


def require_open(case: Case) -> None:
    """Raise Refused when the case has ended."""
    if case.state in states.ENDED:
        zh, en = states.NAMES[case.state]
        raise Refused(
            f"工单 #{case.number} {zh},不能再这样操作。",
            f"Case #{case.number} is {en.lower()}; this is not possible any more.",
            cure_zh="如客户仍有问题,请重新打开或新建工单。",
            cure_en="Reopen it, or open a new case, if the customer still has a concern.",
        )


def require_state(case: Case, *allowed: str) -> None:
    """Raise Refused unless the case is in one of the states."""
    if case.state not in allowed:
        now_zh, now_en = states.NAMES[case.state]
        zh = "、".join(states.NAMES[state][0] for state in allowed)
        en = ", ".join(states.NAMES[state][1].lower() for state in allowed)
        raise Refused(
            f"工单 #{case.number} 目前是“{now_zh}”,这一步要求“{zh}”。",
            f"Case #{case.number} is {now_en.lower()}; this step needs it to be {en}.",
        )


def require_reach(case: Case, right: str, by: Actor) -> None:
    """Raise Forbidden unless `by` holds `right` for this case: company-wide, in its department, or as its assignee."""
    own = case.assignee_id is not None and case.assignee_id == by.account_id
    if own or (case.owner_id is not None and case.owner_id == by.account_id):
        by.require(right)
        return
    by.require(right, department=case.responsible.code if case.responsible else "service")


def move(case: Case, to: str, *, at: datetime, **changes: Any) -> Case:
    """The guarded update: change state and fields where the state is still what was seen.

    Raises Refused when the move is not allowed, Stale when somebody was faster.
    """
    seen = case.state
    if to != seen and not states.may_move(seen, to):
        require_state(case, *sorted(s for s, targets in states.MOVES.items() if to in targets))
    news = {"state": to, "changed_at": at, **changes}
    if not update_where(Case, {"pk": case.pk, "state": seen}, news):
        raise Stale(
            "工单刚刚被别人处理过,请刷新后再试。", "Somebody else has just changed this case; look again."
        )
    for name, value in news.items():
        setattr(case, name, value)
    return case


def change(case: Case, *, at: datetime, **changes: Any) -> Case:
    """Change fields without moving the case on."""
    return move(case, case.state, at=at, **changes)


def handled(case: Case, *, by: Actor, act: str, at: datetime) -> None:
    """Remember that `by` handled the case (FB-4.3e); system and customer are nobody's handlers."""
    if by.account_id is None or by.person_id is None:
        return
    insert_unless_there(Handler(case=case, account_id=by.account_id, person_id=by.person_id, act=act, at=at))
