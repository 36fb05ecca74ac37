"""FB-4.1e: device feedback needs a technical check or remote diagnosis before a solution."""

from __future__ import annotations

import pytest
from tests.cast import Cast, a_solution, done, find_out, started
from tests.clauses.telling import refused_by, unsatisfied, when

from goodword.voice.cases.actions import evidence, investigating
from goodword.voice.cases.models import Case

ID = "FB-4.1e"


def with_a_cause(cast: Cast, case: Case, at: str) -> Case:
    """Cause and responsible party are written down."""
    return investigating.record_cause(
        case,
        by=cast.engineer.by,
        at=when(at),
        cause="device_aging",
        responsible_party="company",
        note="使用三年",
        department=case.responsible,
    )


@pytest.mark.parametrize("remote", [False, True], ids=["checked on the bench", "diagnosed from afar"])
def test_a_solution_waits_for_the_check_and_goes_through_after_it(cast: Cast, remote: bool) -> None:
    case = with_a_cause(cast, started(cast), "2026-01-05 10:25")
    with refused_by(ID) as refusal:
        a_solution(cast, case)
    assert refusal.value.cure_zh == "请先记录检测结果。"
    assert not case.solutions.exists()
    evidence.record_technical_check(
        case, by=cast.engineer.by, at=when("2026-01-05 10:30"), result="confirmed", what="主板", remote=remote
    )
    assert a_solution(cast, case).version == 1


def test_a_report_without_a_result_is_no_check(cast: Cast) -> None:
    case = with_a_cause(cast, started(cast), "2026-01-05 10:25")
    at = when("2026-01-05 10:30")
    evidence.add(case, by=cast.engineer.by, at=at, kind="technical_report", what="厂家旧报告")
    with refused_by(ID):
        a_solution(cast, case)


def test_a_new_round_needs_a_check_of_its_own(cast: Cast) -> None:
    case = unsatisfied(cast, done(cast), at=when("2026-01-06 14:00"))
    investigating.start(case, by=cast.engineer.by, at=when("2026-01-06 14:10"))
    with_a_cause(cast, case, "2026-01-06 14:20")
    with refused_by(ID):
        a_solution(cast, case, at=when("2026-01-06 14:30"))
    find_out(cast, case, at=when("2026-01-06 14:40"))
    assert a_solution(cast, case, at=when("2026-01-06 14:50")).round_no == 2


def test_what_is_not_about_a_device_needs_none(cast: Cast) -> None:
    case = with_a_cause(cast, started(cast, content="other", department="technology"), "2026-01-05 10:25")
    assert a_solution(cast, case, type="explanation").pk
