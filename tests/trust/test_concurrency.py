"""Several on one case, several workers on one duty: one winner, the others told so, nothing locked, nothing twice."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests.cast import (
    Cast,
    Member,
    a_case,
    a_member,
    carrying_out,
    communicated,
    done,
    make_cast,
    proposed,
    started,
)
from tests.trust.kit import rivals

from goodword.base.core import clock
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import SYSTEM
from goodword.company.channels.actions.delivering import deliver
from goodword.company.channels.actions.notifying import queue_message
from goodword.company.channels.models import OutboxMessage
from goodword.company.channels.ways import Way
from goodword.doors.ops import leases
from goodword.doors.ops.worker import Worker
from goodword.engine.journal.models import Entry
from goodword.engine.journal.verifying import verify
from goodword.voice.cases.actions import callback, closing, merging, notes, rounds, solving
from goodword.voice.cases.actions import carrying_out as carrying
from goodword.voice.cases.actions.receiving import Word, receive
from goodword.voice.cases.models import Case

pytestmark = pytest.mark.django_db(transaction=True)
RIVALS = 8
LOST = {"Stale", "Refused"}
HOUR = timedelta(hours=1)
ways_to_rival = pytest.mark.parametrize("rival", [rivals.threads, rivals.processes])


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The invented people, committed: rivals on other connections see them."""
    return make_cast()


def fresh(case: Case) -> Case:
    """The case as one rival reads it for itself."""
    return Case.objects.get(pk=case.pk)


def last_solution(case: Case) -> Any:
    return fresh(case).solutions.select_related("case", "proposed_by__person").latest("version")


def callers(cast: Cast) -> list[Member]:
    """Eight callback agents who never saw the case."""
    return [
        a_member(f"回访{n}", username=f"caller{n}", department="service", roles=("callback",), at=cast.at)
        for n in range(RIVALS)
    ]


def call_back(cast: Cast) -> tuple[Case, rivals.Act, str]:
    case, agents = done(cast), callers(cast)
    at = case.done_at + HOUR if case.done_at else cast.at
    return (
        case,
        lambda n: callback.call_back(fresh(case), by=agents[n].by, at=at, solved=True, satisfaction=5),
        "case.called_back",
    )


def answer(cast: Cast) -> tuple[Case, rivals.Act, str]:
    case = communicated(cast)
    return (
        case,
        lambda n: solving.customer_answers(
            last_solution(case), by=cast.engineer.by, at=cast.at + HOUR, accepted=bool(n % 2), note="再议"
        ),
        "case.solution_",
    )


def finish(cast: Cast) -> tuple[Case, rivals.Act, str]:
    case = carrying_out(cast)
    step = case.steps.get()
    carrying.complete_step(step, by=cast.engineer.by, at=cast.at + 2 * HOUR, proof="已签收")
    return (
        case,
        lambda _: carrying.finish(fresh(case), by=cast.engineer.by, at=cast.at + 2 * HOUR, proof="已确认"),
        "case.done",
    )


def close(cast: Cast) -> tuple[Case, rivals.Act, str]:
    case = done(cast)
    at = cast.at + 5 * HOUR
    callback.call_back(case, by=cast.callback.by, at=at, solved=True, satisfaction=5)
    return case, lambda _: closing.close(fresh(case), by=cast.callback.by, at=at), "case.closed"


def reopen(cast: Cast) -> tuple[Case, rivals.Act, str]:
    case, act, _ = close(cast)
    act(0)
    at = cast.at + 6 * HOUR
    return (
        case,
        lambda _: rounds.reopen(fresh(case), by=cast.lead.by, at=at, reason="又坏了"),
        "case.reopened",
    )


def merge(cast: Cast) -> tuple[Case, rivals.Act, str]:
    case, others = a_case(cast), [a_case(cast) for _ in range(RIVALS)]
    return (
        case,
        lambda n: merging.merge(fresh(case), into=fresh(others[n]), by=cast.intake.by, at=cast.at + HOUR),
        "case.merged",
    )


@ways_to_rival
@pytest.mark.parametrize("contest", [call_back, answer, finish, close, reopen, merge])
def test_of_eight_at_once_one_wins(
    cast: Cast, contest: Callable[[Cast], tuple[Case, rivals.Act, str]], rival: Callable[..., list[str]]
) -> None:
    case, act, kind = contest(cast)
    before = told(case, kind)
    outcomes = Counter(rival(act, RIVALS))
    assert outcomes["won"] == 1, outcomes
    assert set(outcomes) <= {"won", *LOST}, outcomes
    assert told(case, kind) - before == 1
    assert list(verify()) == []


def told(case: Case, kind: str) -> int:
    """How many entries of this kind (its beginning is enough) the case has."""
    return Entry.objects.filter(subject_type="case", subject_id=str(case.pk), kind__startswith=kind).count()


@ways_to_rival
def test_notes_written_at_once_are_all_kept_in_one_chain(cast: Cast, rival: Callable[..., list[str]]) -> None:
    case = started(cast)

    def write(number: int) -> None:
        for line in range(5):
            notes.note(fresh(case), by=cast.lead.by, at=cast.at + HOUR, text=f"{number}/{line}")

    assert Counter(rival(write, RIVALS)) == {"won": RIVALS}
    expected = {f"{n}/{line}" for n in range(RIVALS) for line in range(5)}
    assert set(case.notes.values_list("text", flat=True)) == expected
    assert list(verify()) == []


def test_two_versions_of_a_solution_get_two_numbers(cast: Cast) -> None:
    case = proposed(cast)
    first = last_solution(case)

    def offer(_: int) -> None:
        solving.propose(
            fresh(case),
            by=cast.engineer.by,
            at=cast.at + HOUR,
            type=first.type,
            what="再次更换",
            deadline_at=cast.at + 24 * HOUR,
            acceptance="可用",
        )

    outcomes = Counter(rivals.threads(offer, RIVALS))
    assert set(outcomes) <= {"won", *LOST}, outcomes
    numbers = list(case.solutions.order_by("version").values_list("version", flat=True))
    assert numbers == list(range(1, outcomes["won"] + 2))


@ways_to_rival
def test_workers_at_the_same_duties_journal_each_alarm_once(
    cast: Cast, rival: Callable[..., list[str]]
) -> None:
    now = clock.now()
    for number in range(20):
        receive(
            Word(text=f"第{number}件,未分诊", channel="hotline"), by=SYSTEM, at=now - timedelta(minutes=30)
        )
    assert Counter(rival(lambda n: Worker(name=f"w{n}", now=lambda: now).one_pass(), 4)) == {"won": 4}
    Worker(name="last", now=lambda: now).one_pass()
    alarms = Entry.objects.filter(kind__startswith="obligation.")
    each = Counter((e.kind, e.facts["obligation"], e.facts.get("level"), e.facts["to"]) for e in alarms)
    assert sum(kind == "obligation.breached" for kind, *_ in each) >= 20
    assert set(each.values()) == {1}
    assert list(verify()) == []


def test_a_worker_that_wakes_after_its_lease_cannot_record_an_outcome(transactional_db: None) -> None:
    now, asleep, wake = clock.now(), threading.Event(), threading.Event()
    sent: list[str] = []

    def post(message: OutboxMessage, _: Any) -> None:
        sent.append(message.leased_by or message.dedupe_key)
        if len(sent) == 1:
            asleep.set()
            assert wake.wait(20)
            raise ConnectionError("it woke up to a broken line")

    ways = {"post": Way("post", post, repeatable=True)}
    with one_fact():
        queue_message("post", payload={}, at=now, dedupe_key="letter")
    sleeper = threading.Thread(
        target=lambda: rivals.outcome(lambda _: deliver(now=now, worker="a", ways=ways), 0)
    )
    sleeper.start()
    assert asleep.wait(20)
    assert deliver(now=now + timedelta(seconds=44), worker="b", ways=ways) == 0, "the lease still holds"
    assert deliver(now=now + timedelta(seconds=46), worker="b", ways=ways) == 1
    wake.set()
    sleeper.join(20)
    message = OutboxMessage.objects.get()
    assert (message.state, message.attempts, message.last_error) == ("sent", 2, "")
    assert len(sent) == 2


def test_a_job_whose_lease_was_taken_over_cannot_be_settled(transactional_db: None) -> None:
    first = leases.take("job:test", holder="a", last=timedelta(seconds=0.2))
    assert first is not None
    assert leases.take("job:test", holder="b", last=timedelta(seconds=30)) is None
    threading.Event().wait(0.4)
    second = leases.take("job:test", holder="b", last=timedelta(seconds=30))
    assert second is not None
    assert second.token > first.token
    assert not leases.settle(first, until=clock.now())
    assert leases.take("job:test", holder="c", last=timedelta(seconds=30)) is None, "b still holds it"
    assert leases.settle(second, until=clock.now())
