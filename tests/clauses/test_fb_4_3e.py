"""FB-4.3e: whoever handled the case does not call back, nor does another account of the same person."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from tests.cast import Cast, a_member, carrying_out, done, finish, next_round_done
from tests.clauses.telling import refused_by, unsatisfied, when

from goodword.base.core.errors import Refused
from goodword.base.people.actors import SYSTEM
from goodword.base.people.models import Account
from goodword.base.people.queries import actor_for
from goodword.voice.cases.actions import callback, merging
from goodword.voice.cases.actions.receiving import Word, receive
from goodword.voice.cases.models import Callback

ID = "FB-4.3e"
AT = when("2026-01-06 10:00")


def second_account(of: Account) -> Account:
    """The same human being with another log-in, as callback agent."""
    return a_member(
        of.person.name, username="second", department="service", roles=("callback",), person=of.person
    ).account


def test_who_handled_it_is_refused_and_somebody_independent_is_not(cast: Cast) -> None:
    case = done(
        cast, content="service", department="service"
    )  # 周主管 handled it, and may otherwise call back
    with refused_by(ID) as refusal:
        callback.call_back(case, by=cast.lead.by, at=AT, solved=True, satisfaction=5)
    assert "没有经手" in refusal.value.cure_zh
    assert not case.callbacks.exists()
    assert callback.call_back(case, by=cast.callback.by, at=AT, solved=True, satisfaction=5).satisfied


def test_a_second_account_of_the_same_person_is_the_same_person(cast: Cast) -> None:
    case = done(cast)
    disguised = second_account(cast.engineer.account)
    for step in (callback.attempt, callback.give_up):
        with refused_by(ID):
            step(case, by=actor_for(disguised, at=AT), at=AT)


def test_the_database_refuses_it_too_whoever_writes(cast: Cast) -> None:
    case = done(cast)
    row = {"case": case, "round_no": 1, "solved": True, "satisfaction": 5, "satisfied": True, "at": AT}
    for caller in (cast.engineer.account, second_account(cast.engineer.account)):
        with pytest.raises(DatabaseError), transaction.atomic():
            Callback.objects.create(caller=caller, **row)
    assert Callback.objects.create(caller=cast.callback.account, **row).pk


def test_software_makes_no_callback(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        callback.call_back(done(cast), by=SYSTEM, at=AT, solved=True, satisfaction=5)
    assert refused.value.clauses == (ID,)


def test_who_handled_an_earlier_round_stays_a_handler(cast: Cast) -> None:
    case = done(cast, content="service", department="service")
    unsatisfied(cast, case, at=AT)
    case.assignee = cast.intake.account
    case.save()
    next_round_done(cast, case, at=when("2026-01-07 10:00"))
    with refused_by(ID):
        callback.call_back(case, by=cast.lead.by, at=when("2026-01-08 10:00"), solved=True, satisfaction=5)


def test_who_handled_a_case_that_was_merged_into_it_is_a_handler_too(cast: Cast) -> None:
    helper = a_member("助示例", username="zhu", department="service", roles=("callback",))
    word = Word(text="还是那台摄像机", channel="hotline", customer=cast.customer)
    twin = receive(word, by=helper.by, at=when("2026-01-05 10:30")).case
    case = carrying_out(cast, at=when("2026-01-05 10:00"))
    merging.merge(twin, into=case, by=cast.intake.by, at=when("2026-01-05 11:15"))
    finish(cast, case, at=when("2026-01-05 12:00"))
    with refused_by(ID):
        callback.call_back(case, by=helper.by, at=AT, solved=True, satisfaction=5)
