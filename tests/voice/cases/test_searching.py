"""Cases by what customers said: two characters are enough, both scripts are one, what is hidden is not found."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast, a_case

from goodword.base.core.errors import Invalid
from goodword.base.core.transactions import one_fact
from goodword.voice.cases.actions._words import index_words
from goodword.voice.cases.models import Case, CaseWords
from goodword.voice.cases.queries.searching import numbers_saying

pytestmark = pytest.mark.django_db

SAID = "摄影机退款慢，EOS R5 的遥控器也没给，電話 13800001234，邮箱 li@example.com，微信号：kefu_2026"


@pytest.fixture
def case(cast: Cast) -> Case:
    return a_case(cast, text=SAID)


@pytest.mark.parametrize(
    "asked",
    [
        "退款",
        "款慢",
        "退款慢",
        "退",
        "慢",
        "攝影機",
        "遙控",
        "电话",
        "eos",
        "EO",
        "Ｒ５",
        "机退",
        "退款 遥控器",
        "慢，EOS",
    ],
)
def test_what_was_said_is_found(case: Case, asked: str):
    assert numbers_saying(asked) == [case.number]


@pytest.mark.parametrize(
    "asked", ["款退", "退慢", "慢退款", "退款 维修", "os", "麒麟", "", "，", "'", '"', "退款 AND", "* OR 1"]
)
def test_what_was_not_said_is_not_found(case: Case, asked: str):
    assert numbers_saying(asked) == []


@pytest.mark.parametrize(
    "asked",
    [
        "138",
        "1380",
        "0000",
        "13800001234",
        "234",
        "li@example",
        "li",
        "kefu",
        "2026",
        "kefu_2026",
        "example li",
    ],
)
def test_what_is_hidden_is_in_no_index(case: Case, asked: str):
    assert numbers_saying(asked) == []


def test_the_subject_is_searched_too(cast: Cast):
    case = a_case(cast, subject="押金", text="还没有退")
    assert numbers_saying("押金") == numbers_saying("押金 没有") == [case.number]


def test_the_newest_come_first_and_so_many_at_most(cast: Cast):
    numbers = [
        a_case(cast, text=f"第{n}次漏发线材", at=cast.at + timedelta(minutes=n)).number for n in range(4)
    ]
    assert numbers_saying("线材") == numbers[::-1]
    assert numbers_saying("线材", most=2) == numbers[:1:-1]


def test_words_that_change_leave_the_index(case: Case):
    with one_fact():
        case.text = "已经收到押金"
        case.save(update_fields=["text"])
        index_words(case)
    assert (numbers_saying("退款"), numbers_saying("押金")) == ([], [case.number])


def test_words_that_are_erased_leave_the_index(case: Case):
    with one_fact():
        case.subject = case.text = ""
        index_words(case)
    assert not any(numbers_saying(asked) for asked in ("退款", "eos", "退"))
    assert CaseWords.objects.count() == 1


def test_a_case_that_is_not_kept_leaves_no_words(cast: Cast):
    with pytest.raises(Invalid), one_fact():
        undone(cast)
    assert numbers_saying("退款") == []


def undone(cast: Cast) -> None:
    a_case(cast, text="退款")
    raise Invalid("", "")


def test_looking_costs_one_query_and_taking_in_one_statement(cast: Cast):
    with CaptureQueriesContext(connection) as queries:
        a_case(cast, text="退款")
    assert len([query for query in queries if "cases_words" in query["sql"]]) == 1
    with CaptureQueriesContext(connection) as queries:
        numbers_saying("退款 慢")
    assert len(queries) == 1


def test_a_word_longer_than_an_index_takes_costs_nobody_the_case(cast: Cast):
    case = a_case(cast, text=f"退款 {'x' * 9_799} 遥控器")
    assert numbers_saying("遥控器") == [case.number]
