"""FB-4.2b: a solution says until when and how it is accepted, or it is not put forward."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cast import Cast, a_solution, carrying_out, investigated
from tests.clauses.telling import refused_by, when

from goodword.engine.journal.queries import entries_of
from goodword.voice.cases.actions import carrying_out as carrying

ID = "FB-4.2b"


@pytest.mark.parametrize(
    ("what", "field"),
    [
        ({"deadline_at": when("2026-01-05 10:40")}, "deadline_at"),
        ({"deadline_at": when("2026-01-04 18:00")}, "deadline_at"),
        ({"acceptance": "  "}, "acceptance"),
        ({"what": ""}, "what"),
    ],
    ids=["now", "in the past", "no criteria", "nothing to do"],
)
def test_without_one_of_them_it_is_refused_and_with_it_it_goes_through(
    cast: Cast, what: dict[str, Any], field: str
) -> None:
    case = investigated(cast)
    with refused_by(ID) as refusal:
        a_solution(cast, case, at=when("2026-01-05 10:40"), **what)
    assert list(refusal.value.fields) == [field]
    assert (
        case.solutions.count(),
        entries_of("case", case.pk).filter(kind="case.solution_proposed").count(),
    ) == (0, 0)
    solution = a_solution(cast, case, at=when("2026-01-05 10:40"), deadline_at=when("2026-01-06 18:00"))
    assert (solution.deadline_at, solution.acceptance) == (when("2026-01-06 18:00"), "客户确认可正常使用")


def test_everything_that_lacks_is_named_at_once(cast: Cast) -> None:
    with refused_by(ID) as refusal:
        a_solution(cast, investigated(cast), deadline_at=when("2026-01-01 00:00"), acceptance="")
    assert set(refusal.value.fields) == {"deadline_at", "acceptance"}


def test_what_was_put_forward_is_done_only_when_every_step_is(cast: Cast) -> None:
    case = carrying_out(cast)
    with refused_by(ID):
        carrying.finish(case, by=cast.engineer.by, at=when("2026-01-05 12:00"))
    carrying.complete_step(case.steps.get(), by=cast.engineer.by, at=when("2026-01-05 12:00"), proof="已签收")
    assert carrying.finish(case, by=cast.engineer.by, at=when("2026-01-05 12:01")).state == "done"
