"""FB-4.3d, FB-4.3e, CS-3.2c: somebody independent calls back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import Cast, a_member, done, next_round_done, triaged

from goodword.base.core.errors import Forbidden, Invalid, Refused
from goodword.base.people.actors import SYSTEM
from goodword.engine.journal.models import Entry
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases.actions import callback

HOUR = timedelta(hours=1)


def called(case, cast, *, by=None, solved=True, satisfaction=5, **said):
    return callback.call_back(
        case,
        by=by or cast.callback.by,
        at=case.done_at + HOUR,
        solved=solved,
        satisfaction=satisfaction,
        **said,
    )


def duty(case, clause="FB-4.3d"):
    return Obligation.objects.filter(subject_id=str(case.pk), clause_id=clause).latest("started_at")


def test_a_satisfied_customer_is_called_back_and_the_duty_is_met(cast: Cast):
    case = done(cast)
    assert duty(case).state == "open"
    made = called(case, cast, words="很快", may_quote=True)
    assert (case.state, made.satisfied, made.may_quote) == ("called_back", True, True)
    assert duty(case).state == "met"
    facts = Entry.objects.get(subject_id=str(case.pk), kind="case.called_back").facts
    assert facts == {
        "outcome": "reached", "solved": True, "satisfaction": 5, "satisfied": True, "callback": made.pk,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("solved", "satisfaction", "state"),
    [
        (True, 4, "called_back"),
        (True, 3, "investigating"),
        (False, 5, "investigating"),
        (True, 1, "investigating"),
    ],
)
def test_satisfied_means_solved_and_a_score_from_four_on(cast: Cast, solved, satisfaction, state):
    case = done(cast)
    called(case, cast, solved=solved, satisfaction=satisfaction)
    assert case.state == state


def test_an_unsatisfied_customer_starts_a_round_with_fresh_clocks_and_the_old_round_stays(cast: Cast):
    case = done(cast)
    first = case.rounds.get()
    called(case, cast, solved=False, satisfaction=2)
    assert (case.state, case.round_no, case.done_at) == ("investigating", 2, None)
    kept = case.rounds.get(number=1)
    assert (kept.cause, kept.done_at, kept.ended_at is not None) == (first.cause, first.done_at, True)
    fresh = case.rounds.get(number=2)
    assert (fresh.reason, fresh.cause, fresh.done_at) == ("unsatisfied", "", None)
    kinds = list(
        Entry.objects.filter(subject_id=str(case.pk)).order_by("-number").values_list("kind", "facts")[:2]
    )
    assert [kind for kind, _ in kinds] == ["case.round_started", "case.called_back"]
    assert kinds[0][1] == {
        "round": 2, "reason": "unsatisfied", "severity": "general", "kind": "complaint", "content": "device",
        "department": "technology", "assignee": cast.engineer.pk,
    }  # fmt: skip
    for clause in ("FB-4.1b", "FB-4.2d", "FB-4.3b"):
        assert (duty(case, clause).round_no, duty(case, clause).state) == (2, "open")


def test_two_rounds_have_two_callbacks_by_the_same_independent_agent(cast: Cast):
    case = done(cast)
    called(case, cast, satisfaction=2)
    next_round_done(cast, case, at=case.changed_at + HOUR)
    case.refresh_from_db()
    called(case, cast)
    assert [(c.round_no, c.satisfied) for c in case.callbacks.order_by("round_no")] == [(1, False), (2, True)]
    assert case.state == "called_back"


def test_who_handled_the_case_may_not_call_back(cast: Cast):
    case = done(cast)
    with pytest.raises(Refused) as refused:
        called(case, cast, by=a_second_account(cast, cast.engineer.person, "chen2").by)
    assert refused.value.clauses == ("FB-4.3e",)
    assert refused.value.cure_zh
    assert refused.value.cure_en
    assert not case.callbacks.exists()
    assert case.state == "done"


def a_second_account(cast, person, username):
    return a_member("", username=username, department="service", roles=("callback",), person=person)


def test_an_attempt_is_refused_to_handlers_too(cast: Cast):
    case = done(cast)
    with pytest.raises(Refused) as refused:
        callback.attempt(
            case, by=a_second_account(cast, cast.intake.person, "lin2").by, at=case.done_at + HOUR
        )
    assert refused.value.clauses == ("FB-4.3e",)


def test_the_software_does_not_call_back(cast: Cast):
    case = done(cast)
    with pytest.raises(Refused) as refused:
        called(case, cast, by=SYSTEM)
    assert refused.value.clauses == ("FB-4.3e",)


def test_calling_in_vain_is_not_handling_and_after_three_times_it_may_be_given_up(cast: Cast):
    case = done(cast)
    for number in (1, 2):
        callback.attempt(case, by=cast.callback.by, at=case.done_at + number * HOUR, note="无人接听")
    with pytest.raises(Refused) as refused:
        callback.give_up(case, by=cast.callback.by, at=case.done_at + 3 * HOUR)
    assert refused.value.clauses == ("FB-4.3d",)
    assert "2" in refused.value.zh
    callback.attempt(case, by=cast.callback.by, at=case.done_at + 3 * HOUR)
    made = callback.give_up(case, by=cast.callback.by, at=case.done_at + 4 * HOUR)
    assert (made.outcome, made.satisfied, case.state) == ("unreachable", None, "called_back")
    assert duty(case).state == "met"
    attempts = Entry.objects.filter(subject_id=str(case.pk), kind="case.callback_attempted").order_by(
        "number"
    )
    assert [e.facts["attempt"] for e in attempts] == [1, 2, 3]


@pytest.mark.parametrize("satisfaction", [0, 6, -1])
def test_satisfaction_stays_on_the_scale(cast: Cast, satisfaction):
    with pytest.raises(Invalid) as invalid:
        called(done(cast), cast, satisfaction=satisfaction)
    assert "satisfaction" in invalid.value.fields


def test_only_what_is_done_is_called_back_and_only_once(cast: Cast):
    case = triaged(cast)
    with pytest.raises(Refused):
        callback.call_back(case, by=cast.callback.by, at=case.changed_at, solved=True, satisfaction=5)
    case = done(cast)
    called(case, cast)
    with pytest.raises(Refused):
        called(case, cast)


def test_only_callback_agents_call_back(cast: Cast):
    with pytest.raises(Forbidden):
        called(done(cast), cast, by=cast.warehouse_head.by)
