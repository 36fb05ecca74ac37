"""FB-4.1f: service feedback needs the staff concerned heard, and cause and responsible party in writing."""

from __future__ import annotations

import pytest
from tests.cast import RUDE, Cast, a_solution, find_out, started, told
from tests.clauses.telling import refused_by, when

from goodword.base.core.errors import Invalid
from goodword.voice.cases import labels
from goodword.voice.cases.actions import evidence, investigating
from goodword.voice.cases.models import Case

ID = "FB-4.1f"
LATER = when("2026-01-05 10:30")


@pytest.fixture
def case(cast: Cast) -> Case:
    """A complaint about a colleague's tone, being investigated by the lead."""
    return started(cast, content="service", department="service", text=RUDE)


def cause(cast: Cast, case: Case, **finding: object) -> Case:
    """The lead writes down what was found."""
    known = {
        "cause": "attitude",
        "responsible_party": "company",
        "note": "录音属实",
        "department": case.responsible,
    }
    return investigating.record_cause(case, by=cast.lead.by, at=LATER, **{**known, **finding})


def test_a_solution_waits_for_the_statement_of_the_colleague_concerned(cast: Cast, case: Case) -> None:
    cause(cast, case)
    with refused_by(ID) as refusal:
        a_solution(cast, case)
    assert "当事人" in refusal.value.cure_zh
    evidence.record_staff_statement(
        case, by=cast.lead.by, at=LATER, staff=cast.intake.account, what="语气急了。"
    )
    assert told(case, "case.staff_statement_recorded")["staff"] == cast.intake.pk
    assert a_solution(cast, case).version == 1


def test_and_for_cause_and_responsible_party(cast: Cast, case: Case) -> None:
    evidence.record_staff_statement(
        case, by=cast.lead.by, at=LATER, staff=cast.intake.account, what="语气急了。"
    )
    with refused_by(ID) as refusal:
        a_solution(cast, case)
    assert "起因和责任方" in refusal.value.zh
    cause(cast, case)
    found = case.rounds.get()
    assert (found.cause, found.responsible_party, found.cause_note) == ("attitude", "company", "录音属实")
    assert a_solution(cast, case).version == 1


@pytest.mark.parametrize(
    ("finding", "field"),
    [
        ({"cause": "bad_luck"}, "cause"),
        ({"responsible_party": "fate"}, "responsible_party"),
        ({"note": " "}, "note"),
        ({"department": None}, "department"),
    ],
)
def test_a_finding_without_one_of_its_parts_is_refused(
    cast: Cast, case: Case, finding: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        cause(cast, case, **finding)
    assert (refused.value.clauses, list(refused.value.fields)) == ((ID,), [field])


def test_parties_and_causes_have_names_in_both_languages_and_any_party_may_be_found(
    cast: Cast, case: Case
) -> None:
    day = LATER.date()
    assert all(entry["zh"] and entry["en"] for entry in labels.catalogue("cause", on=day))
    assert labels.codes("responsible_party", on=day) == {
        "company",
        "customer",
        "carrier",
        "third_party",
        "nobody",
    }
    for party in labels.codes("responsible_party", on=day):
        cause(cast, case, responsible_party=party)
        assert case.rounds.get().responsible_party == party


def test_with_everything_found_out_nothing_is_in_the_way(cast: Cast, case: Case) -> None:
    find_out(cast, case, at=LATER)
    assert a_solution(cast, case).approval == "unneeded"
