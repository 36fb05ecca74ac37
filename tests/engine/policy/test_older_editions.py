"""Editions that an older version of the software stored do not know the figures it has learnt since."""

from __future__ import annotations

import datetime

import pytest

from goodword.engine.policy.models import ClauseEdition
from goodword.engine.policy.queries import all_clauses, bound_duties, values_of

pytestmark = pytest.mark.django_db


def _forget(clause_id: str, *names: str) -> ClauseEdition:
    """The clause's first edition, as software that did not know these figures had stored it."""
    edition = ClauseEdition.objects.get(clause_id=clause_id, number=1)
    edition.values = {name: value for name, value in edition.values.items() if name not in names}
    edition.save(update_fields=["values"])
    return edition


@pytest.mark.parametrize("clause_id", sorted(i for i, clause in all_clauses().items() if clause.values))
def test_every_figure_may_be_younger_than_the_edition(clause_id: str) -> None:
    clause = all_clauses()[clause_id]
    edition = _forget(clause_id, *clause.values)

    duties = {found.clause_id: duty for found, duty in bound_duties()}

    assert edition.values == {}
    if clause.binding is not None:
        assert duties[clause_id].binding == clause.binding


def test_the_figures_the_edition_does_know_stand() -> None:
    edition = _forget("FB-3.2a", "duplicates")
    edition.values = {**edition.values, "within": "7 min"}
    edition.save(update_fields=["values"])

    held = {found.clause_id: duty for found, duty in bound_duties()}["FB-3.2a"]

    assert held.values["within"] == "7 min"
    assert held.values["duplicates"] == all_clauses()["FB-3.2a"].values["duplicates"]
    assert values_of("FB-3.2a", on=datetime.date(2026, 11, 2)).keys() == held.values.keys()
