"""Solutions: what they need before they are put forward, and what the customer says to them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.cast import (
    MONDAY,
    Cast,
    a_solution,
    agreed,
    communicated,
    done,
    duty,
    find_out,
    investigated,
    next_round_done,
    proposed,
    started,
    told,
    triaged,
)

from goodword.base.core.errors import Forbidden, Invalid, Refused, Stale
from goodword.base.people.actors import CUSTOMER, SYSTEM
from goodword.company.channels.models import OutboxMessage
from goodword.voice.cases.actions import callback, evidence, investigating, solving, waiting
from goodword.voice.cases.models import Case, Solution
from goodword.voice.cases.rules.phrases import PhraseWarning

HOUR = timedelta(hours=1)


def refusal(cast: Cast, case: Case, **what: Any) -> Refused:
    """The refusal that putting such a solution forward meets; nothing may have been written."""
    with pytest.raises(Refused) as caught:
        a_solution(cast, case, **what)
    assert not Solution.objects.filter(case=case).exists()
    return caught.value


def test_a_device_solution_is_put_forward_after_check_and_cause(cast: Cast) -> None:
    case = investigated(cast)
    solution = a_solution(cast, case)
    assert (case.state, solution.round_no, solution.version, solution.approval) == (
        "proposed",
        1,
        1,
        "unneeded",
    )
    facts = {
        "solution": str(solution.pk),
        "type": "replace_same_model",
        "approval": "unneeded",
        "amount": "0",
    }
    assert told(case, "case.solution_proposed") == facts


def test_a_device_solution_without_a_technical_check_is_refused(cast: Cast) -> None:
    case = started(cast)
    assert refusal(cast, case).clauses == ("FB-4.1e",)


def test_a_service_solution_without_a_statement_of_staff_is_refused(cast: Cast) -> None:
    case = started(cast, content="service", department="service")
    assert refusal(cast, case).clauses == ("FB-4.1f",)


def test_a_statement_put_on_the_list_without_naming_anybody_does_not_count(cast: Cast) -> None:
    case = started(cast, content="service", department="service")
    evidence.add(case, by=cast.lead.by, at=cast.at, kind="staff_statement", what="有人说的")
    assert refusal(cast, case).clauses == ("FB-4.1f",)


@pytest.mark.parametrize("content", ["device", "service", "other"])
def test_no_solution_without_cause_and_responsible_party(cast: Cast, content: str) -> None:
    case = started(cast, content=content, department="technology" if content == "device" else "service")
    find_out(cast, case, at=cast.at + timedelta(minutes=30))
    case.rounds.update(cause="")
    found = refusal(cast, case, type="explanation")
    assert found.clauses == ("FB-4.1f",)
    assert "起因" in found.zh


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"acceptance": " "}, "acceptance"),
        ({"what": ""}, "what"),
        ({"deadline_at": MONDAY + HOUR}, "deadline_at"),
    ],
)
def test_no_solution_without_content_future_deadline_and_acceptance(
    cast: Cast, wrong: dict[str, Any], field: str
) -> None:
    found = refusal(cast, investigated(cast), at=MONDAY + HOUR, **wrong)
    assert found.clauses == ("FB-4.2b",)
    assert set(found.fields) == {field}


def test_a_type_is_offered_for_the_content_or_refused(cast: Cast) -> None:
    case = investigated(cast)
    found = refusal(cast, case, type="apology_and_voucher")
    assert found.clauses == ("FB-4.2a",)
    assert "同型号更换" in found.cure_zh
    assert "道歉" not in found.cure_zh


@pytest.mark.parametrize(
    ("kind", "amount"), [("", "100"), ("voucher", "-1"), ("voucher", "0.001"), ("voucher", "NaN")]
)
def test_compensation_is_an_amount_of_something(cast: Cast, kind: str, amount: str) -> None:
    found = refusal(cast, investigated(cast), compensation_kind=kind, compensation_amount=Decimal(amount))
    assert found.clauses == ("FB-4.2f",)


def test_a_check_of_an_earlier_round_does_not_serve_the_next(cast: Cast) -> None:
    case = done(cast)
    at = cast.at + timedelta(hours=4)
    callback.call_back(case, by=cast.callback.by, at=at, solved=False, satisfaction=1)
    case.refresh_from_db()
    investigating.start(case, by=cast.engineer.by, at=at)
    with pytest.raises(Refused) as caught:
        a_solution(cast, case, at=at)
    assert caught.value.clauses == ("FB-4.1e",)


def test_a_second_round_goes_all_the_way_and_keeps_the_first(cast: Cast) -> None:
    case = done(cast)
    at = cast.at + timedelta(hours=4)
    callback.call_back(case, by=cast.callback.by, at=at, solved=False, satisfaction=1)
    case.refresh_from_db()
    case = next_round_done(cast, case, at=at)
    assert (case.state, case.round_no) == ("done", 2)
    assert list(case.solutions.values_list("round_no", "version")) == [(1, 1), (2, 1)]


def test_a_better_version_takes_the_place_of_the_one_before(cast: Cast) -> None:
    case = investigated(cast)
    first, second = a_solution(cast, case), a_solution(cast, case, what="升级机型")
    assert (first.version, second.version, case.state) == (1, 2, "proposed")
    with pytest.raises(Refused) as caught:
        solving.communicate(first, by=cast.engineer.by, at=cast.at + HOUR, channel="hotline")
    assert caught.value.clauses == ("FB-4.2b",)


def test_only_people_of_the_department_propose(cast: Cast) -> None:
    case = investigated(cast)
    for by in (cast.warehouse_head.by, cast.callback.by, CUSTOMER, SYSTEM):
        with pytest.raises(Forbidden):
            a_solution(cast, case, by=by)


def test_an_uninvestigated_case_gets_no_solution(cast: Cast) -> None:
    with pytest.raises(Refused):
        a_solution(cast, triaged(cast))


def test_talking_about_the_solution_meets_the_urgent_clock(cast: Cast) -> None:
    case = communicated(cast, severity="urgent")
    assert duty(case, "FB-4.2c").state == "met"
    solution = case.solutions.get()
    assert (solution.communicated_via, solution.communicated_by) == ("hotline", cast.engineer.account)
    assert told(case, "case.solution_communicated") == {"solution": str(solution.pk), "channel": "hotline"}


def test_what_is_written_about_the_solution_is_a_message_and_checked_for_phrases(cast: Cast) -> None:
    case = proposed(cast)
    solution = case.solutions.get()
    talk: dict[str, Any] = {"by": cast.engineer.by, "at": cast.at + HOUR, "channel": "mail"}
    with pytest.raises(PhraseWarning):
        solving.communicate(solution, **talk, text="退款不可能,只能换机")
    assert solution.communicated_at is None
    solving.communicate(solution, **talk, text="今晚给您换一台同款")
    assert case.messages.get(direction="out").purpose == "solution"


def test_the_first_talk_counts_and_later_ones_are_journalled(cast: Cast) -> None:
    case = communicated(cast)
    solution = case.solutions.get()
    first_at = solution.communicated_at
    solving.communicate(solution, by=cast.lead.by, at=cast.at + 2 * HOUR, channel="mail")
    assert (solution.communicated_at, solution.communicated_via) == (first_at, "hotline")
    assert told(case, "case.solution_communicated")["channel"] == "mail"


def test_a_talk_names_its_channel(cast: Cast) -> None:
    with pytest.raises(Invalid):
        solving.communicate(
            proposed(cast).solutions.get(), by=cast.engineer.by, at=cast.at + HOUR, channel=" "
        )


def test_an_accepted_solution_is_agreed(cast: Cast) -> None:
    case = agreed(cast)
    assert (case.state, case.solutions.get().answer) == ("agreed", "accepted")
    assert told(case, "case.solution_accepted") == {"solution": str(case.solutions.get().pk)}


def test_the_customer_answers_from_the_portal_and_is_nobodys_handler(cast: Cast) -> None:
    case = communicated(cast)
    handlers = case.handlers.count()
    solving.customer_answers(case.solutions.get(), by=CUSTOMER, at=cast.at + HOUR, accepted=True)
    case.refresh_from_db()
    assert (case.state, case.handlers.count()) == ("agreed", handlers)


def test_an_answer_ends_the_wait_for_it(cast: Cast) -> None:
    case = communicated(cast)
    waiting.start(case, by=cast.engineer.by, at=cast.at + HOUR, what="客户考虑方案")
    solution = case.solutions.get()
    solving.customer_answers(solution, by=CUSTOMER, at=cast.at + 2 * HOUR, accepted=True)
    assert solution.case.waiting_since is None
    assert not duty(case, "FB-4.3b").is_paused


def test_a_declined_solution_calls_for_the_supervisor_who_is_told(cast: Cast) -> None:
    case = communicated(cast)
    before = OutboxMessage.objects.filter(recipient=cast.technology_head.account).count()
    solving.customer_answers(
        case.solutions.get(), by=cast.engineer.by, at=cast.at + HOUR, accepted=False, note="还是想退款"
    )
    case.refresh_from_db()
    assert (case.state, case.supervisor_needed) == ("investigating", True)
    assert OutboxMessage.objects.filter(recipient=cast.technology_head.account).count() == before + 1


def test_after_a_declined_solution_the_next_needs_a_supervisor(cast: Cast) -> None:
    case = communicated(cast)
    solving.customer_answers(case.solutions.get(), by=CUSTOMER, at=cast.at + HOUR, accepted=False)
    case.refresh_from_db()
    by_engineer = a_solution(cast, case, at=cast.at + 2 * HOUR)
    assert (by_engineer.approval, by_engineer.approver_role) == ("needed", "department_head")
    by_head = a_solution(cast, case, at=cast.at + 2 * HOUR, by=cast.technology_head.by)
    assert by_head.approval == "unneeded"


def test_acceptance_ends_the_need_for_a_supervisor(cast: Cast) -> None:
    case = communicated(cast)
    solving.customer_answers(case.solutions.get(), by=CUSTOMER, at=cast.at + HOUR, accepted=False)
    case.refresh_from_db()
    second = a_solution(cast, case, at=cast.at + 2 * HOUR, by=cast.technology_head.by)
    solving.communicate(second, by=cast.technology_head.by, at=cast.at + 2 * HOUR, channel="hotline")
    solving.customer_answers(second, by=CUSTOMER, at=cast.at + 3 * HOUR, accepted=True)
    case.refresh_from_db()
    assert (case.state, case.supervisor_needed) == ("agreed", False)


def test_staff_write_down_why_a_solution_was_declined(cast: Cast) -> None:
    with pytest.raises(Invalid):
        solving.customer_answers(
            communicated(cast).solutions.get(), by=cast.engineer.by, at=cast.at + HOUR, accepted=False
        )


def test_nobody_answers_what_was_not_discussed(cast: Cast) -> None:
    with pytest.raises(Refused) as caught:
        solving.customer_answers(
            proposed(cast).solutions.get(), by=CUSTOMER, at=cast.at + HOUR, accepted=True
        )
    assert caught.value.clauses == ("FB-4.2c", "FB-4.2d")


def test_an_answer_is_taken_once(cast: Cast) -> None:
    case = communicated(cast)
    mine, theirs = case.solutions.get(), case.solutions.get()
    solving.customer_answers(mine, by=CUSTOMER, at=cast.at + HOUR, accepted=True)
    with pytest.raises((Refused, Stale)):
        solving.customer_answers(theirs, by=CUSTOMER, at=cast.at + HOUR, accepted=False)
