"""FB-3.1b: feedback is urgent, general or a suggestion."""

from __future__ import annotations

import pytest
from tests.cast import Cast, a_case, duty, triaged
from tests.clauses.telling import retriaged, when

from goodword.base.core.errors import Invalid
from goodword.voice.cases import labels

pytestmark = pytest.mark.django_db
ID = "FB-3.1b"


def test_there_are_three_grades_in_both_languages() -> None:
    grades = labels.catalogue("severity", on=when("2026-01-05 10:00").date())
    assert [(grade["code"], grade["zh"], grade["en"]) for grade in grades] == [
        ("urgent", "紧急", "Urgent"),
        ("general", "一般", "General"),
        ("suggestion", "建议", "Suggestion"),
    ]


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("直播正在进行,摄像机突然黑屏了,直播中断,马上派人来!", "urgent"),
        ("电池充电时鼓包冒烟,很烫!", "urgent"),
        ("客服小哥说话很冲,问了三遍都不回答。", "general"),
        ("建议你们在小程序里增加续租功能。", "suggestion"),
    ],
)
def test_the_reader_proposes_the_grade_with_the_words_that_decided(cast: Cast, text: str, grade: str) -> None:
    proposed = a_case(cast, text=text).proposal["severity"]
    assert proposed["label"] == grade
    assert proposed["words"] or grade == "general"  # what nothing speaks against is general


@pytest.mark.parametrize(
    ("grade", "clauses"),
    [("urgent", ("FB-4.1a", "FB-4.2c", "FB-4.3a")), ("general", ("FB-4.1b", "FB-4.2d", "FB-4.3b"))],
)
def test_the_grade_a_person_gives_decides_which_clocks_run(
    cast: Cast, grade: str, clauses: tuple[str, ...]
) -> None:
    case = triaged(cast, severity=grade)
    assert [duty(case, clause).state for clause in clauses] == ["open"] * 3


@pytest.mark.parametrize("grade", ["", "catastrophic"])
def test_no_grade_or_an_unknown_one_is_refused(cast: Cast, grade: str) -> None:
    with pytest.raises(Invalid) as refused:
        retriaged(cast, a_case(cast), at=cast.at, severity=grade)
    assert ID in refused.value.clauses
    assert list(refused.value.fields) == ["severity"]
