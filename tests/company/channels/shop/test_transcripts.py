"""Transcripts as shops' windows copy them: who, when, what; nothing is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.company.channels.shop.reading import Line, buyer_of, read

SEPARATORS = re.compile(r"[\s:：\[\]()（）]")
WAYS = {
    "name and time above": "tb示例买家 2026-11-28 10:00:12\n相机到了\n少了电池\n示例旗舰店:小美 2026-11-28 10:01:00\n您好",
    "time in brackets behind": "tb示例买家(2026-11-28 10:00:12): 相机到了\n少了电池\n示例旗舰店客服（10:01）：您好",
    "time in brackets before": "[10:00] tb示例买家: 相机到了\n少了电池\n【11-28 10:01】示例客服：您好",
    "time before": "2026/11/28 10:00:12 tb示例买家：相机到了\n少了电池\n10:01 客服小美：您好",
    "names alone": "tb示例买家: 相机到了\n少了电池\n客服小美: 您好",
}


@pytest.mark.parametrize("way", WAYS)
def test_each_way_tells_who_said_what_and_who_buys(way: str) -> None:
    lines = read(WAYS[way])
    assert lines[0].who == "tb示例买家"
    assert lines[0].text.split() == ["相机到了", "少了电池"]
    assert buyer_of(lines, "示例旗舰店") == "tb示例买家"


def test_what_fits_no_way_is_kept_as_it_is() -> None:
    assert read("没有名字的一段话\n再一行") == [Line("", "", "没有名字的一段话\n再一行")]
    assert buyer_of(read("客服小美: 您好"), "") == ""


@given(st.text(st.sampled_from("ab买家客服:：[]()（） 0123456789-/今天\n"), max_size=200))
def test_no_word_is_lost(text: str) -> None:
    kept = "".join(f"{line.who}{line.at}{line.text}" for line in read(text))
    assert sorted(SEPARATORS.sub("", kept)) == sorted(SEPARATORS.sub("", text))
