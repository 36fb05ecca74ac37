"""FB-3.2d: each handover records who, when, and that the information was confirmed complete."""

from __future__ import annotations

import pytest
from tests.cast import Cast, told, triaged
from tests.clauses.telling import refused_by, when

from goodword.base.core.errors import Invalid
from goodword.engine.policy.queries import all_clauses
from goodword.voice.cases.actions import handing_over, records
from goodword.voice.cases.models import Handover

ID = "FB-3.2d"


def test_the_record_has_every_field_the_clause_names() -> None:
    columns = {"from_department", "from_account", "to_department", "to_account", "at", "complete", "missing"}
    assert columns <= {field.name for field in Handover._meta.get_fields()}
    assert list(all_clauses()[ID].values["elements"]) == [
        "from_department",
        "department",
        "assignee",
        "at",
        "complete",
    ]


def test_who_gave_and_who_took_when_and_that_it_was_complete(cast: Cast) -> None:
    case = triaged(cast)
    at = when("2026-01-05 11:00")
    warehouse = cast.department("warehouse")
    kept = handing_over.hand_over(case, by=cast.engineer.by, at=at, department=warehouse, complete=True)
    assert (kept.from_department, kept.to_department) == (cast.department("technology"), warehouse)
    assert (kept.from_account, kept.to_account) == (cast.engineer.account, cast.warehouse_head.account)
    assert (kept.at, kept.complete, kept.missing) == (at, True, [])
    facts = told(case, "case.handed_over")
    assert (facts["from_department"], facts["department"], facts["complete"]) == (
        "technology",
        "warehouse",
        True,
    )


def test_the_first_dispatch_is_a_handover_too_and_none_is_ever_lost(cast: Cast) -> None:
    case = triaged(cast)
    for code, at in (("warehouse", "11:00"), ("technology", "12:00")):
        handing_over.hand_over(
            case,
            by=cast.lead.by,
            at=when(f"2026-01-05 {at}"),
            department=cast.department(code),
            complete=True,
        )
    kept = case.handovers.order_by("at").values_list("to_department__code", flat=True)
    assert list(kept) == ["technology", "warehouse", "technology"]


def test_saying_complete_while_something_is_missing_is_refused_until_it_is_filled_in(cast: Cast) -> None:
    case = triaged(cast, scene="")
    there = {"by": cast.engineer.by, "department": cast.department("warehouse")}
    with refused_by(ID, "FB-2.2e") as refusal:
        handing_over.hand_over(case, at=when("2026-01-05 11:00"), complete=True, **there)
    assert "问题场景" in refusal.value.zh
    records.complete(case, by=cast.engineer.by, at=when("2026-01-05 11:01"), scene="直播间开机")
    assert handing_over.hand_over(case, at=when("2026-01-05 11:02"), complete=True, **there).complete


def test_handing_over_incomplete_lists_what_is_missing_and_needs_a_note(cast: Cast) -> None:
    case = triaged(cast, scene="")
    there = {"by": cast.engineer.by, "department": cast.department("warehouse"), "complete": False}
    with pytest.raises(Invalid) as refused:
        handing_over.hand_over(case, at=when("2026-01-05 11:00"), **there)
    assert refused.value.clauses == (ID,)
    kept = handing_over.hand_over(case, at=when("2026-01-05 11:00"), note="客户下午补充场景", **there)
    assert (kept.complete, kept.missing, kept.note) == (False, ["scene"], "客户下午补充场景")


def test_a_handover_to_where_it_is_already_is_none(cast: Cast) -> None:
    case = triaged(cast)
    with refused_by(ID):
        handing_over.hand_over(
            case,
            by=cast.engineer.by,
            at=when("2026-01-05 11:00"),
            department=cast.department("technology"),
            complete=True,
        )
