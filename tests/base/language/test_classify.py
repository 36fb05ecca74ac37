"""A message read by the shipped model: obvious cases of every class, odd input, and what stays unclassified."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.base.language import as_dict, classify
from goodword.base.language.readings import DIMENSIONS


def judged(text):
    reading = classify(text)
    return {name: (each.label, each.probability) for name in DIMENSIONS if (each := getattr(reading, name))}


@pytest.mark.parametrize(
    ("text", "content", "kind", "severity", "sentiment"),
    [
        ("正在直播，调音台突然没声音了，快派人来！", "device", "complaint", "urgent", "neg"),
        ("电池充电时冒烟了，外壳都鼓包了", "device", "complaint", "urgent", "neg"),
        ("马上开播了，推流机还是连不上，怎么办", "device", "complaint", "urgent", "neg"),
        ("设备还没送到，司机电话打不通，还有半小时就开播了！", "service", "complaint", "urgent", "neg"),
        ("客服电话打了三次都没人接，服务态度太差", "service", "complaint", "general", "neg"),
        ("请问摄像机支持RTMP协议吗？", "device", "consultation", "general", "neu"),
        ("请问租一周有折扣吗？合同怎么签？", "other", "consultation", "general", "neu"),
        ("麻烦帮我把送货地址改到东门，周六送", "service", "request", "general", "neu"),
        ("建议给补光灯配个收纳袋，会更方便", "device", "suggestion", "suggestion", "neu"),
        ("小程序建议增加订单搜索功能", "other", "suggestion", "suggestion", "neu"),
        ("送货师傅特别耐心，服务很好，点赞", "service", "praise", "suggestion", "pos"),
    ],
)
def test_an_obvious_message_is_read_as_a_person_would(text, content, kind, severity, sentiment):
    reading = classify(text)

    assert (reading.content.label, reading.kind.label) == (content, kind)
    assert (reading.severity.label, reading.sentiment.label) == (severity, sentiment)


@pytest.mark.parametrize(
    ("text", "subclass"),
    [
        ("摄像机黑屏，重启也没用", "fault"),
        ("客服一直没人接电话，消息也没人回复", "slow_answer"),
        ("押金退款什么时候到账，已经一个月了还没退", "refund"),
        ("小程序登录不了，验证码收不到", "app"),
    ],
)
def test_the_sub_class_goes_with_the_content(text, subclass):
    assert classify(text).subclass.label == subclass


@pytest.mark.parametrize(
    ("text", "device"),
    [
        ("推流机一直断线", "编码器"),
        ("小蜜蜂没声音", "麦克风"),
        ("三脚架挺好，就是那块电池冒烟了", "电池"),
        ("押金什么时候退", "none"),
        ("The gimbal is broken", "稳定器"),
    ],
)
def test_the_device_is_known_by_its_other_names(text, device):
    assert classify(text).device_type.label == device


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("送修两周了，维修进度怎么样", "repair"),
        ("对账单上多收了一笔，押金也没退", "settle"),
        ("明天归还设备，需要预约上门取吗", "return"),
        ("送货的车什么时候发货", "deliver"),
    ],
)
def test_the_stage_of_the_rental_is_found(text, stage):
    assert classify(text).stage.label == stage


def test_traditional_characters_read_like_simplified_ones():
    assert judged("導播臺突然黑屏，正在直播") == judged("导播台突然黑屏，正在直播")


def test_full_width_and_capitals_read_like_half_width_and_small_letters():
    assert judged("ＡＴＥＭ　ＣＲＡＳＨ") == judged("atem crash")


def test_the_words_that_decided_are_given_as_they_were_written():
    text = "導播臺突然黑屏，正在直播，快來人"
    reading = classify(text)
    words = {word for name in DIMENSIONS if name != "device_type" for word in getattr(reading, name).words}

    assert words & {"導播臺", "快來", "快來人"}
    assert all(word in text for word in words)


def test_zero_width_and_control_characters_hide_nothing():
    assert classify("冒\u200b烟\u0007了").severity.label == "urgent"


def test_a_common_typo_is_read_as_meant():
    assert classify("麦克疯没声音").device_type.label == "麦克风"


def test_emoji_carry_a_mood():
    assert classify("设备收到了👍👍").sentiment.label == "pos"


def test_calm_words_do_not_make_a_hazard_wait():
    assert classify("不着急哈，有空看看，充电器冒火花了").severity.label == "urgent"


def test_a_denied_fault_is_no_complaint():
    reading = classify("画面不卡，机器也没有坏，一切正常")

    assert reading.kind.label != "complaint"
    assert reading.sentiment.label != "neg"


@pytest.mark.parametrize(
    "text", ["", "   ", "None", "null", "qwe zxc", "。。。", "\x00\x01", "88888", "\ud800"]
)
def test_what_says_nothing_is_unclassified_never_neutral(text):
    reading = classify(text)

    assert {getattr(reading, name).label for name in DIMENSIONS} == {None}


def test_a_very_long_text_is_read_by_its_ends():
    reading = classify("摄像机黑屏，正在直播！" + "好" * 100_000)

    assert reading.severity.label == "urgent"


def test_the_words_that_decided_stand_in_the_text():
    reading = classify("正在直播，导播台黑屏了")

    assert "黑屏" in reading.severity.words
    assert all(word in "正在直播，导播台黑屏了" for word in reading.severity.words)


def test_a_citizens_letter_names_no_device_but_has_a_kind():
    reading = classify("投诉小区楼下夜间施工扰民\n居民多次向街道反映，至今没人管，希望政府尽快解决。")

    assert reading.device_type.label == "none"
    assert reading.stage.label is None
    assert reading.kind.label == "complaint"


def test_a_citizens_letter_is_heard_as_bad():
    letter = "投诉小区楼下夜间施工扰民\n居民多次向街道反映，至今没人管，希望政府尽快解决。"
    assert classify(letter).sentiment.label == "neg"


def test_a_reading_becomes_json_with_its_id():
    answer = as_dict(classify("摄像机黑屏"), id=7)

    assert answer["id"] == 7
    assert answer["content"]["label"] == "device"
    assert set(answer["content"]) == {"label", "p", "words"}
    assert answer["figures"] == []


@given(st.text(max_size=200))
def test_no_text_breaks_it_and_probabilities_are_probabilities(text):
    reading = classify(text)

    assert all(0.0 <= getattr(reading, name).probability <= 1.0 for name in DIMENSIONS)
