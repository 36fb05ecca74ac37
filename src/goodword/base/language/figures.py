"""Figures named in a message: order numbers, telephone numbers (masked), amounts, times."""

from __future__ import annotations

import re

from goodword.base.core.masks import mask_phone
from goodword.base.language.readings import Figure

_A_LITTLE = "一点"  # alone it is "a little", not an hour
_MOST = 20  # a text that names more is a table, not a message

_ORDER = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2,4}-?\d{6,14}(?:-\d{1,6})?(?![A-Za-z0-9])")
_PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}-\d{7,8})(?!\d)")
_AMOUNT = re.compile(
    r"[¥￥]\s?\d[\d,]{0,12}(?:\.\d{1,2})?|(?<![\d.A-Za-z])\d[\d,]{0,12}(?:\.\d{1,2})?\s?(?:万元|元|块钱|块|万|rmb)(?!\w*像素)",
    re.IGNORECASE,
)
_CLOCK = (
    r"(?:[01]?\d|2[0-4])[::][0-5]\d"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,3})点(?:半|钟|[一二三四五]?十?[一二三四五六七八九]?分)?"
)
_DAY = (
    r"(?:\d{1,2}月\d{1,2}[日号]|今天|今晚|今早|明天|明早|明晚|后天|昨天|昨晚"
    r"|(?:下|这|本|上)?(?:周|星期)[一二三四五六日天])"
)
_PART = r"(?:凌晨|早上|上午|中午|下午|傍晚|晚上)"
_TIME = re.compile(rf"{_DAY}?{_PART}?(?:{_CLOCK})(?!滴|儿)|{_DAY}{_PART}?")
_OTHER_DAY = re.compile(r"昨|明|后天|\d{1,2}月|[下上本这]?(?:周|星期)")
_HOUR = re.compile(_CLOCK)


def figures(text: str) -> tuple[Figure, ...]:
    """Return the figures named in `text` (tidied, case kept), each once, at most twenty of a kind."""
    found: dict[Figure, None] = {}
    rest = text
    for name, pattern in (("order_no", _ORDER), ("phone", _PHONE), ("amount", _AMOUNT), ("time", _TIME)):
        taken = []
        for hit in pattern.finditer(rest):
            if hit.group() != _A_LITTLE:
                taken.append(hit.group().strip())
            if len(taken) == _MOST:
                break
        for value in taken:
            shown = mask_phone(value) if name == "phone" else value.upper() if name == "order_no" else value
            found.setdefault(Figure(name, shown))
        if name in ("order_no", "phone"):  # their digits are neither amounts nor times
            rest = pattern.sub(" ", rest)
    return tuple(found)


def is_clock_today(time: str) -> bool:
    """Whether a time figure is an hour with no other day before it ("下午三点", not "周二上午")."""
    return not _OTHER_DAY.match(time) and bool(_HOUR.search(time))
