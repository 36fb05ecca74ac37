"""Whoever handled a case never calls back for it (FB-4.3e), nobody approves their own solution (FB-4.2f).

Random steps through the actions by people with several accounts; after each, the same is tried past them with rows
written straight to the database. A memory kept here, not the product's own, says what would be a violation.
"""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

from django.db import DatabaseError, transaction
from tests.cast import Cast, Member
from tests.trust.kit.steps import World

from goodword.base.people.models import Account
from goodword.engine.journal.models import Entry
from goodword.engine.journal.queries import entries_of
from goodword.engine.journal.verifying import verify
from goodword.voice.cases.models import Callback, Case, Solution

STEPS = {"quick": 2_000, "slow": 10_000, "full": 50_000}
RAW_EVERY = 4
NO_HANDLING = (
    "case.called_back",
    "case.callback_attempted",
    "case.round_started",
    "case.closed",
    "case.noted",
    "case.watched",
    "case.escalated",
)
"""What a person may have journalled about a case and still be independent of it."""


class _Undone(Exception):
    """A row that was let in is taken out again: the next step is to find the world as it was."""


def test_random_steps_and_raw_rows_never_break_the_separation_of_duties(
    cast: Cast, chance: random.Random, size: str
) -> None:
    world, raw = World(cast, chance), Counter[str]()
    for number in range(STEPS[size]):
        world.step()
        if number % RAW_EVERY == 0:
            case, member = chance.choice(world.cases), chance.choice(world.members)
            chance.choice([insert_callback, change_callback, decide])(world, case, member, raw)
    print(
        f"steps {STEPS[size]}, let through {dict(world.done)}, refused {dict(world.refused)}, raw {dict(raw)}"
    )
    reached = (
        world.done["call_back"],
        world.refused["call_back"],
        raw["callback refused"],
        raw["decision refused"],
    )
    assert min(reached) >= STEPS[size] // 400, "the walk must reach callbacks and tempt those who may not"
    assert world.done["decide"]
    assert_history_agrees()
    assert list(verify()) == []


def attempted(write: Any) -> bool:
    """Whether the database lets the write in; it is undone either way."""
    try:
        with transaction.atomic():
            write()
            raise _Undone
    except _Undone:
        return True
    except DatabaseError:
        return False


def insert_callback(world: World, case: Case, member: Member, raw: Counter[str]) -> None:
    """Past every action: a row, written alone or in bulk."""
    row = Callback(case=case, round_no=99, caller=member.account, outcome="reached", at=world.at)
    bulk = world.chance.random() < 0.5
    let_in = attempted(lambda: Callback.objects.bulk_create([row]) if bulk else row.save())
    handled = member.person.pk in world.persons[case.pk]
    assert let_in is not handled, (case, member.account, bulk, "; ".join(world.acts[case.pk]))
    raw["callback let in" if let_in else "callback refused"] += 1


def change_callback(world: World, case: Case, member: Member, raw: Counter[str]) -> None:
    """A callback that was made is given to somebody else."""
    made = case.callbacks.last()
    if made is None or made.caller_id == member.pk:
        return
    handled = member.person.pk in world.persons[case.pk]
    let_in = attempted(lambda: Callback.objects.filter(pk=made.pk).update(caller=member.account))
    assert let_in is not handled, (case, member.account, "; ".join(world.acts[case.pk]))
    raw["callback let in" if let_in else "callback refused"] += 1


def decide(world: World, case: Case, member: Member, raw: Counter[str]) -> None:
    """A decision is written past the action."""
    solution = case.solutions.select_related("proposed_by").last()
    if solution is None or solution.decided_by_id == member.pk:
        return
    proposer = solution.proposed_by.person_id
    tempted = (
        [m for m in world.members if m.person.pk == proposer] if world.chance.random() < 0.5 else [member]
    )
    chosen = world.chance.choice(tempted)
    mine = Solution.objects.filter(pk=solution.pk)
    let_in = attempted(lambda: mine.update(decided_by=chosen.account, decided_at=world.at))
    assert let_in is (chosen.person.pk != proposer) or solution.decided_by_id == chosen.pk
    raw["decision let in" if let_in else "decision refused"] += 1


def assert_history_agrees() -> None:
    """Once more from what is written: the journal before each callback, and the rows of all decisions."""
    person_of = dict(Account.objects.values_list("pk", "person_id"))
    for called in Entry.objects.filter(kind="case.called_back"):
        before = entries_of("case", called.subject_id).filter(number__lt=called.number, by__isnull=False)
        acted = before.exclude(kind__in=NO_HANDLING).values_list("by_id", flat=True)
        assert person_of[called.by_id] not in {person_of[account] for account in acted}, called
    for solution in Solution.objects.exclude(decided_by=None):
        assert person_of[solution.decided_by_id] != person_of[solution.proposed_by_id]
