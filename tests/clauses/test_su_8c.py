"""SU-8c: what a standard was, what it is, from when and why is kept; earlier cases keep the standard of their day."""

from __future__ import annotations

import pytest
from tests.cast import Cast, a_case, duty
from tests.clauses.telling import refused_by, when

from goodword.base.core.errors import Forbidden, Invalid
from goodword.engine.journal.queries import entries_of
from goodword.engine.obligations.application import rules_in_force
from goodword.engine.policy.actions import editions
from goodword.engine.policy.models import ClauseEdition
from goodword.engine.policy.queries import all_clauses, editions_of, values_of

ID = "SU-8c"
CLAUSE = "SU-8a"
FROM = when("2026-03-01 00:00").date()


def proposal(cast: Cast, **what: object) -> ClauseEdition:
    """The administrator proposes ten minutes instead of fifteen, from 1 March."""
    values = {**values_of(CLAUSE, on=FROM), "office": "10 min"}
    known = {"values": values, "holds_from": FROM, "note": "客户等不了一刻钟"}
    return editions.propose(
        CLAUSE, **{**known, **what}, by=cast.administrator.by, at=when("2026-02-25 10:00")
    )


def asked(cast: Cast, at: str) -> object:
    """When a question asked at `at` is due."""
    return duty(a_case(cast, at=when(at), kind="consultation"), CLAUSE).due_at


def test_what_it_was_before_the_upgrade_is_written_down() -> None:
    assert all_clauses()[ID].values["before"] == "2 wh"


def test_the_old_and_the_new_figure_with_day_reason_and_who_decided_stand_side_by_side(cast: Cast) -> None:
    editions.approve(proposal(cast), by=cast.deputy.by, at=when("2026-02-26 10:00"))
    first, second = editions_of(CLAUSE)
    assert (first.number, first.values["office"], first.proposed_by) == (1, "15 min", None)
    assert (second.number, second.values["office"], second.holds_from) == (2, "10 min", FROM)
    assert second.note == "客户等不了一刻钟"
    assert (second.proposed_by, second.decided_by) == (cast.administrator.account, cast.deputy.account)
    kinds = entries_of("clause", CLAUSE).values_list("kind", flat=True)
    assert list(kinds) == ["clause.edition_proposed", "clause.edition_approved"]


def test_each_case_keeps_the_standard_of_its_day(cast: Cast) -> None:
    editions.approve(proposal(cast), by=cast.deputy.by, at=when("2026-02-26 10:00"))
    assert asked(cast, "2026-02-27 10:00") == when("2026-02-27 10:15")
    assert asked(cast, "2026-03-02 10:00") == when("2026-03-02 10:10")
    assert rules_in_force().duty(CLAUSE, 1).binding != rules_in_force().duty(CLAUSE, 2).binding


def test_whoever_proposes_does_not_approve_and_what_is_refused_never_holds(cast: Cast) -> None:
    mine = editions.propose(
        CLAUSE,
        values=dict(values_of(CLAUSE, on=FROM)),
        holds_from=FROM,
        note="理由",
        by=cast.deputy.by,
        at=cast.at,
    )
    with refused_by(ID):
        editions.approve(mine, by=cast.deputy.by, at=cast.at)
    with pytest.raises(Forbidden):
        editions.approve(mine, by=cast.lead.by, at=cast.at)
    editions.refuse(proposal(cast), by=cast.deputy.by, at=when("2026-02-26 10:00"))
    assert asked(cast, "2026-03-02 10:00") == when("2026-03-02 10:15")
    assert [edition.state for edition in editions_of(CLAUSE)] == ["approved", "proposed", "refused"]


def test_the_past_is_never_judged_anew_and_a_change_needs_its_reason(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        proposal(cast, holds_from=when("2026-02-24 00:00").date())
    assert refused.value.clauses == (ID,)
    for what in ({"note": " "}, {"values": {"office": "soon"}}):
        with pytest.raises(Invalid):
            proposal(cast, **what)
    assert [edition.number for edition in editions_of(CLAUSE)] == [1]
