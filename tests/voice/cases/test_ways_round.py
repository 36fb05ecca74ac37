"""Ways round a rule that people under pressure try, and what stops them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import RUDE, Cast, a_case, a_member, agreed, done, finish, triaged
from tests.cast import carrying_out as being_carried_out

from goodword.base.core.errors import Forbidden, Invalid, NotFound, Refused
from goodword.base.people.actors import SYSTEM
from goodword.base.people.models import Account
from goodword.company.channels.models import OutboxMessage
from goodword.company.customers.actions.registering import register
from goodword.company.customers.checking import ContactFacts
from goodword.engine.obligations.actions.waiving import waive
from goodword.engine.obligations.models import Obligation
from goodword.engine.obligations.queries import compliance
from goodword.engine.obligations.ticking import tick
from goodword.voice.cases.actions import (
    callback,
    carrying_out,
    closing,
    dispatching,
    evidence,
    merging,
    notes,
    phoning,
    records,
    replying,
    short_way,
    triaging,
    waiting,
    withdrawing,
)
from goodword.voice.cases.queries import listing
from goodword.voice.cases.queries.goals import complaints_in_time

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
pytestmark = pytest.mark.django_db


def labels(cast: Cast, **changed):
    chosen = {"kind": "complaint", "content": "device", "severity": "general"}
    return {**chosen, "department": cast.department("technology"), **changed}


def owed(case, clause: str) -> Obligation:
    return Obligation.objects.get(subject_id=str(case.pk), clause_id=clause)


def test_what_is_done_is_not_called_a_consultation_to_spare_the_callback(cast: Cast):
    case = done(cast)
    with pytest.raises(Refused):
        triaging.triage(case, by=cast.intake.by, at=case.changed_at, **labels(cast, kind="consultation"))


def test_nor_before_it_is_done(cast: Cast):
    case = being_carried_out(cast)
    triaging.triage(case, by=cast.intake.by, at=case.changed_at, **labels(cast, kind="consultation"))
    finish(cast, case, at=case.changed_at + MINUTE)
    with pytest.raises(Refused, match="callback") as refusal:
        closing.close(case, by=cast.lead.by, at=case.changed_at + MINUTE)
    assert "FB-4.3e" in refusal.value.clauses


@pytest.mark.parametrize("way", ["withdrawn", "classified anew"])
def test_late_is_not_washed_off(cast: Cast, way: str):
    case, late_at = triaged(cast), cast.at + 3 * DAY
    tick(now=late_at)
    assert owed(case, "FB-4.1b").is_late
    if way == "withdrawn":
        withdrawing.withdraw(case, by=cast.intake.by, at=late_at, reason="客户说不用了")
    else:
        triaging.triage(case, by=cast.intake.by, at=late_at, **labels(cast, severity="urgent"))
    assert owed(case, "FB-4.1b").state in {"released", "superseded"}
    [tally] = [row for row in compliance(now=late_at) if row.clause_id == "FB-4.1b"]
    assert (tally.late, tally.released, tally.superseded, tally.share) == (1, 0, 0, 0.0)
    assert complaints_in_time(cast.at - DAY, cast.at + DAY).late == (case.pk,)


def test_a_worker_that_was_down_washes_nothing_off_either(cast: Cast):
    case = triaged(cast)
    withdrawing.withdraw(case, by=cast.intake.by, at=cast.at + 3 * DAY, reason="客户说不用了")
    duty = owed(case, "FB-4.1b")
    assert (duty.state, duty.breached_at) == ("released", duty.due_at)


def test_a_clock_that_stands_still_is_not_overdue(cast: Cast):
    case = triaged(cast)
    waiting.start(case, by=cast.engineer.by, at=case.changed_at + MINUTE, what="客户的照片")
    [tally] = [row for row in compliance(now=cast.at + 9 * DAY) if row.clause_id == "FB-4.3b"]
    assert (tally.open, tally.overdue, tally.share) == (1, 0, None)


def test_a_customer_is_not_withdrawn_without_his_words(cast: Cast):
    case = triaged(cast)
    with pytest.raises(Invalid):
        withdrawing.withdraw(case, by=cast.engineer.by, at=case.changed_at)


def test_a_complaint_does_not_vanish_in_praise_nor_an_urgent_case_in_a_general_one(cast: Cast):
    complaint, praise, urgent = triaged(cast), a_case(cast), triaged(cast, severity="urgent")
    triaging.triage(praise, by=cast.intake.by, at=praise.changed_at, **labels(cast, kind="praise"))
    for source, into, clause in ((complaint, praise, "FB-2.2f"), (urgent, complaint, "FB-3.1b")):
        with pytest.raises(Refused) as refusal:
            merging.merge(source, into=into, by=cast.intake.by, at=cast.at + HOUR)
        assert refusal.value.clauses == (clause,)
    merging.merge(complaint, into=urgent, by=cast.intake.by, at=cast.at + HOUR)


def test_nobody_waives_what_a_role_or_another_account_of_his_owes_nor_what_another_department_does(
    cast: Cast,
):
    case, at = triaged(cast), cast.at + HOUR
    duty = owed(case, "FB-4.1b")
    twin = a_member(
        "", username="chen2", department="technology", roles=("department_head",), person=cast.engineer.person
    )
    with pytest.raises(Refused, match="himself"):
        waive(duty, by=twin.by, at=at, reason="一切正常")
    with pytest.raises(Forbidden):
        waive(duty, by=cast.warehouse_head.by, at=at, reason="一切正常")
    Obligation.objects.filter(pk=duty.pk).update(bearer_account=None)
    duty.refresh_from_db()
    with pytest.raises(Refused, match="himself"):
        waive(duty, by=cast.technology_head.by, at=at, reason="一切正常")
    assert waive(duty, by=cast.lead.by, at=at, reason="客户失联,经核实").state == "waived"


def test_whose_conduct_was_complained_about_does_not_ask_how_satisfied_the_customer_is(cast: Cast):
    case = triaged(cast, text=RUDE)
    at = case.changed_at
    evidence.record_staff_statement(
        case, by=cast.technology_head.by, at=at, staff=cast.callback.account, what="已说明"
    )
    assert case.handlers.filter(account=cast.callback.account).exists()


def test_nobody_of_another_department_and_no_stopped_account_is_given_a_case(cast: Cast):
    case = triaged(cast)
    for act, facts in (
        (triaging.triage, labels(cast)),
        (dispatching.dispatch, {"department": cast.department("technology")}),
    ):
        with pytest.raises(Invalid):
            act(case, by=cast.intake.by, at=case.changed_at, assignee=cast.callback.account, **facts)
    Account.objects.filter(pk=cast.engineer.pk).update(is_active=False)
    gone = Account.objects.get(pk=cast.engineer.pk)
    with pytest.raises(Invalid):
        triaging.triage(case, by=cast.intake.by, at=case.changed_at, assignee=gone, **labels(cast))


def test_a_dispatched_urgent_case_rings_the_head_of_its_new_department(cast: Cast):
    case = triaged(cast, severity="urgent")
    dispatching.dispatch(
        case, by=cast.intake.by, at=case.changed_at + MINUTE, department=cast.department("warehouse")
    )
    task = case.phone_tasks.get(state="open")
    assert (task.department.code, task.target) == ("warehouse", cast.warehouse_head.account)


def test_what_nobody_triaged_or_what_is_done_is_not_picked(cast: Cast):
    with pytest.raises(Forbidden):
        dispatching.pick(a_case(cast), by=cast.engineer.by, at=cast.at)
    case = done(cast)
    with pytest.raises(Refused):
        dispatching.pick(case, by=cast.engineer.by, at=case.changed_at)


def test_whoever_has_a_step_to_do_is_told_and_can_do_it(cast: Cast):
    case = agreed(cast)
    with pytest.raises(NotFound):
        listing.get(cast.warehouse_head.by, case.number)
    steps = [{"what": "备用机出库", "owner": cast.warehouse_head.account, "due_at": None}]
    carrying_out.start(case, by=cast.engineer.by, at=case.changed_at + MINUTE, steps=steps)
    assert listing.get(cast.warehouse_head.by, case.number) == case
    told = OutboxMessage.objects.filter(recipient_id=cast.warehouse_head.pk)
    assert told.filter(payload__kind="case.carrying_out_started").count() == 1
    step = case.steps.get()
    assert carrying_out.complete_step(step, by=cast.warehouse_head.by, at=case.changed_at + HOUR).done_at


def test_whoever_a_case_is_escalated_to_sees_it(cast: Cast):
    lawyer = a_member("法示例", username="fa", department="legal", roles=("legal",))
    case = triaged(cast)
    notes.escalate(case, by=cast.engineer.by, at=case.changed_at, to="legal", reason="涉及合同")
    assert listing.get(lawyer.by, case.number) == case


def test_the_technical_supporter_reaches_an_urgent_fault_wherever_it_lies(cast: Cast):
    since = {"department": "technology", "roles": ("reputation_supporter",)}
    supporter = a_member("支示例", username="zhi", **since)
    case = triaged(cast, severity="urgent", subclass="missing_accessory", department="warehouse")
    assert case.responsible.code == "warehouse"
    replying.start_remote_guidance(case, by=supporter.by, at=case.changed_at)
    assert owed(case, "WM-2.4a").state == "met"


def test_an_urgent_suggestion_can_be_closed_by_the_short_way(cast: Cast):
    case = a_case(cast)
    chosen = labels(
        cast, kind="suggestion", severity="urgent", content="other", department=cast.department("service")
    )
    triaging.triage(case, by=cast.intake.by, at=cast.at + MINUTE, **chosen)
    phoning.record_call(case.phone_tasks.get(), by=cast.intake.by, at=cast.at + 2 * MINUTE, reached=False)
    at = cast.at + HOUR
    short_way.assess(case, by=cast.intake.by, at=at, verdict="adopt", reason="已安排加装警示", told=True)
    assert closing.close(case, by=cast.intake.by, at=at + MINUTE).state == "closed"


def test_an_answer_ends_the_wait_in_the_journal_too(cast: Cast):
    case = done(cast)
    waiting.start(case, by=cast.engineer.by, at=case.changed_at, what="客户试机")
    callback.call_back(case, by=cast.callback.by, at=case.changed_at + HOUR, solved=False, satisfaction=1)
    case.refresh_from_db()
    assert case.waiting_since is None
    assert not [
        row for row in Obligation.objects.filter(subject_id=str(case.pk), state="open") if row.is_paused
    ]


def test_a_contact_is_one_of_the_customers(cast: Cast):
    other = register(
        kind="streamer", name="李示例", contact=ContactFacts(phone="13800005678"), by=SYSTEM, at=cast.at
    )
    case = a_case(cast)
    with pytest.raises(Invalid):
        records.complete(case, by=cast.intake.by, at=cast.at, contact=other.contacts.get())
    records.complete(case, by=cast.intake.by, at=cast.at, customer=other)
    assert (case.customer, case.contact) == (other, None)


def test_hidden_digits_are_not_guessed_by_searching_for_them(cast: Cast):
    case = a_case(cast, text="设备黑屏,请打 13800009876")
    every = listing.visible_to(cast.intake.by)
    for guess in ("13800009876", "9876", "1380", "canary@"):
        assert not listing.filtered(every, text=guess).exists(), guess
    assert (
        listing.filtered(every, text="黑屏").get()
        == listing.filtered(every, text=str(case.number)).get()
        == case
    )
