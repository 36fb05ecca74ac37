"""FB-2.2f: praise and suggestions are filed on their own and never mixed with complaints."""

from __future__ import annotations

import pytest
from tests.cast import Cast, a_case, done, triaged
from tests.clauses.telling import retriaged, when

from goodword.base.core.errors import NotFound, Refused
from goodword.voice.cases.actions import closing, short_way
from goodword.voice.cases.queries.goals import complaints_in_time
from goodword.voice.cases.queries.listing import visible_to
from goodword.voice.cases.queries.registers import names, register

ID = "FB-2.2f"


def test_each_kind_has_a_register_of_its_own(cast: Cast) -> None:
    filed = {kind: a_case(cast, kind=kind) for kind in names()}
    assert set(filed) == {"complaint", "consultation", "praise", "suggestion", "request"}
    for kind, case in filed.items():
        assert list(register(kind)) == [case]
    with pytest.raises(NotFound):
        register("everything")


def test_praise_taken_for_a_complaint_moves_to_its_own_register(cast: Cast) -> None:
    case = triaged(cast)
    retriaged(cast, case, at=when("2026-01-05 11:00"), kind="praise", severity="suggestion")
    assert list(register("complaint")) == []
    assert list(register("praise")) == [case]


def test_the_figure_for_complaints_counts_no_praise_and_no_suggestion(cast: Cast) -> None:
    complaint = done(cast)
    for kind in ("praise", "suggestion"):
        triaged(cast, kind=kind, severity="suggestion", department="service")
    figure = complaints_in_time(when("2026-01-05 00:00"), when("2026-01-06 00:00"))
    assert (figure.n, figure.in_time) == (1, (complaint.pk,))


def test_praise_never_goes_the_way_of_a_complaint_and_a_complaint_never_the_short_way(cast: Cast) -> None:
    with pytest.raises(Refused):
        short_way.assess(triaged(cast), by=cast.lead.by, at=cast.at, verdict="adopt", reason="好", told=False)
    idea = triaged(cast, kind="suggestion", content="other", severity="suggestion", department="service")
    with pytest.raises(Refused) as early:
        closing.close(idea, by=cast.lead.by, at=when("2026-01-05 10:30"))
    assert ID in early.value.clauses
    assert "评估结论" in early.value.zh
    short_way.assess(
        idea,
        by=cast.lead.by,
        at=when("2026-01-05 11:00"),
        verdict="no",
        reason="暂无条件,已记录。",
        told=True,
    )
    assert closing.close(idea, by=cast.lead.by, at=when("2026-01-05 11:01")).state == "closed"


def test_a_reader_finds_in_a_register_only_what_he_may_see(cast: Cast) -> None:
    theirs = triaged(cast)
    triaged(cast, content="service", department="service")
    assert list(register("complaint", within=visible_to(cast.engineer.by))) == [theirs]
