"""Work across departments: one owner in customer service, help asked and answered in time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import Cast, a_member, done, merged_away, told, triaged

from goodword.base.core.errors import Forbidden, Invalid, Refused
from goodword.base.people.actors import SYSTEM
from goodword.company.channels.models import OutboxMessage
from goodword.engine.journal.queries import entries_of
from goodword.engine.obligations.models import Obligation
from goodword.voice.cases.actions import coordinating, investigating
from goodword.voice.cases.models import Case, Help

LATER = timedelta(hours=1)


def helping(asked: Help) -> Obligation:
    """The obligation of the department that is asked."""
    return Obligation.objects.get(subject_type="help", subject_id=str(asked.pk), clause_id="CS-3.2b")


def asked_of_warehouse(cast: Cast, case: Case | None = None) -> Help:
    """The warehouse asked by the engineer."""
    return coordinating.ask_help(
        case or triaged(cast),
        by=cast.engineer.by,
        at=cast.at,
        department=cast.department("warehouse"),
        question="有同款备机吗?",
    )


def test_coordination_names_one_owner_and_asks_each_department(cast: Cast) -> None:
    case = triaged(cast)
    departments = [cast.department("technology"), cast.department("warehouse"), cast.department("warehouse")]
    helps = coordinating.coordinate(
        case,
        by=cast.lead.by,
        at=cast.at,
        owner=cast.intake.account,
        departments=departments,
        question="如何尽快恢复直播?",
    )
    assert case.owner == cast.intake.account
    assert [asked.department.code for asked in helps] == ["technology", "warehouse"]
    facts = {"owner": cast.intake.pk, "departments": ["technology", "warehouse"]}
    assert told(case, "case.coordinated") == facts
    assert [helping(asked).bearer_department for asked in helps] == ["technology", "warehouse"]


def test_another_owner_takes_the_place_of_the_first(cast: Cast) -> None:
    case = triaged(cast)
    for owner in (cast.intake, cast.lead):
        coordinating.coordinate(
            case,
            by=cast.lead.by,
            at=cast.at,
            owner=owner.account,
            departments=[cast.department("warehouse")],
            question="请协助",
        )
    assert case.owner == cast.lead.account


def test_the_owner_works_in_customer_service(cast: Cast) -> None:
    case = triaged(cast)
    with pytest.raises(Refused) as caught:
        coordinating.coordinate(
            case,
            by=cast.lead.by,
            at=cast.at,
            owner=cast.engineer.account,
            departments=[cast.department("warehouse")],
            question="请协助",
        )
    assert caught.value.clauses == ("FB-3.2e",)
    assert not case.helps.exists()


def test_the_owner_may_work_on_a_case_of_another_department(cast: Cast) -> None:
    seller = a_member("李示例", username="li", department="service", roles=("account_manager",))
    case = triaged(cast)
    with pytest.raises(Forbidden):
        investigating.start(case, by=seller.by, at=cast.at + LATER)
    coordinating.coordinate(
        case,
        by=cast.lead.by,
        at=cast.at,
        owner=seller.account,
        departments=[cast.department("warehouse")],
        question="请协助",
    )
    assert investigating.start(case, by=seller.by, at=cast.at + LATER).state == "investigating"


def test_coordination_needs_departments_a_question_and_the_right(cast: Cast) -> None:
    case, warehouse = triaged(cast), cast.department("warehouse")
    with pytest.raises(Invalid):
        coordinating.coordinate(
            case, by=cast.lead.by, at=cast.at, owner=cast.intake.account, departments=[], question="请协助"
        )
    with pytest.raises(Invalid):
        coordinating.coordinate(
            case,
            by=cast.lead.by,
            at=cast.at,
            owner=cast.intake.account,
            departments=[warehouse],
            question=" ",
        )
    for by in (cast.engineer.by, SYSTEM):
        with pytest.raises(Forbidden):
            coordinating.coordinate(
                case, by=by, at=cast.at, owner=cast.intake.account, departments=[warehouse], question="请协助"
            )
    case.refresh_from_db()
    assert case.owner is None


def test_a_department_asked_owes_an_answer_and_its_head_is_told(cast: Cast) -> None:
    before = OutboxMessage.objects.filter(recipient=cast.warehouse_head.account).count()
    asked = asked_of_warehouse(cast)
    owed = helping(asked)
    assert (owed.state, owed.bearer_role, owed.bearer_department) == ("open", "department_head", "warehouse")
    assert owed.due_at == cast.at.replace(hour=18) + timedelta(days=1)
    assert OutboxMessage.objects.filter(recipient=cast.warehouse_head.account).count() == before + 1


def test_a_solution_ends_the_request_and_meets_its_clock(cast: Cast) -> None:
    asked = asked_of_warehouse(cast)
    coordinating.answer_help(
        asked, by=cast.warehouse_head.by, at=cast.at + LATER, kind="solution", text="有两台"
    )
    assert (asked.state, asked.answer, asked.answered_by) == (
        "answered",
        "有两台",
        cast.warehouse_head.account,
    )
    assert helping(asked).state == "met"
    assert asked.case.handlers.filter(person=cast.warehouse_head.person).exists()


def test_progress_meets_the_clock_and_leaves_the_request_open_for_the_solution(cast: Cast) -> None:
    asked = asked_of_warehouse(cast)
    for text in ("正在盘点", "还差一间库"):
        coordinating.answer_help(
            asked, by=cast.warehouse_head.by, at=cast.at + LATER, kind="progress", text=text
        )
    assert (asked.state, helping(asked).state) == ("open", "met")
    coordinating.answer_help(
        asked, by=cast.warehouse_head.by, at=cast.at + LATER, kind="solution", text="有两台"
    )
    assert asked.state == "answered"
    assert list(asked.case.notes.order_by("pk").values_list("text", flat=True)) == ["正在盘点", "还差一间库"]


def test_only_the_department_asked_answers(cast: Cast) -> None:
    asked = asked_of_warehouse(cast)
    for by in (cast.engineer.by, cast.callback.by):
        with pytest.raises(Forbidden):
            coordinating.answer_help(asked, by=by, at=cast.at, kind="solution", text="有两台")


@pytest.mark.parametrize(("kind", "text"), [("rumour", "听说有"), ("solution", "")])
def test_an_answer_is_a_solution_or_progress_in_words(cast: Cast, kind: str, text: str) -> None:
    with pytest.raises(Invalid) as caught:
        coordinating.answer_help(
            asked_of_warehouse(cast), by=cast.warehouse_head.by, at=cast.at, kind=kind, text=text
        )
    assert caught.value.clauses == ("CS-3.2b",)


def test_a_request_that_is_over_is_not_answered_again(cast: Cast) -> None:
    asked = asked_of_warehouse(cast)
    coordinating.withdraw_help(asked, by=cast.engineer.by, at=cast.at + LATER)
    assert (asked.state, helping(asked).state) == ("withdrawn", "released")
    with pytest.raises(Refused) as caught:
        coordinating.answer_help(
            asked, by=cast.warehouse_head.by, at=cast.at + LATER, kind="solution", text="有两台"
        )
    assert caught.value.clauses == ("CS-3.2b",)


def test_whoever_handles_the_case_may_take_a_request_back_and_nobody_else(cast: Cast) -> None:
    asked = asked_of_warehouse(cast)
    with pytest.raises(Forbidden):
        coordinating.withdraw_help(asked, by=cast.warehouse_head.by, at=cast.at)
    assert coordinating.withdraw_help(asked, by=cast.technology_head.by, at=cast.at).state == "withdrawn"


def test_complex_help_says_so_in_the_journal(cast: Cast) -> None:
    asked = coordinating.ask_help(
        triaged(cast),
        by=cast.engineer.by,
        at=cast.at,
        department=cast.department("warehouse"),
        question="赔付口径?",
        complex=True,
    )
    facts = entries_of("help", asked.pk).get().facts
    assert facts == {
        "case": str(asked.case_id),
        "asked_by": cast.engineer.pk,
        "department": "warehouse",
        "complex": True,
    }


def test_help_is_asked_for_open_cases_in_words(cast: Cast) -> None:
    case = merged_away(cast)
    with pytest.raises(Refused):
        coordinating.ask_help(
            case, by=cast.lead.by, at=cast.at, department=cast.department("warehouse"), question="在吗"
        )
    with pytest.raises(Invalid):
        coordinating.ask_help(
            done(cast), by=cast.lead.by, at=cast.at, department=cast.department("warehouse"), question=" "
        )
