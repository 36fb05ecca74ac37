"""Chats as lines of a page: whose, since when, what was said last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from goodword.base.core.clock import local_day
from goodword.base.core.masks import mask_text
from goodword.base.people.actors import Actor
from goodword.base.worktime.allowance import Allowance
from goodword.company.channels.app.models import ChatTurn
from goodword.engine.policy.queries import values_of
from goodword.voice.cases import states
from goodword.voice.cases.models import Case, Message
from goodword.voice.cases.queries import listing
from goodword.wiring.chatting import CLAUSE

from ..cases.naming import customer_name, state_name

SHOWN = 5
"""Words of a conversation on its line; all of it is on the case's page."""
LONGEST = 300
MOST_WORDS = 400


@dataclass(frozen=True, slots=True)
class Line:
    """A chat: its case as the viewer sees it, since when they wait, within what, and the last words."""

    case: Case
    customer: str
    state: str
    turn: ChatTurn
    within: int
    may_answer: bool
    said: list[tuple[bool, bool, str, datetime]]

    @property
    def asked(self) -> str:
        """What the customer said last."""
        return next((words for theirs, _, words, _ in reversed(self.said) if theirs), "")

    def waits_for(self, now: datetime) -> int:
        """Seconds they have been waiting."""
        return max(int((now - self.turn.asked_at).total_seconds()), 0)


def lines(turns: Sequence[ChatTurn], actor: Actor, *, now: datetime) -> list[Line]:
    """The chats whose cases the actor sees, in their order, each case once. Two queries."""
    cases = {case.pk: case for case in listing.visible_to(actor).filter(pk__in=[t.case_id for t in turns])}
    said = _last_words(list(cases))
    allowed = Allowance.parse(values_of(CLAUSE, on=local_day(now))["within"]).seconds or 0
    found: dict[UUID, Line] = {}
    for turn in turns:
        case = cases.get(turn.case_id)
        if case is not None and case.pk not in found:
            found[case.pk] = Line(
                case,
                customer_name(case),
                state_name(case.state),
                turn,
                allowed,
                case.state in states.OPEN and actor.has("cases.reply"),
                said.get(case.pk, []),
            )
    return list(found.values())


def _last_words(keys: Sequence[UUID]) -> dict[UUID, list[tuple[bool, bool, str, datetime]]]:
    """{case: [(from the customer, automatic, masked words, when)]}, the oldest of the last few first. One query."""
    if not keys:
        return {}
    found: dict[UUID, list[tuple[bool, bool, str, datetime]]] = {}
    rows = Message.objects.filter(case__in=keys).order_by("-at", "-pk")
    columns = ("case_id", "direction", "automatic", "text", "at")
    for case, direction, automatic, text, at in rows.values_list(*columns)[:MOST_WORDS]:
        words = found.setdefault(case, [])
        if len(words) < SHOWN:
            words.insert(0, (direction == "in", automatic, mask_text(text[: LONGEST * 2])[:LONGEST], at))
    return found
