"""The states of a case, their groups, and the moves between them (flow 1)."""

from __future__ import annotations

RECEIVED = "received"
TRIAGED = "triaged"
INVESTIGATING = "investigating"
PROPOSED = "proposed"
AGREED = "agreed"
CARRYING_OUT = "carrying_out"
DONE = "done"
CALLED_BACK = "called_back"
CLOSED = "closed"
WITHDRAWN = "withdrawn"
MERGED = "merged"

NAMES: dict[str, tuple[str, str]] = {
    RECEIVED: ("已受理", "Received"),
    TRIAGED: ("已分派", "Triaged"),
    INVESTIGATING: ("调查中", "Investigating"),
    PROPOSED: ("方案沟通", "Solution proposed"),
    AGREED: ("客户已认可", "Agreed"),
    CARRYING_OUT: ("执行中", "Carrying out"),
    DONE: ("已办结", "Done"),
    CALLED_BACK: ("已回访", "Called back"),
    CLOSED: ("已关闭", "Closed"),
    WITHDRAWN: ("已撤回", "Withdrawn"),
    MERGED: ("已合并", "Merged"),
}

STEPS = (RECEIVED, TRIAGED, INVESTIGATING, PROPOSED, AGREED, CARRYING_OUT, DONE, CALLED_BACK, CLOSED)
"""The way of a complaint, in order; what the stepper shows."""

OPEN = frozenset({RECEIVED, TRIAGED, INVESTIGATING, PROPOSED, AGREED, CARRYING_OUT, DONE, CALLED_BACK})
ENDED = frozenset({CLOSED, WITHDRAWN, MERGED})
UNDONE = OPEN - {DONE, CALLED_BACK}
"""Open, and the work on it still to do."""
BEFORE_SOLUTION = frozenset({TRIAGED, INVESTIGATING})
SHORT_WAY = frozenset({"consultation", "praise", "suggestion"})
"""Kinds that are answered or assessed, not investigated and called back."""

MOVES: dict[str, frozenset[str]] = {
    RECEIVED: frozenset({TRIAGED, DONE, WITHDRAWN, MERGED}),
    TRIAGED: frozenset({INVESTIGATING, DONE, WITHDRAWN, MERGED}),
    INVESTIGATING: frozenset({PROPOSED, DONE, WITHDRAWN, MERGED}),
    PROPOSED: frozenset({AGREED, INVESTIGATING, WITHDRAWN, MERGED}),
    AGREED: frozenset({CARRYING_OUT, WITHDRAWN, MERGED}),
    CARRYING_OUT: frozenset({DONE, WITHDRAWN, MERGED}),
    DONE: frozenset({CALLED_BACK, INVESTIGATING, CLOSED, WITHDRAWN, MERGED}),
    CALLED_BACK: frozenset({CLOSED, INVESTIGATING}),
    CLOSED: frozenset({INVESTIGATING}),
    WITHDRAWN: frozenset({RECEIVED, TRIAGED}),
    MERGED: OPEN,
}


def may_move(before: str, after: str) -> bool:
    """Whether a case may go from `before` to `after`."""
    return after in MOVES[before]
