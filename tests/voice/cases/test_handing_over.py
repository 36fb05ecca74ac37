"""Handover: who to whom, when, and whether the information was complete."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import Cast, a_case, a_member, done, duty, told, triaged

from goodword.base.core.errors import Forbidden, Invalid, Refused
from goodword.base.people.models import Department
from goodword.company.channels.models import OutboxMessage
from goodword.voice.cases.actions import handing_over

LATER = timedelta(minutes=30)


def test_a_handover_records_who_gave_who_took_and_when(cast: Cast) -> None:
    case = triaged(cast)
    warehouse = cast.department("warehouse")
    before = OutboxMessage.objects.filter(recipient=cast.warehouse_head.account).count()
    handover = handing_over.hand_over(
        case,
        by=cast.engineer.by,
        at=cast.at + LATER,
        department=warehouse,
        assignee=cast.warehouse_head.account,
        complete=True,
    )
    assert (handover.from_department, handover.to_department) == (cast.department("technology"), warehouse)
    assert (handover.from_account, handover.to_account) == (
        cast.engineer.account,
        cast.warehouse_head.account,
    )
    assert (handover.complete, handover.missing, handover.at) == (True, [], cast.at + LATER)
    assert (case.responsible, case.assignee) == (warehouse, cast.warehouse_head.account)
    assert told(case, "case.handed_over") == {
        "from_department": "technology",
        "from_assignee": cast.engineer.pk,
        "department": "warehouse",
        "assignee": cast.warehouse_head.pk,
        "complete": True,
        "missing": [],
        "handover": handover.pk,
    }
    assert OutboxMessage.objects.filter(recipient=cast.warehouse_head.account).count() == before + 1


def test_the_open_duties_go_over_to_whoever_takes_the_case(cast: Cast) -> None:
    case = triaged(cast)
    assert duty(case, "FB-4.3b").bearer_account == cast.engineer.account
    handing_over.hand_over(
        case, by=cast.engineer.by, at=cast.at + LATER, department=cast.department("warehouse"), complete=True
    )
    running = duty(case, "FB-4.3b")
    assert (running.bearer_account, running.bearer_department) == (cast.warehouse_head.account, "warehouse")


def test_without_a_named_person_the_one_on_duty_takes_it(cast: Cast) -> None:
    keeper = a_member("库示例", username="ku", department="warehouse", roles=("warehouse",))
    handover = handing_over.hand_over(
        triaged(cast),
        by=cast.engineer.by,
        at=cast.at + LATER,
        department=cast.department("warehouse"),
        complete=True,
    )
    assert handover.to_account == keeper.account


def test_a_record_with_gaps_is_not_confirmed_complete(cast: Cast) -> None:
    case = triaged(cast, order=None, scene="")
    with pytest.raises(Refused) as caught:
        handing_over.hand_over(
            case, by=cast.engineer.by, at=cast.at, department=cast.department("warehouse"), complete=True
        )
    assert caught.value.clauses == ("FB-3.2d", "FB-2.2e")
    assert "租赁单号、问题场景" in caught.value.zh
    assert "rental order number, scene of the problem" in caught.value.en


def test_an_incomplete_handover_lists_the_gaps_and_needs_a_note(cast: Cast) -> None:
    case = triaged(cast, order=None)
    warehouse = cast.department("warehouse")
    with pytest.raises(Invalid) as caught:
        handing_over.hand_over(case, by=cast.engineer.by, at=cast.at, department=warehouse, complete=False)
    assert (caught.value.clauses, set(caught.value.fields)) == (("FB-3.2d",), {"note"})
    handover = handing_over.hand_over(
        case, by=cast.engineer.by, at=cast.at, department=warehouse, complete=False, note="单号稍后补"
    )
    assert (handover.complete, handover.missing, handover.note) == (False, ["order"], "单号稍后补")


def test_the_taker_works_in_the_department(cast: Cast) -> None:
    with pytest.raises(Invalid) as caught:
        handing_over.hand_over(
            triaged(cast),
            by=cast.engineer.by,
            at=cast.at,
            department=cast.department("warehouse"),
            assignee=cast.intake.account,
            complete=True,
        )
    assert set(caught.value.fields) == {"assignee"}


def test_a_handover_to_where_the_case_is_changes_nothing(cast: Cast) -> None:
    case = triaged(cast)
    handovers = case.handovers.count()
    with pytest.raises(Refused) as caught:
        handing_over.hand_over(
            case,
            by=cast.engineer.by,
            at=cast.at,
            department=cast.department("technology"),
            assignee=cast.engineer.account,
            complete=True,
        )
    assert caught.value.clauses == ("FB-3.2d",)
    assert case.handovers.count() == handovers


def test_a_colleague_of_the_same_department_may_take_it(cast: Cast) -> None:
    case = triaged(cast)
    handing_over.hand_over(
        case,
        by=cast.engineer.by,
        at=cast.at,
        department=cast.department("technology"),
        assignee=cast.technology_head.account,
        complete=True,
    )
    assert case.assignee == cast.technology_head.account


def test_a_merged_departments_successor_takes_it(cast: Cast) -> None:
    Department.objects.filter(code="equipment").update(merged_into=cast.department("warehouse"))
    handover = handing_over.hand_over(
        triaged(cast), by=cast.engineer.by, at=cast.at, department=cast.department("equipment"), complete=True
    )
    assert handover.to_department.code == "warehouse"


def test_an_urgent_case_rings_the_head_of_its_new_department(cast: Cast) -> None:
    case = triaged(cast, severity="urgent")
    assert case.phone_tasks.get(state="open").target == cast.technology_head.account
    handing_over.hand_over(
        case, by=cast.engineer.by, at=cast.at + LATER, department=cast.department("warehouse"), complete=True
    )
    assert case.phone_tasks.get(state="open").target == cast.warehouse_head.account


def test_only_a_case_in_work_is_handed_over(cast: Cast) -> None:
    for case in (a_case(cast), done(cast)):
        with pytest.raises(Refused):
            handing_over.hand_over(
                case,
                by=cast.lead.by,
                at=cast.at + timedelta(hours=3),
                department=cast.department("warehouse"),
                complete=True,
            )


def test_another_department_does_not_hand_it_over(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        handing_over.hand_over(
            triaged(cast),
            by=cast.warehouse_head.by,
            at=cast.at,
            department=cast.department("warehouse"),
            complete=True,
        )
