"""CS-3.2c: the result is told and confirmed; an unsatisfied customer is helped again until they are satisfied."""

from __future__ import annotations

import pytest
from tests.cast import Cast, done, next_round_done, told
from tests.clauses.telling import unsatisfied, when

from goodword.base.core.errors import Refused
from goodword.voice.cases.actions import callback, closing

ID = "CS-3.2c"


def test_a_case_is_closed_only_after_the_customer_has_confirmed_the_result(cast: Cast) -> None:
    case = done(cast)
    with pytest.raises(Refused) as early:
        closing.close(case, by=cast.callback.by, at=when("2026-01-06 10:00"))
    assert {"FB-4.3d", "FB-4.3e"} <= set(early.value.clauses)
    assert "独立回访" in early.value.zh
    callback.call_back(case, by=cast.callback.by, at=when("2026-01-06 10:05"), solved=True, satisfaction=5)
    assert closing.close(case, by=cast.callback.by, at=when("2026-01-06 10:06")).state == "closed"


@pytest.mark.parametrize(
    ("solved", "score", "state"),
    [
        (True, 5, "called_back"),
        (True, 4, "called_back"),
        (True, 3, "investigating"),
        (False, 5, "investigating"),
    ],
)
def test_only_solved_and_content_is_satisfied(cast: Cast, solved: bool, score: int, state: str) -> None:
    case = done(cast)
    callback.call_back(
        case,
        by=cast.callback.by,
        at=when("2026-01-06 10:00"),
        solved=solved,
        satisfaction=score,
        words="还行",
    )
    case.refresh_from_db()
    assert case.state == state
    assert told(case, "case.called_back")["satisfied"] is (state == "called_back")


def test_round_after_round_until_it_is(cast: Cast) -> None:
    case = unsatisfied(cast, done(cast), at=when("2026-01-06 14:00"))
    next_round_done(cast, case, at=when("2026-01-07 10:00"))
    unsatisfied(cast, case, at=when("2026-01-08 10:00"))
    next_round_done(cast, case, at=when("2026-01-09 10:00"))
    callback.call_back(case, by=cast.callback.by, at=when("2026-01-12 10:00"), solved=True, satisfaction=4)
    assert closing.close(case, by=cast.callback.by, at=when("2026-01-12 10:01")).round_no == 3
    said = case.callbacks.order_by("round_no").values_list("round_no", "satisfied", "words")
    assert list(said) == [(1, False, "还是黑屏"), (2, False, "还是黑屏"), (3, True, "")]


def test_why_the_customer_is_not_satisfied_is_kept_and_the_case_goes_back_to_who_handled_it(
    cast: Cast,
) -> None:
    case = unsatisfied(cast, done(cast), at=when("2026-01-06 14:00"))
    assert case.callbacks.get().words == "还是黑屏"
    facts = told(case, "case.round_started")
    assert (facts["reason"], facts["assignee"], facts["department"]) == (
        "unsatisfied",
        cast.engineer.pk,
        "technology",
    )
