"""The same matter that came twice goes on as one case."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import Cast, a_case, done, triaged

from goodword.base.core.errors import Forbidden, Refused
from goodword.base.people.actors import SYSTEM
from goodword.company.customers.actions.registering import register
from goodword.engine.journal.models import Entry
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases.actions import callback, merging, notes, replying, withdrawing
from goodword.voice.cases.models import DuplicateProposal
from goodword.voice.cases.queries.merged import final_target

MINUTE = timedelta(minutes=1)


def open_duties(case):
    return set(
        Obligation.objects.filter(subject_id=str(case.pk), state="open").values_list("clause_id", flat=True)
    )


def last_kind(case):
    return Entry.objects.filter(subject_id=str(case.pk)).latest("number").kind


def merge(cast, source, into):
    return merging.merge(
        source, into=into, by=cast.intake.by, at=max(source.changed_at, into.changed_at) + MINUTE
    )


def test_a_merged_case_owes_nothing_and_remembers_where_it_was(cast: Cast):
    source, into = (triaged(cast, severity="urgent") for _ in range(2))
    proposal = DuplicateProposal.objects.filter(case=into, other=source).first()
    assert open_duties(source)
    merge(cast, source, into)
    assert (source.state, source.merged_into, source.state_before) == ("merged", into, "triaged")
    assert open_duties(source) == set()
    assert source.phone_tasks.get().state == "dropped"
    assert (last_kind(source), last_kind(into)) == ("case.merged", "case.absorbed")
    assert proposal is not None
    proposal.refresh_from_db()
    assert proposal.state == "merged"


def test_handlers_of_the_source_may_not_call_back_for_the_target(cast: Cast):
    source = a_case(cast)
    notes.note(source, by=cast.callback.by, at=source.received_at, text="客户来电,补充了情况")
    into = done(cast)
    if not source.handlers.filter(account=cast.callback.account).exists():
        replying.reply(
            source, by=cast.callback.by, at=source.received_at, text="收到,马上处理", purpose="other"
        )
    merge(cast, source, into)
    with pytest.raises(Refused) as refused:
        callback.call_back(into, by=cast.callback.by, at=into.changed_at, solved=True, satisfaction=5)
    assert refused.value.clauses == ("FB-4.3e",)


def test_watchers_of_the_source_watch_the_target(cast: Cast):
    source, into = triaged(cast), triaged(cast)
    notes.watch(source, by=cast.lead.by, at=source.changed_at, watching=True)
    merge(cast, source, into)
    assert into.watchers.filter(account=cast.lead.account).exists()


def test_later_messages_go_to_the_end_of_the_chain(cast: Cast):
    first, second, third = a_case(cast), a_case(cast), a_case(cast)
    merge(cast, first, second)
    merge(cast, second, third)
    first.refresh_from_db()
    assert final_target(first) == third
    message = replying.customer_wrote(first, text="有进展吗?", channel="wechat", at=third.changed_at + MINUTE)
    assert message.case == third


def test_a_ring_in_the_table_would_not_hang_the_search(cast: Cast):
    first, second = a_case(cast), a_case(cast)
    first.merged_into, second.merged_into = second, first
    assert final_target(first) == second


def test_no_case_is_merged_into_itself_an_ended_one_or_a_ring(cast: Cast):
    first, second, third = a_case(cast), a_case(cast), a_case(cast)
    with pytest.raises(Refused):
        merge(cast, first, first)
    merge(cast, first, second)
    with pytest.raises(Refused):
        merge(cast, second, first)
    with pytest.raises(Refused) as refused:
        merge(cast, third, first)
    assert refused.value.cure_zh == f"请并入 #{second.number}。"
    withdrawing.withdraw(second, by=cast.intake.by, at=second.changed_at, reason="客户说不用了")
    with pytest.raises(Refused):
        merge(cast, third, second)
    with pytest.raises(Refused):
        merge(cast, second, third)


def test_cases_of_different_customers_are_not_merged(cast: Cast):
    other = register(kind="streamer", name="李示例", by=SYSTEM, at=cast.at)
    theirs = a_case(cast, customer=other, contact=None, order=None)
    with pytest.raises(Refused):
        merge(cast, theirs, a_case(cast))


def test_what_nothing_was_written_on_is_taken_out_again_and_its_clocks_start_anew(cast: Cast):
    source, into = (triaged(cast, severity="urgent") for _ in range(2))
    before = open_duties(source)
    merge(cast, source, into)
    at = source.changed_at + MINUTE
    merging.unmerge(source, by=cast.intake.by, at=at)
    assert (source.state, source.merged_into, source.state_before) == ("triaged", None, "")
    assert open_duties(source) == before
    fresh = Obligation.objects.get(subject_id=str(source.pk), clause_id="FB-3.2b", state="open")
    assert fresh.started_at == at
    assert source.phone_tasks.filter(state="open").count() == 1
    assert (last_kind(source), last_kind(into)) == ("case.unmerged", "case.gave_back")
    assert source.rounds.get().ended_at is None
    assert not DuplicateProposal.objects.filter(state="merged").exists()


@pytest.mark.parametrize("what", ["message", "note"])
def test_what_was_written_on_since_stays_merged(cast: Cast, what):
    source, into = triaged(cast), triaged(cast)
    merge(cast, source, into)
    later = source.changed_at + MINUTE
    if what == "message":
        source.messages.create(direction="in", channel="mail", text="补充", at=later)
    else:
        source.notes.create(text="补充", at=later)
    with pytest.raises(Refused):
        merging.unmerge(source, by=cast.intake.by, at=later)
    assert source.state == "merged"


def test_only_a_merged_case_is_taken_out_and_only_by_those_who_may(cast: Cast):
    source, into = triaged(cast), triaged(cast)
    with pytest.raises(Refused):
        merging.unmerge(source, by=cast.intake.by, at=source.changed_at)
    with pytest.raises(Forbidden):
        merging.merge(source, into=into, by=cast.engineer.by, at=source.changed_at)
