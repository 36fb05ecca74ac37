"""FB-3.2e: what concerns several departments is coordinated by customer service, with one clear owner."""

from __future__ import annotations

from tests.cast import Cast, told, triaged
from tests.clauses.telling import refused_by, when

from goodword.engine.obligations.models import Obligation
from goodword.voice.cases.actions import coordinating
from goodword.voice.cases.queries.listing import get

ID = "FB-3.2e"


def test_customer_service_owns_it_and_each_department_is_asked(cast: Cast) -> None:
    case = triaged(cast)
    both = [cast.department("technology"), cast.department("warehouse")]
    helps = coordinating.coordinate(
        case,
        by=cast.lead.by,
        at=when("2026-01-05 11:00"),
        owner=cast.lead.account,
        departments=both,
        question="谁能今天更换?",
    )
    assert case.owner == cast.lead.account
    assert [help_.department for help_ in helps] == both
    assert told(case, "case.coordinated")["departments"] == ["technology", "warehouse"]
    owed = Obligation.objects.filter(clause_id="CS-3.2b", state="open")
    assert sorted(owed.values_list("bearer_department", flat=True)) == ["technology", "warehouse"]
    assert get(cast.warehouse_head.by, case.number) == case


def test_an_owner_outside_customer_service_is_refused_one_within_is_taken(cast: Cast) -> None:
    case = triaged(cast)
    asked = {"by": cast.lead.by, "departments": [cast.department("warehouse")], "question": "谁能今天更换?"}
    with refused_by(ID):
        coordinating.coordinate(case, at=when("2026-01-05 11:00"), owner=cast.engineer.account, **asked)
    case.refresh_from_db()
    assert case.owner is None
    assert not case.helps.exists()
    coordinating.coordinate(case, at=when("2026-01-05 11:01"), owner=cast.intake.account, **asked)
    assert case.owner == cast.intake.account


def test_there_is_one_owner_at_any_time_and_the_journal_tells_who_was(cast: Cast) -> None:
    case = triaged(cast)
    for at, owner in (("11:00", cast.intake), ("15:00", cast.lead)):
        coordinating.coordinate(
            case,
            by=cast.lead.by,
            at=when(f"2026-01-05 {at}"),
            owner=owner.account,
            departments=[cast.department("warehouse")],
            question="进展如何?",
        )
    case.refresh_from_db()
    assert case.owner == cast.lead.account
    assert told(case, "case.coordinated")["owner"] == cast.lead.pk


def test_a_department_that_was_merged_away_is_asked_by_its_successors_name_and_once(cast: Cast) -> None:
    case = triaged(cast)
    gone = cast.department("equipment")
    gone.merged_into = cast.department("warehouse")
    gone.save()
    (help_,) = coordinating.coordinate(
        case,
        by=cast.lead.by,
        at=when("2026-01-05 11:00"),
        owner=cast.lead.account,
        departments=[gone, cast.department("warehouse")],
        question="备用机在哪?",
    )
    assert help_.department == cast.department("warehouse")
