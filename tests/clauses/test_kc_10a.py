"""KC-10a: legal review authorizations and agreements and support in disputes."""

from __future__ import annotations

import pytest
from tests.cast import Cast, Member, a_member, triaged
from tests.clauses.telling import reached_by_hand, stands_in, when

from goodword.base.core.errors import Forbidden, NotFound
from goodword.base.people.roles import DEPARTMENTS, ROLES
from goodword.engine.policy.queries import all_clauses
from goodword.voice.cases.actions import coordinating, handing_over, investigating
from goodword.voice.cases.actions.receiving import Word, receive
from goodword.voice.cases.queries.listing import get

ID = "KC-10a"
ROLE, HOME = "legal", "legal"


@pytest.fixture
def holder(cast: Cast) -> Member:
    """法示例 of the department, who holds the role."""
    return a_member("法示例", username="holder", department=HOME, roles=(ROLE,))


def test_the_clause_names_a_role_and_a_department_that_there_are() -> None:
    assert dict(all_clauses()[ID].values) == {"role": ROLE, "department": HOME}
    assert (ROLES[ROLE].clause, HOME in DEPARTMENTS) == (ID, True)


def test_a_case_handed_to_the_department_is_the_holders_to_work_on_and_no_others(
    cast: Cast, holder: Member
) -> None:
    case, other = triaged(cast), triaged(cast)
    at = when("2026-01-05 12:00")
    kept = handing_over.hand_over(
        case, by=cast.lead.by, at=at, department=cast.department(HOME), assignee=holder.account, complete=True
    )
    assert kept.to_account == holder.account
    assert investigating.start(case, by=holder.by, at=at).assignee == holder.account
    assert get(holder.by, case.number) == case
    with pytest.raises(NotFound):
        get(holder.by, other.number)
    with pytest.raises(Forbidden):
        investigating.start(other, by=holder.by, at=at)


def test_asked_for_help_in_a_dispute_legal_sees_the_case_and_answers(cast: Cast, holder: Member) -> None:
    case = triaged(cast)
    help_ = coordinating.ask_help(
        case, by=cast.lead.by, at=cast.at, department=cast.department(HOME), question="违约金条款怎么解释?"
    )
    assert get(holder.by, case.number) == case
    answer = {"kind": "solution", "text": "按合同第六条,不收。"}
    assert coordinating.answer_help(help_, by=holder.by, at=cast.at, **answer).state == "answered"


def test_legal_takes_no_feedback_down_itself(cast: Cast, holder: Member) -> None:
    with pytest.raises(Forbidden):
        receive(Word(text="机器坏了", channel="hotline"), by=holder.by, at=cast.at)


def test_the_stand_in_is_reached_while_the_holder_is_away_and_another_holder_is_told_too(
    cast: Cast, holder: Member
) -> None:
    stands_in(cast, holder.account, cast.engineer.account)
    assert reached_by_hand(cast, ROLE, at=when("2026-02-13 12:00")) == ["holder"]
    assert reached_by_hand(cast, ROLE, at=when("2026-02-18 12:00")) == ["chen"]
    a_member("二示例", username="second", department=HOME, roles=(ROLE,))
    assert reached_by_hand(cast, ROLE, at=when("2026-02-26 12:00")) == ["holder", "second"]


def test_what_nobody_holds_reaches_the_head_of_the_department_concerned(cast: Cast) -> None:
    assert reached_by_hand(cast, ROLE, at=when("2026-01-05 12:00")) == ["wu"]
