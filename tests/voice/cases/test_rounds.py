"""FB-4.3f: a matter comes back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import Cast, a_case, done, triaged

from goodword.base.core.errors import Forbidden, Invalid, Refused
from goodword.engine.journal.models import Entry
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases.actions import callback, closing, rounds, withdrawing

DAY = timedelta(days=1)


def closed(cast, **labels):
    case = done(cast, **labels)
    callback.call_back(case, by=cast.callback.by, at=case.done_at + DAY, solved=True, satisfaction=5)
    return closing.close(case, by=cast.callback.by, at=case.done_at + DAY)


def kinds(case):
    return list(
        Entry.objects.filter(subject_id=str(case.pk)).order_by("number").values_list("kind", flat=True)
    )


def test_within_thirty_days_a_closed_case_goes_on_with_its_next_round(cast: Cast):
    case = closed(cast)
    at = case.closed_at + 30 * DAY
    same = rounds.reopen(case, by=cast.lead.by, at=at, reason="又黑屏了")
    assert same.pk == case.pk
    assert (case.state, case.round_no, case.closed_at, case.done_at) == ("investigating", 2, None, None)
    assert case.rounds.get(number=2).reason == "reopened"
    assert case.notes.latest("pk").text == "又黑屏了"
    assert kinds(case)[-2:] == ["case.reopened", "case.round_started"]
    fresh = Obligation.objects.filter(subject_id=str(case.pk), round_no=2, state="open")
    assert {"FB-4.1b", "FB-4.2d", "FB-4.3b"} <= set(fresh.values_list("clause_id", flat=True))


def test_a_closed_case_that_is_opened_again_needs_everything_anew(cast: Cast):
    case = closed(cast)
    rounds.reopen(case, by=cast.lead.by, at=case.closed_at + DAY, reason="又黑屏了")
    with pytest.raises(Refused) as refused:
        closing.close(case, by=cast.lead.by, at=case.changed_at)
    assert {"FB-4.1f", "FB-4.3d"} <= set(refused.value.clauses)


def test_later_it_is_a_new_case_that_follows_the_old(cast: Cast):
    case = closed(cast)
    at = case.closed_at + 30 * DAY + timedelta(seconds=1)
    new = rounds.reopen(case, by=cast.lead.by, at=at, reason="半年后又坏了")
    case.refresh_from_db()
    assert (case.state, new.state, new.customer, new.text) == (
        "closed",
        "received",
        case.customer,
        "半年后又坏了",
    )
    link = new.links.get()
    assert (link.other, link.relation) == (case, "follows")
    assert kinds(new)[-1] == kinds(case)[-1] == "case.linked"
    assert Obligation.objects.filter(subject_id=str(new.pk), clause_id="FB-3.2a", state="open").exists()


@pytest.mark.parametrize(("make", "state"), [(a_case, "received"), (triaged, "triaged")])
def test_a_withdrawn_case_goes_on_where_intake_left_it(cast: Cast, make, state):
    case = make(cast)
    withdrawing.withdraw(case, by=cast.intake.by, at=case.changed_at + DAY, reason="客户说不用了")
    rounds.reopen(case, by=cast.lead.by, at=case.changed_at + DAY, reason="客户还是要处理")
    assert (case.state, case.round_no) == (state, 2)


def test_an_open_case_is_not_reopened_nor_one_without_a_reason(cast: Cast):
    case = done(cast)
    with pytest.raises(Refused):
        rounds.reopen(case, by=cast.lead.by, at=case.changed_at, reason="x")
    with pytest.raises(Invalid):
        rounds.reopen(case, by=cast.lead.by, at=case.changed_at, reason="  ")


def test_the_head_reopens_in_the_own_department_only(cast: Cast):
    case = closed(cast)
    for by in (cast.warehouse_head.by, cast.callback.by):
        with pytest.raises(Forbidden):
            rounds.reopen(case, by=by, at=case.closed_at + DAY, reason="又坏了")
    rounds.reopen(case, by=cast.technology_head.by, at=case.closed_at + DAY, reason="又坏了")
    assert case.state == "investigating"


def test_who_reopened_the_case_does_not_call_back(cast: Cast):
    case = closed(cast)
    rounds.reopen(case, by=cast.lead.by, at=case.closed_at + DAY, reason="又坏了")
    assert case.handlers.filter(account=cast.lead.account).exists()
