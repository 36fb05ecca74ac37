"""What the styleguide page shows its components with: invented people, times set off from now."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import template

from goodword.base.core import clock
from goodword.doors.web.charts import Columns, Share, Trend, columns, trend
from goodword.doors.web.templatetags.goodword_ui import t

register = template.Library()

STEPS = (
    ("接收", "Received"),
    ("分诊", "Triaged"),
    ("调查", "Investigating"),
    ("方案", "Proposed"),
    ("同意", "Agreed"),
    ("实施", "Carrying out"),
    ("完成", "Done"),
    ("回访", "Called back"),
    ("关闭", "Closed"),
)
NAV = (
    ("layout-dashboard", "工作台", "My desk", "d", 12),
    ("message-report", "工单", "Cases", "c", 48),
    ("users", "客户", "Customers", "u", 0),
    ("scale", "制度", "Regulations", "r", 0),
    ("file-import", "导入", "Import", "i", 0),
    ("settings", "设置", "Settings", "s", 0),
)
GENERAL = ("一般", "General", "neutral")
ROWS = (
    (
        "直播中途主机突然黑屏，画面中断十分钟，换了备用机还是不行，场地这边几十个人在等",
        "The encoder went black mid-stream and the spare did not help; dozens of people are waiting",
        ("紧急", "Urgent", "bad"),
        -31,
    ),
    ("补光灯有一盏频闪，拍出来有条纹", "One fill light flickers on camera", GENERAL, 8),
    (
        "退租验收说镜头有划痕要扣押金，我们收到时就有，当时还拍了照片发给客服",
        "Deposit withheld for a scratch that was there on delivery; we sent pictures then",
        GENERAL,
        95,
    ),
    ("建议交付时附一张接线图", "Please ship a wiring diagram", ("建议", "Suggestion", "info"), 3100),
    ("客服讲解很耐心，好评", "Very patient explanation, thank you", ("表扬", "Praise", "good"), 12000),
    ("发票抬头开错了，已经第三次联系", "Invoice name wrong, third time asking", GENERAL, 40),
)


@register.simple_tag
def sample_nav() -> list[dict[str, Any]]:
    """A rail as the workbench has it, the first place current."""
    return [
        {
            "url": f"#{key}",
            "icon": icon,
            "label": t(zh, en),
            "key": key,
            "count": count,
            "current": key == "d",
        }
        for icon, zh, en, key, count in NAV
    ]


@register.simple_tag
def sample_steps(current: int) -> list[dict[str, str]]:
    """The nine steps of a case with the given one current (0 is the first, 9 means all are done)."""
    states = ["done"] * current + ["current"] + ["todo"] * len(STEPS)
    return [{"label": t(zh, en), "state": state} for (zh, en), state in zip(STEPS, states, strict=False)]


@register.simple_tag
def minutes_off(minutes: int) -> datetime:
    """The moment so many minutes from now."""
    return clock.now() + timedelta(minutes=minutes)


@register.simple_tag
def sample_clauses() -> list[dict[str, str]]:
    """Two clauses a refusal may name."""
    return [
        {"id": "FB-4.3e", "citation": "四(三)5", "url": "#"},
        {"id": "FB-4.3a", "citation": "四(三)1", "url": "#"},
    ]


@register.simple_tag
def sample_cases(count: int = 6) -> list[dict[str, Any]]:
    """Rows of a case list, from late to far off; more than six repeat."""
    return [
        {
            "number": 1042 + place,
            "words": t(zh, en),
            "severity": t(severity[0], severity[1]),
            "tone": severity[2],
            "customer": t("星河传媒（示例）", "Xinghe Media (sample)"),
            "bearer": t("张测试", "Zhang Test"),
            "due": minutes_off(minutes),
            "warn": minutes_off(minutes - 10),
        }
        for place, (zh, en, severity, minutes) in enumerate((ROWS * (count // 6 + 1))[:count])
    ]


@register.simple_tag
def sample_trend() -> Trend:
    """Ten weeks of shares with a week in which nothing was decided, and a goal."""
    shares = (0.97, 0.94, 0.95, None, 0.98, 1.0, 0.96, 0.91, 0.93, 0.95)
    points = [
        Share(
            f"{place:02d}", share, share and share - 0.06, share and min(1.0, share + 0.03), f"{share or '—'}"
        )
        for place, share in enumerate(shares, start=1)
    ]
    return trend(points, goal=1.0)


@register.simple_tag
def sample_columns() -> Columns:
    """How many used which tenth of an allowance."""
    counts = (2, 9, 24, 31, 28, 17, 12, 9, 8, 6, 3, 1, 0, 1, 0, 0, 0, 0, 0, 2)
    return columns(counts, [str(count) for count in counts], limit=10, labels=("0%", "100%", "200%"))
