"""How the tests of the clauses speak: of moments, of who is told what by time, of refusals and of new editions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from tests.cast import PEOPLE, SHANGHAI, Cast, triaged, worker

from goodword.base.core.errors import Refused
from goodword.base.people.actions.rosters import go_away
from goodword.base.people.models import Account
from goodword.company.channels.models import OutboxMessage
from goodword.engine.obligations.models import Obligation
from goodword.engine.obligations.ticking import tick
from goodword.engine.policy.actions import editions
from goodword.engine.policy.models import ClauseEdition
from goodword.engine.policy.queries import values_of
from goodword.voice.cases.actions import callback, notes, triaging
from goodword.voice.cases.models import Case, Help

SECOND = timedelta(seconds=1)


def when(text: str) -> datetime:
    """A moment in Shanghai: when("2026-02-13 17:50")."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def rings(cast: Cast, subject: Case | Help, clause: str, now: datetime) -> list[str]:
    """The worker's clock reaches `now`: what it tells about the clause, and whom, as "warned intake"."""
    before = set(OutboxMessage.objects.values_list("pk", flat=True))
    with time_machine.travel(now, tick=False):
        tick(now=now)
    names = {getattr(cast, key).pk: key for key in PEOPLE}
    about = {"clause_id": clause, "subject_id": str(subject.pk)}
    return [
        f"{sent.payload['kind'].removeprefix('obligation.')} "
        f"{names.get(sent.recipient_id) or Account.objects.get(pk=sent.recipient_id).username}"
        for sent in OutboxMessage.objects.exclude(pk__in=before).order_by("pk")
        if about.items() <= sent.payload.items()
    ]


def rings_in_turn(cast: Cast, subject: Case | Help, clause: str, *story: tuple[str, str]) -> None:
    """Each moment tells exactly one person, and the second before it tells nobody."""
    for moment, expected in story:
        assert rings(cast, subject, clause, when(moment) - SECOND) == [], moment
        assert rings(cast, subject, clause, when(moment)) == [expected], moment


def outcome(obligation: Obligation) -> tuple[str, bool]:
    """(state, whether it was late), as they are now."""
    obligation.refresh_from_db()
    return obligation.state, obligation.is_late


def duties(subject: Case | Help, clause: str) -> list[tuple[int, int, str]]:
    """[(round, occurrence, state)] of everything the subject ever owed under the clause, in order."""
    rows = Obligation.objects.filter(subject_id=str(subject.pk), clause_id=clause).order_by(
        "started_at", "pk"
    )
    return list(rows.values_list("round_no", "occurrence", "state"))


@contextmanager
def refused_by(*clauses: str) -> Iterator[pytest.ExceptionInfo[Refused]]:
    """The step is refused with exactly these clauses, in both languages, with what would help."""
    with pytest.raises(Refused) as caught:
        yield caught
    refusal = caught.value
    assert refusal.clauses == clauses
    assert refusal.zh
    assert refusal.en
    assert (refusal.cure_zh and refusal.cure_en) or refusal.fields


def retriaged(cast: Cast, case: Case, *, at: datetime, **labels: Any) -> Case:
    """The case triaged again, as a device complaint of the technology department but for `labels`."""
    chosen = {"kind": "complaint", "content": "device", "severity": "general", **labels}
    chosen.setdefault("department", cast.department("technology"))
    there = worker(cast, case).account if chosen["department"] == case.responsible else None
    return triaging.triage(case, by=cast.intake.by, at=at, assignee=there, **chosen)


def unsatisfied(cast: Cast, case: Case, *, at: datetime) -> Case:
    """何回访 hears that it is not solved: the next round begins."""
    callback.call_back(case, by=cast.callback.by, at=at, solved=False, satisfaction=2, words="还是黑屏")
    case.refresh_from_db()
    return case


def new_edition(cast: Cast, clause: str, *, holds_from: str, **figures: Any) -> ClauseEdition:
    """The company changes figures of a clause from a day on; two people decide, on 5 January."""
    values = {**values_of(clause, on=date.fromisoformat(holds_from)), **figures}
    proposal = editions.propose(
        clause,
        values=values,
        holds_from=date.fromisoformat(holds_from),
        note="试行新标准",
        by=cast.administrator.by,
        at=cast.at,
    )
    return editions.approve(proposal, by=cast.deputy.by, at=cast.at)


def stands_in(cast: Cast, account: Account, stand_in: Account) -> None:
    """`account` is away over the Spring Festival of 2026, and `stand_in` bears what it bears."""
    away = {"starts_at": when("2026-02-14 18:00"), "ends_at": when("2026-02-24 09:00")}
    go_away(account, stand_in=stand_in, by=cast.administrator.by, **away)


def reached_by_hand(cast: Cast, to: str, *, at: datetime) -> list[str]:
    """Who finds a notice when a case is escalated by hand to a role or group at `at`: usernames, in order."""
    case = triaged(cast, at=at - timedelta(hours=1))
    with time_machine.travel(at, tick=False):
        notes.escalate(case, by=cast.lead.by, at=at, to=to, reason="请协助")
    sent = OutboxMessage.objects.filter(payload__kind="case.escalated", payload__subject_id=str(case.pk))
    return list(sent.order_by("pk").values_list("recipient__username", flat=True))
