"""A message read by the rules: obvious cases of every class, odd input, and what stays unclassified."""

import pytest

from goodword.base.language import classify


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("摄像机开机以后一直花屏，换了线也没用", "device"),
        ("送货比约好的时间晚到了三个小时，客服电话一直没人接", "service"),
        ("租金报价能不能打折？合同违约金怎么算？", "other"),
    ],
)
def test_the_content_of_an_obvious_message_is_found(text, label):
    assert classify(text).content.label == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("正在直播，调音台突然没声音了，快派人来！", "urgent"),
        ("电池充电时冒烟了，外壳都鼓包了", "urgent"),
        ("请问三脚架怎么调高度？不急", "general"),
        ("建议给每台设备贴个二维码，扫码就能看说明书", "suggestion"),
        ("工程师特别耐心，服务很好，点赞", "suggestion"),
    ],
)
def test_the_severity_of_an_obvious_message_is_found(text, label):
    assert classify(text).severity.label == label
