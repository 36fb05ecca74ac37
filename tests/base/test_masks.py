"""What masked text shows, and what it must not take for a person (FB-1.3a)."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from goodword.base.core.masks import mask_text
from goodword.base.core.sealing import MASKS


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("打13800001234找我", "打[尾号 1234]找我"),
        ("138-0000-1234", "[尾号 1234]"),
        ("138.0000.1234", "[尾号 1234]"),
        ("1３8０0００１２３４", "[尾号 １２３４]"),
        ("008613800001234", "[尾号 1234]"),
        ("0755-12345678", "[尾号 5678]"),
        ("(010)62345678", "[尾号 5678]"),
        ("卡号6222 0212 3456 7890 123", "卡号[卡尾号 0123]"),
        ("身份证11010519900101123X", "身份证[证件尾号 123X]"),
        ("微信wxcanary777", "微信[w***]"),
        ("微信号：zhangsan", "微信号：[z***]"),
        ("WeChat ID zhang_88", "WeChat ID [z***]"),
        ("QQ 123456789", "QQ [尾号 6789]"),
        ("canary.person@example.test", "[c***@example.test]"),
    ],
)
def test_what_tells_who_somebody_is_is_masked(said: str, shown: str):
    assert mask_text(said) == shown


@pytest.mark.parametrize(
    "said",
    [
        "订单ZL20260101-01，2026-01-01 10:00",
        "SN 13800001234567",
        "客服热线400-820-8820",
        "分辨率5120 2880 6000 3000",
        "15.6 1920 1080 60",
        "wechat payment failed",
        "微信公众号livestream",
        "2026-05-01 到 2026-05-03 1900 元",
    ],
)
def test_order_numbers_serials_dates_and_figures_stay(said: str):
    assert mask_text(said) == said


@pytest.mark.parametrize(("language", "shown"), [("zh-hans", "尾号 1234"), ("en", "ends 1234")])
def test_a_telephone_number_is_masked_in_the_reader_s_language(language: str, shown: str):
    with override(language):
        assert MASKS["phone"]("+86 138-0000-1234") == shown
        assert MASKS["phone"]("123456") == "****"
