"""Order numbers, masked telephone numbers, amounts and times are taken from the text as written."""

from goodword.base.language import Figure, classify


def named(text, name):
    return [figure.value for figure in classify(text).figures if figure.name == name]


def test_an_order_number_is_found_in_either_shape():
    assert named("单号ZL20990101-7，出库单ck-20990202-08", "order_no") == ["ZL20990101-7", "CK-20990202-08"]


def test_a_telephone_number_is_only_ever_shown_masked():
    reading = classify("打我电话 138 0000 1234 或 +86-13800005678")

    assert [figure.value for figure in reading.figures] == ["尾号 1234", "尾号 5678"]
    assert "13800005678" not in repr(reading)


def test_amounts_keep_their_unit():
    assert named("多收了1,200.50元，另有￥88和35块", "amount") == ["1,200.50元", "¥88", "35块"]


def test_times_of_day_are_found_and_a_little_is_not_one_o_clock():
    assert named("约好明天上午十点，实际14:30才到，有一点慢", "time") == ["明天上午十点", "14:30"]


def test_a_number_named_twice_is_given_once():
    assert classify("ZL20990101-7，还是ZL20990101-7").figures == (Figure("order_no", "ZL20990101-7"),)
