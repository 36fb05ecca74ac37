"""Nearness proposes duplicates: one for the same words, zero for nothing in common."""

from hypothesis import given
from hypothesis import strategies as st

from goodword.base.language.nearness import bigrams, nearness


def test_the_same_words_in_other_dress_are_the_same():
    assert nearness("導播台，黑屏！", "导播台 黑屏") == 1.0


def test_a_reworded_report_is_nearer_than_another_matter():
    report = "今天下午导播台突然黑屏，重启没有用"

    assert nearness(report, "导播台今天下午突然黑屏，重启也没用") > 0.6
    assert nearness(report, "请问发票什么时候寄出") < 0.1


def test_nothing_is_near_nothing():
    assert nearness("", "导播台") == 0.0
    assert nearness("", "！！") == 0.0


def test_bigrams_are_counted():
    assert bigrams("好好好") == {"好好": 2}
    assert bigrams("好") == {"好": 1}


@given(st.text(max_size=40), st.text(max_size=40))
def test_nearness_is_symmetric_and_within_bounds(a, b):
    assert nearness(a, b) == nearness(b, a)
    assert 0.0 <= nearness(a, b) <= 1.0
