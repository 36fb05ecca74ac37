"""FB-4.1c: the list of evidence of an investigation."""

from __future__ import annotations

import pytest
from tests.cast import Cast, done, started, told
from tests.clauses.telling import unsatisfied, when

from goodword.base.core.errors import Invalid, Refused
from goodword.voice.cases import labels
from goodword.voice.cases.actions import evidence

ID = "FB-4.1c"
NAMED = ("contract", "outbound_record", "service_log", "customer_account", "photo", "video")


def test_what_the_regulation_names_can_be_put_on_the_list(cast: Cast) -> None:
    assert set(NAMED) <= labels.codes("evidence", on=cast.at.date())
    case = started(cast)
    for minute, kind in enumerate(NAMED, start=30):
        kept = evidence.add(
            case, by=cast.engineer.by, at=when(f"2026-01-05 10:{minute}"), kind=kind, what="见附页"
        )
        assert (kept.round_no, kept.by, kept.at) == (
            1,
            cast.engineer.account,
            when(f"2026-01-05 10:{minute}"),
        )
    assert [kept.kind for kept in case.evidence.all()] == list(NAMED)
    assert told(case, "case.evidence_added")["evidence_kind"] == "video"


@pytest.mark.parametrize(
    ("piece", "field"), [({"kind": "hearsay", "what": "听说"}, "kind"), ({"kind": "contract"}, "what")]
)
def test_an_unknown_kind_or_an_empty_piece_is_refused_with_its_field(
    cast: Cast, piece: dict[str, str], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        evidence.add(started(cast), by=cast.engineer.by, at=when("2026-01-05 10:30"), **piece)
    assert (refused.value.clauses, list(refused.value.fields)) == ((ID,), [field])


def test_each_round_has_its_own_list_and_a_done_case_takes_no_more(cast: Cast) -> None:
    case = done(cast)
    first = list(case.evidence.all())
    with pytest.raises(Refused):
        evidence.add(case, by=cast.engineer.by, at=when("2026-01-05 12:00"), kind="contract", what="合同")
    unsatisfied(cast, case, at=when("2026-01-06 14:00"))
    kept = evidence.add(case, by=cast.engineer.by, at=when("2026-01-06 15:00"), kind="contract", what="合同")
    assert kept.round_no == 2
    assert list(case.evidence.filter(round_no=1)) == first
