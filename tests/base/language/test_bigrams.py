"""What an index of words is made of, and what a question asks of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.base.language.bigrams import Phrase, phrases, signs


def test_chinese_becomes_pairs_and_the_last_character_stands_alone():
    assert signs("好口碑，退款") == ["好口", "口碑", "碑", "退款", "款"]


def test_letters_and_digits_are_words_and_long_numbers_are_left_out():
    assert signs("EOS-R5 坏 了 13800001234 x2024 999") == ["eos", "r5", "坏", "了", "999"]


def test_width_case_and_traditional_are_alike():
    assert signs("ＡＢＣ攝影機") == signs("abc摄影机")


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("退款", [Phrase(("退款",), begins=False)]),
        ("退", [Phrase(("退",), begins=True)]),
        ("退款慢", [Phrase(("退款", "款慢"), begins=False)]),
        ("eos", [Phrase(("eos",), begins=True)]),
        ("相机eos", [Phrase(("相机", "机", "eos"), begins=True)]),
        ("退款 eos", [Phrase(("退款",), begins=False), Phrase(("eos",), begins=True)]),
        ("13800001234", []),
        ("!?。 \"*' ()", []),
        ("", []),
    ],
)
def test_what_a_question_asks_for(question: str, asked: list[Phrase]):
    assert phrases(question) == asked


@given(st.text(max_size=200))
def test_a_sign_is_letters_and_digits_only(text: str):
    assert all(sign.isalnum() for sign in signs(text))
    assert all(sign.isalnum() for phrase in phrases(text) for sign in phrase.signs)


@given(st.text(alphabet="退款慢机位ab1 ，", min_size=1, max_size=30), st.data())
def test_any_part_of_a_chinese_text_is_a_phrase_of_its_signs(text: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text) - 1))
    part = data.draw(st.integers(start + 1, len(text)).map(lambda end: text[start:end]))
    if not part.isascii() and part.isalpha() and not any(sign.isascii() for sign in part):
        found = signs(text)
        (phrase,) = phrases(part)
        fits = [
            found[place : place + len(phrase.signs)]
            for place in range(len(found))
            if found[place : place + len(phrase.signs) - 1] == list(phrase.signs[:-1])
        ]
        ending = phrase.signs[-1]
        assert any(
            len(one) == len(phrase.signs)
            and (one[-1].startswith(ending) if phrase.begins else one[-1] == ending)
            for one in fits
        )
