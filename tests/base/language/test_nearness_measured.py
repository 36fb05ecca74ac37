"""How well nearness tells the same matter said again from another one: measured on an invented set, floors kept."""

from __future__ import annotations

from itertools import combinations

from goodword.base.language.nearness import nearness, sketch

SAID_AGAIN = [
    (
        "租的摄像机开机后一直黑屏,今晚八点直播要用,请尽快处理",
        "你好,租的攝像機開機後一直黑屏,今晚八點直播要用,請盡快處理",
        "租的摄相机开机后一直黑平,今晚8点直播要用,请尽快处理!!",
    ),
    (
        "退租三周了押金还没退,客服说下周,现在又没消息,什么时候到账",
        "退租三周了押今还没退,客服说下周,现在又没消息。什么时候到账?",
        "退租三週了押金還沒退,客服說下週,現在又沒消息,什麼時候到賬",
    ),
    (
        "无线麦克风有电流声,换了电池和频道都没用,请换一套",
        "无线麦克疯有电流声,换了电持和频道都没用,请换一套",
        "您好:無線麥克風有電流聲,換了電池和頻道都沒用,請換一套,謝謝",
    ),
    (
        "导播台昨天送到时少了一根电源线,客户明天一早就要搭台",
        "导播台昨天送到少了一根电源线,客户明天一早就要搭台,急",
        "導播台昨天送到時少了一根電源線 客戶明天一早就要搭台",
    ),
    (
        "发票抬头开错了,应该是示例传媒有限公司,请重新开一张专票",
        "发票抬头开错啦,应该是示例传媒有限公司,请重开一张专票",
        "發票抬頭開錯了,應該是示例傳媒有限公司,請重新開一張專票",
    ),
    (
        "希望小程序可以按日期查看设备库存,现在要一台一台点开",
        "希望小程序可以按日期看设备库存,现在得一台一台点开",
        "希望小程式可以按日期查看設備庫存,現在要一台一台點開",
    ),
]
OTHER_MATTERS = [
    "租的摄像机镜头有划痕,不影响使用,说明一下免得退租时算我的",
    "补光灯支架松了,直播时一直往下掉",
    "今天来送货的师傅特别热心,帮我们把线都接好了,表扬",
    "想问下周末租两台摄像机和一个导播台多少钱,要不要押金",
    "编码器推流十分钟就断一次,换了网线也不行",
    "退租验收说电池少一块,可是交接单上写的是齐的",
    "客服半天不回消息,电话也打不通,态度很差",
    "合同里的续租条款看不懂,能不能找人解释一下",
]
NEAR, SAME_ORDER, ALONE = 0.45, 0.25, 0.8
"""The figures the product comes with (FB-3.2a)."""


def pairs() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    same = [pair for texts in SAID_AGAIN for pair in combinations(texts, 2)]
    first = [texts[0] for texts in SAID_AGAIN] + OTHER_MATTERS
    return same, list(combinations(first, 2))


def measured(least: float) -> tuple[float, float]:
    """(precision, recall) of taking what is at least so near for the same matter."""
    same, other = pairs()
    found = sum(nearness(*pair) >= least for pair in same)
    wrongly = sum(nearness(*pair) >= least for pair in other)
    return found / (found + wrongly), found / len(same)


def test_said_again_in_another_script_or_with_typos_is_found_and_other_matters_are_not() -> None:
    precision, recall = measured(NEAR)
    print(f"one customer, from {NEAR}: precision {precision:.2f}, recall {recall:.2f}")
    assert precision == 1.0
    assert recall == 1.0
    precision, recall = measured(SAME_ORDER)
    print(f"one order, from {SAME_ORDER}: precision {precision:.2f}, recall {recall:.2f}")
    assert precision >= 0.9
    assert recall == 1.0


def test_a_text_alone_finds_its_like_by_one_of_three_numbers_and_next_to_nothing_else() -> None:
    same, other = pairs()

    def meet(one: str, two: str) -> bool:
        left, right = sketch(one), sketch(two)
        return (
            left is not None and right is not None and any(a == b for a, b in zip(left, right, strict=True))
        )

    alike = [pair for pair in same if nearness(*pair) >= ALONE]
    found = sum(meet(*pair) for pair in alike)
    print(
        f"of {len(alike)} pairs alike by text alone {found} meet; of {len(other)} others {sum(meet(*p) for p in other)}"
    )
    assert found / len(alike) >= 0.9
    assert not any(nearness(*pair) >= ALONE for pair in other)
    assert sum(meet(*pair) for pair in other) <= len(other) * 0.1


def test_script_width_and_case_make_no_difference_to_the_numbers_and_short_texts_have_none() -> None:
    simplified = "租的摄像机开机后一直黑屏,今晚用OBS直播要用,请尽快处理"
    for said in (
        "租的攝像機開機後一直黑屏,今晚用ＯＢＳ直播要用,請儘快處理",
        simplified.lower(),
        f" {simplified}!",
    ):
        assert sketch(said) is not None
    assert sketch(simplified) == sketch(simplified.lower()) == sketch(f" {simplified}!!")
    assert sketch("黑屏了") is None
    assert all(0 <= number < 2**63 for number in sketch(simplified) or ())
