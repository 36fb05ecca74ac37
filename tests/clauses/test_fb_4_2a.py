"""FB-4.2a: solutions by type: replacement first or repair, apology and voucher, explanation by a specialist."""

from __future__ import annotations

import pytest
from tests.cast import Cast, a_solution, investigated
from tests.clauses.telling import refused_by, when

from goodword.voice.cases import labels

ID = "FB-4.2a"
DAY = when("2026-01-05 10:00").date()
FIRST = {"device": "replace_same_model", "service": "apology_and_voucher", "other": "explanation"}
CONTENTS = [
    {"content": "device"},
    {"content": "service", "department": "service"},
    {"content": "other", "department": "service"},
]


@pytest.mark.django_db
@pytest.mark.parametrize(("content", "first"), FIRST.items())
def test_what_the_regulation_puts_first_comes_first_in_the_list(content: str, first: str) -> None:
    offered = [each for each in labels.catalogue("solution", on=DAY) if content in each["contents"]]
    assert next(each["code"] for each in offered if each.get("first")) == first
    assert all(each["zh"] and each["en"] for each in offered)


@pytest.mark.parametrize("labelled", CONTENTS, ids=lambda each: each["content"])
def test_every_type_offered_for_a_content_may_be_proposed_and_no_other(
    cast: Cast, labelled: dict[str, str]
) -> None:
    case = investigated(cast, **labelled)
    for kind in labels.catalogue("solution", on=DAY):
        if labelled["content"] in kind["contents"]:
            assert a_solution(cast, case, type=kind["code"]).type == kind["code"]
            continue
        with refused_by(ID) as refusal:
            a_solution(cast, case, type=kind["code"])
        assert labels.name_of("solution", FIRST[labelled["content"]], on=DAY) in refusal.value.cure_zh


def test_a_type_nobody_knows_is_refused(cast: Cast) -> None:
    with refused_by(ID):
        a_solution(cast, investigated(cast), type="prayer")
