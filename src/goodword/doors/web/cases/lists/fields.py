"""The fields above the list, and what is chosen as chips that can be taken off one by one."""

from __future__ import annotations

from typing import Any

from goodword.base.language.script import chosen
from goodword.base.people.models import Department
from goodword.voice.cases import states

from ...templatetags.goodword_ui import is_english, t
from ..naming import FURTHER_CHANNELS, Names, state_name
from .filtering import DAYS, FILTERS, SPANS, Asked

FIRST = ("state", "department", "kind", "severity")
"""The fields that stand open; the others are one step away."""

WITHOUT_FIELD = ("customer", "device", "cause")
"""What a list is narrowed by from another page; it comes off by its chip."""

Pairs = list[tuple[str, str]]


def labels() -> dict[str, str]:
    """What people call each filter."""
    return {
        "q": t("搜索", "Search"),
        "state": t("状态", "State"),
        "department": t("责任部门", "Department"),
        "kind": t("性质", "Kind"),
        "severity": t("程度", "Severity"),
        "content": t("类别", "Content"),
        "channel": t("渠道", "Channel"),
        "came_to": t("发往部门", "Written to"),
        "device_type": t("设备类型", "Device type"),
        "mine": t("我经办的", "Handled by me"),
        "owned": t("我协调的", "Coordinated by me"),
        "unassigned": t("无人经办", "Nobody handles it"),
        "waiting": t("等待客户", "Waiting for the customer"),
        "overdue": t("已逾期", "Overdue"),
        "received": t("受理时间", "Received"),
        "from": t("受理起", "Received from"),
        "to": t("受理止", "Received until"),
        "customer": t("客户编号", "Customer number"),
        "order": t("租赁单", "Order"),
        "device": t("设备", "Device"),
        "cause": t("原因", "Cause"),
    }


def choices(names: Names) -> dict[str, Pairs]:
    """What may be chosen for each filter that is a choice. One query."""
    english = is_english()
    groups = [
        ("open", t("办理中", "Open")),
        ("undone", t("未办结", "Not done yet")),
        ("ended", t("已结束", "Ended")),
    ]
    departments = Department.objects.filter(merged_into=None).values_list("code", "name_zh", "name_en")
    homes = [(code, en if english else zh) for code, zh, en in departments]
    channels = [*names.pairs("channel"), *((code, chosen(*both)) for code, both in FURTHER_CHANNELS.items())]
    return {
        "state": groups + [(code, state_name(code)) for code in states.NAMES],
        "department": homes,
        **{name: names.pairs(name) for name in ("kind", "severity", "content", "device_type", "cause")},
        "channel": list(dict(channels).items()),
        "came_to": homes,
        "received": [(code, chosen(zh, en)) for code, (zh, en, _) in SPANS.items()],
    }


def fields(asked: Asked, pairs: dict[str, Pairs]) -> dict[str, Any]:
    """The form's fields: `first` and `more` selects, `days`, `switches`; how many of the further ones are in use."""
    named = labels()

    def select(name: str) -> dict[str, Any]:
        options = [("", t("不限", "Any")), *pairs[name]]
        value = asked.filters.get(name, "")
        if value and value not in dict(options):
            options.append((value, value))
        return {"name": name, "label": named[name], "options": options, "value": value}

    more = [name for name in pairs if name not in (*FIRST, *WITHOUT_FIELD)]
    hidden = [name for name in FILTERS if name not in ("q", *FIRST) and name in asked.filters]
    return {
        "first": [select(name) for name in FIRST],
        "more": [select(name) for name in more],
        "days": [{"name": n, "label": named[n], "value": asked.filters.get(n, "")} for n in DAYS],
        "order": {"label": named["order"], "value": asked.filters.get("order", "")},
        "switches": [
            {"name": name, "label": named[name], "on": bool(asked.filters.get(name))}
            for name in ("mine", "owned", "unassigned", "waiting", "overdue")
        ],
        "in_use": len(hidden),
        "carried": list(asked.pairs(*(name for name in FILTERS if name not in WITHOUT_FIELD))),
    }


def chips(asked: Asked, pairs: dict[str, Pairs]) -> list[dict[str, str]]:
    """What the list is narrowed by, in words, each with the address of the list without it."""
    named = labels()
    made = []
    for name, value in asked.filters.items():
        words = dict(pairs.get(name, ())).get(value, value)
        switch = name in {"mine", "owned", "unassigned", "waiting", "overdue"}
        made.append(
            {
                "label": named[name]
                if switch
                else t("{name}：{value}", "{name}: {value}", name=named[name], value=words),
                "url": asked.query(without=name) or "?",
            }
        )
    return made
