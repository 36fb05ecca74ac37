"""What the database itself refuses, whatever the code above it does (FB-4.3e, FB-4.2f)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from tests.cast import Cast, a_member, done

from goodword.base.people.models import Account
from goodword.voice.cases.models import Callback, Case, Handler, Solution

HOUR = timedelta(hours=1)


def insert(case: Case, account: Account) -> Callback:
    return Callback.objects.create(
        case=case, round_no=case.round_no, caller=account, solved=True, satisfaction=5, satisfied=True, at=case.done_at
    )  # fmt: skip


def refused(clause: str):
    return pytest.raises(DatabaseError, match=clause)


def second_account(cast: Cast, member) -> Account:
    return a_member(
        "", username=f"{member.account.username}2", department="service", roles=("callback",), person=member.person
    ).account  # fmt: skip


def test_a_row_by_a_handler_is_refused(cast: Cast):
    case = done(cast)
    with refused("FB-4.3e"), transaction.atomic():
        insert(case, cast.engineer.account)
    assert not case.callbacks.exists()


def test_a_row_by_another_account_of_a_handlers_person_is_refused(cast: Cast):
    case = done(cast)
    with refused("FB-4.3e"), transaction.atomic():
        insert(case, second_account(cast, cast.engineer))


def test_an_account_that_was_linked_to_the_person_afterwards_is_refused(cast: Cast):
    case = done(cast)
    other = a_member("另一人", username="other", department="service", roles=("callback",)).account
    Account.objects.filter(pk=cast.engineer.pk).update(person=other.person)
    with refused("FB-4.3e"), transaction.atomic():
        insert(case, other)


def test_an_account_that_was_another_persons_when_it_handled_still_counts_for_that_person(cast: Cast):
    case = done(cast)
    second = second_account(cast, cast.engineer)
    other = a_member("另一人", username="other", department="service", roles=("callback",))
    Account.objects.filter(pk=cast.engineer.pk).update(person=other.person)
    with refused("FB-4.3e"), transaction.atomic():
        insert(case, second)


def test_bulk_and_raw_inserts_are_refused_alike(cast: Cast):
    case = done(cast)
    row = Callback(case=case, round_no=1, caller=cast.lead.account, at=case.done_at)
    with refused("FB-4.3e"), transaction.atomic():
        Handler.objects.get_or_create(
            case=case, account=cast.lead.account, person=cast.lead.person, defaults={"act": "noted", "at": case.done_at}
        )  # fmt: skip
        Callback.objects.bulk_create([row], ignore_conflicts=True)


def test_a_callback_cannot_be_given_to_a_handler_afterwards(cast: Cast):
    case = done(cast)
    made = insert(case, cast.callback.account)
    with refused("FB-4.3e"), transaction.atomic():
        Callback.objects.filter(pk=made.pk).update(caller=cast.engineer.account)
    with refused("FB-4.3e"), transaction.atomic():
        Callback.objects.filter(pk=made.pk).update(caller=second_account(cast, cast.engineer))


def test_a_callback_cannot_be_moved_to_a_case_its_caller_handled(cast: Cast):
    made, other = insert(done(cast), cast.callback.account), done(cast, at=cast.at + HOUR)
    Handler.objects.create(
        case=other, account=cast.callback.account, person=cast.callback.person, act="replied", at=other.done_at
    )  # fmt: skip
    with refused("FB-4.3e"), transaction.atomic():
        Callback.objects.filter(pk=made.pk).update(case=other)


def test_an_earlier_callback_stays_editable_when_its_caller_handles_a_later_round(cast: Cast):
    case = done(cast)
    made = insert(case, cast.callback.account)
    Handler.objects.create(
        case=case, account=cast.callback.account, person=cast.callback.person, act="replied", at=case.done_at
    )  # fmt: skip
    Callback.objects.filter(pk=made.pk).update(may_quote=True)
    made.refresh_from_db()
    assert made.may_quote


def test_who_handled_another_case_may_call_back_for_this_one(cast: Cast):
    other = done(cast)
    Handler.objects.create(
        case=other, account=cast.callback.account, person=cast.callback.person, act="replied", at=other.done_at
    )  # fmt: skip
    assert insert(done(cast, at=cast.at + HOUR), cast.callback.account).pk


def test_nobody_decides_on_their_own_solution_through_another_account(cast: Cast):
    solution = done(cast).solutions.get()
    mine = Solution.objects.filter(pk=solution.pk)
    for account in (cast.engineer.account, second_account(cast, cast.engineer)):
        with pytest.raises(DatabaseError), transaction.atomic():
            mine.update(decided_by=account, decided_at=solution.proposed_at, approval="approved")
    assert mine.update(decided_by=cast.technology_head.account, approval="approved") == 1


def test_a_decided_solution_cannot_be_inserted_by_one_person_alone(cast: Cast):
    solution = done(cast).solutions.get()
    with refused("FB-4.2f"), transaction.atomic():
        Solution.objects.create(
            case=solution.case, round_no=9, version=1, type=solution.type, what="x", acceptance="y",
            deadline_at=solution.deadline_at, proposed_by=cast.engineer.account, proposed_at=solution.proposed_at,
            decided_by=second_account(cast, cast.engineer),
        )  # fmt: skip


def test_the_customers_answer_is_kept_when_accounts_are_linked_later(cast: Cast):
    solution = done(cast).solutions.get()
    mine = Solution.objects.filter(pk=solution.pk)
    mine.update(decided_by=cast.technology_head.account, approval="approved")
    Account.objects.filter(pk=cast.technology_head.pk).update(person=cast.engineer.person)
    assert mine.update(answer_note="客户再次确认") == 1
