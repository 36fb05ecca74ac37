"""FB-4.2e: phrases a reply should avoid are found where they stand, with a kinder wording."""

from goodword.base.language import Hit, negative_phrases


def test_each_place_is_given_with_its_suggestion():
    hits = negative_phrases(
        "这不可能，我们没办法", ["不可能", "没办法"], suggestions={"没办法": "我来想想办法"}
    )

    assert hits == (Hit("不可能", 1, 4, None), Hit("没办法", 7, 10, "我来想想办法"))


def test_a_blank_inside_does_not_hide_a_phrase():
    assert negative_phrases("真的没 办 法", ["没办法"])[0].phrase == "没办法"


def test_the_longer_phrase_wins_where_two_begin():
    assert [hit.phrase for hit in negative_phrases("绝对不行", ["绝对", "绝对不行"])] == ["绝对不行"]


def test_no_phrases_or_none_found_gives_nothing():
    assert negative_phrases("好的，马上安排", ["不可能"]) == ()
    assert negative_phrases("不可能", []) == ()
    assert negative_phrases("不可能", ["", " "]) == ()
