"""The words that decided are found again in the text they came from, whatever its script, width and case."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from goodword.base.language.places import places


def cut(text: str, *words: str) -> list[str]:
    return [text[start:end] for start, end in places(text, words)]


def test_a_word_is_found_at_every_place_and_one_within_another_is_not_told_twice() -> None:
    assert cut("黑屏了,又黑屏", "黑屏") == ["黑屏", "黑屏"]
    assert cut("摄像机突然黑屏", "突然黑屏", "黑屏") == ["突然黑屏"]
    assert cut("突然黑屏", "突然黑", "黑屏") == ["突然黑屏"]


def test_traditional_wide_and_upper_case_letters_are_found_as_they_stand() -> None:
    assert cut("攝像機壞了", "摄像机") == ["攝像機"]
    assert cut("ＯＢＳ 推流 OBS", "obs") == ["ＯＢＳ", "OBS"]
    assert cut("直\u200b播中断", "直播") == ["直\u200b播"]


def test_what_stands_nowhere_has_no_place() -> None:
    assert cut("一切正常", "黑屏") == []
    assert cut("", "黑屏", "") == []


@given(st.text(max_size=60), st.lists(st.text(max_size=4), max_size=4))
def test_places_are_in_order_apart_and_within_any_text(text: str, words: list[str]) -> None:
    last = 0
    for start, end in places(text, words):
        assert last <= start < end <= len(text)
        last = end
