"""A duty's binding in plain words: when it starts, what meets it, how long it allows, whom it climbs to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from goodword.base.language.script import chosen
from goodword.base.people.models import Department
from goodword.base.people.roles import GROUPS, ROLES
from goodword.engine.journal.kinds import UnknownKind, kind_named
from goodword.engine.obligations.explaining import UNITS
from goodword.engine.policy.schema import RESPONSIBLE, Allowance, Bearer, Binding, Condition

from ..cases.naming import Names
from ..templatetags.goodword_ui import is_english, t
from .values import Figure

FACTS = {
    "severity": ("严重程度", "severity"),
    "kind": ("类别", "kind"),
    "content": ("内容", "content"),
    "purpose": ("目的", "purpose"),
    "outcome": ("结果", "outcome"),
    "receipt": ("已给回执", "receipt given"),
    "receipt_due": ("应有自动回执", "automatic receipt due"),
    "urgent_need": ("次日要用设备", "equipment needed next day"),
    "period": ("周期", "period"),
    "complex": ("复杂问题", "complex"),
    "device_type": ("设备类型", "device type"),
    "stage": ("环节", "stage"),
    "channel": ("渠道", "channel"),
    "customer_kind": ("客户类型", "kind of customer"),
    "department": ("部门", "department"),
    "verdict": ("结论", "verdict"),
    "history": ("导入的历史", "imported history"),
}
VALUES = {
    "true": ("是", "yes"),
    "false": ("否", "no"),
    "point": ("点估计", "the share itself"),
    "upper": ("区间上限", "the interval’s upper end"),
    "urgent": ("紧急", "urgent"),
    "general": ("一般", "general"),
    "suggestion": ("建议", "suggestion"),
    "complaint": ("投诉", "complaint"),
    "consultation": ("咨询", "consultation"),
    "praise": ("表扬", "praise"),
    "request": ("诉求", "request"),
    "device": ("设备", "device"),
    "service": ("服务", "service"),
    "other": ("其他", "other"),
    "reached": ("接通", "reached"),
    "first_response": ("首次响应", "first response"),
    "answer": ("答复", "answer"),
    "opinion": ("初步意见", "opinion"),
    "progress": ("进展", "progress"),
    "solution": ("方案", "solution"),
    "True": ("是", "yes"),
    "False": ("否", "no"),
}
PERIODS = {
    "day": ("每天", "every day"),
    "week": ("每周", "every week"),
    "month": ("每月", "every month"),
    "quarter": ("每季度", "every quarter"),
    "half-year": ("每半年", "every half-year"),
    "year": ("每年", "every year"),
}
CALENDARS = {
    "office": ("办公室日历", "office calendar"),
    "hotline": ("热线日历", "hotline calendar"),
    "warehouse": ("仓库日历", "warehouse calendar"),
}

FIGURES = {
    "within": ("时限", "allowance"),
    "clock": ("计时", "clock"),
    "when": ("适用于", "applies to"),
    "routes": ("分派去向", "routes"),
    "attempts": ("尝试次数", "attempts"),
    "scale": ("满分", "scale"),
    "satisfied_from": ("几分起算满意", "satisfied from"),
    "receipt": ("回执用语", "the receipt’s words"),
    "tracking": ("回执里怎样查进展", "the receipt’s line on tracking"),
    "zh": ("中文", "Chinese"),
    "en": ("英文", "English"),
    "rings": ("几声之内接起", "answered within, rings"),
    "ring_sounds": ("每声响多久", "a ring sounds for"),
    "ring_pauses": ("两声之间停多久", "pause between rings"),
    "next_in_line_after": ("无人接听多久后换下一位", "next in line after"),
    "reopen_within_days": ("多少天内可重新打开", "may be reopened within days"),
    "default": ("默认值", "default"),
    "group": ("小组", "group"),
    "leader": ("组长", "leader"),
    "deputies": ("副组长", "deputies"),
    "members": ("成员", "members"),
    "role": ("角色", "role"),
    "department": ("部门", "department"),
    "experience_years": ("资历年限", "years of experience"),
    "every": ("频次", "how often"),
    "unattended": ("允许无人确认派单", "unattended dispatch allowed"),
    "confidence": ("把握至少", "confidence at least"),
    "general": ("一般", "general"),
    "suggestion": ("建议", "suggestion"),
    "severities": ("限于这些程度", "only these severities"),
    "urgent_ceiling": ("可能是紧急的概率至多", "chance of being urgent at most"),
    "sampled": ("抽查比例", "share checked blind"),
    "seed": ("抽样种子", "seed of the sample"),
    "watched_days": ("统计最近多少天", "days counted"),
    "least_checked": ("抽查满多少件才判断", "judged from so many checked"),
    "judged_by": ("按点估计还是区间上限", "judged by point or upper end"),
    "most_wrong": ("错误率至多", "share of errors at most"),
    "urgent_missed": ("漏判紧急满几件即停", "stops at so many urgent missed"),
    "told": ("停下时告诉谁", "who is told"),
    "duplicates": ("同一件事", "the same matter"),
    "days": ("天数", "days"),
    "most_compared": ("至多比较几件", "compared at most"),
    "most_proposed": ("至多提示几件", "proposed at most"),
    "near_from": ("同一客户时相近度至少", "nearness for one customer"),
    "same_order_from": ("同一租赁单时相近度至少", "nearness for one order"),
    "alike_from": ("仅凭文字时相近度至少", "nearness by text alone"),
    "letters_from": ("仅凭文字时至少几个字", "letters for text alone"),
    "show_last": ("显示末几位", "digits shown"),
}
CLOCKS = {
    "elapsed": ("连续计时，昼夜不停", "runs on, day and night"),
    "working_hours": ("只计上班时间", "working hours only"),
    "working_days": ("按工作日", "working days"),
}
_ALLOWANCE = re.compile(r"(\d+) (s|min|h|wmin|wh|wd)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the explanation: its heading and what stands under it."""

    label: str
    items: list[str]


def in_plain_words(binding: Binding) -> list[Line]:
    """The whole binding, line by line, in the page's language. One query."""
    names = {row.code: str(t(row.name_zh, row.name_en)) for row in Department.objects.all()}
    lines = [
        Line(t("何时开始", "Starts when"), _starts(binding)),
        Line(t("怎样算履行", "Met when"), [_with(kind_words(m.on), m.when) for m in binding.meets_on]),
        Line(t("允许多久", "Allowance"), _allowances(binding)),
        Line(t("责任人", "Owed by"), [bearer_words(binding.bearer, names)]),
        Line(
            t("提前提醒", "Warning"),
            [t("用到 {n}% 时", "at {n}% of the allowance", n=round(binding.warn_at * 100))],
        ),
        Line(t("逾期升级", "When late"), [rung_words(step.after, step.to) for step in binding.escalation]),
        Line(t("暂停计时", "Clock stops on"), [kind_words(kind) for kind in binding.pauses_on]),
        Line(t("不再需要", "Released by"), [kind_words(kind) for kind in binding.releases_on]),
    ]
    return [line for line in lines if line.items]


def kind_words(name: str) -> str:
    """「受理反馈」; the bare name of a kind that a later capability will declare."""
    try:
        kind = kind_named(name)
    except UnknownKind:
        return name
    return str(t(kind.zh, kind.en))


def figure_words(figure: Figure) -> str:
    """What people call a figure of a clause; its bare keys where it has no name of its own."""
    return " · ".join(str(t(*FIGURES.get(key, (key, key)))) for key in figure.path)


def value_words(figure: Figure) -> str:
    """A figure as people read it: 「10 分钟」 for 10 min."""
    if found := _ALLOWANCE.fullmatch(figure.shown):
        return amount_words(int(found[1]), found[2])
    names = _company_names(figure.shown) or CLOCKS.get(figure.shown) or VALUES.get(figure.shown)
    return str(t(*names)) if names else figure.shown


def _company_names(code: str) -> tuple[str, str] | None:
    """What a role's or a group's code is called."""
    if code in ROLES:
        return ROLES[code].zh, ROLES[code].en
    return GROUPS[code][:2] if code in GROUPS else None


def condition_words(condition: Condition) -> str:
    """「严重程度为紧急」, alternatives joined by 或."""
    return str(t(" 或 ", " or ")).join(_facts(facts) for facts in condition.any_of)


def allowance_words(allowance: Allowance) -> str:
    """「10 分钟」."""
    return amount_words(allowance.amount, allowance.unit)


def amount_words(amount: int, unit: str) -> str:
    """「1 个工作日」/ "1 working day"."""
    name = unit_words(unit)
    return f"{amount} {name[:-1] if amount == 1 and is_english() else name}"


def unit_words(unit: str) -> str:
    """The unit's name; a recurring duty's unit is its period."""
    zh, en = UNITS.get(unit) or PERIODS.get(unit) or (unit, unit)
    return str(t(zh, en))


def rung_words(after: Allowance, to: str) -> str:
    """「逾期 30 分钟 → 部门负责人」."""
    when = (
        t("一逾期", "at once") if not after.amount else t("逾期 {n}", "after {n}", n=allowance_words(after))
    )
    return f"{when} → {role_words(to)}"


def role_words(code: str) -> str:
    """A role's or standing group's name; the bearer himself."""
    if code == "bearer":
        return str(t("责任人", "who owes it"))
    if code in ROLES:
        return str(t(ROLES[code].zh, ROLES[code].en))
    return str(t(*GROUPS[code][:2])) if code in GROUPS else code


def bearer_words(bearer: Bearer, departments: dict[str, str]) -> str:
    """「工单负责人，否则 技术部 · 工程师」."""
    role = role_words(bearer.role)
    if bearer.department == RESPONSIBLE:
        role = f"{t('责任部门', 'responsible department')} · {role}"
    elif bearer.department:
        role = f"{departments.get(bearer.department, bearer.department)} · {role}"
    if not bearer.person:
        return role
    return str(t("工单经办人；没有时 {role}", "the case's assignee; without one, {role}", role=role))


def _starts(binding: Binding) -> list[str]:
    begins = [kind_words(kind) for kind in binding.starts_on]
    if binding.every:
        begins = [str(t(*PERIODS[binding.every]))]
    limits = []
    if binding.when:
        limits.append(t("仅当 {c}", "only if {c}", c=condition_words(binding.when)))
    if binding.unless:
        limits.append(t("除非 {c}", "unless {c}", c=condition_words(binding.unless)))
    return [*begins, *map(str, limits)]


def _allowances(binding: Binding) -> list[str]:
    calendar = t(*CALENDARS.get(binding.calendar, (binding.calendar, binding.calendar)))
    return [
        _with(allowance_words(w.allow), w.when)
        + (_aside(str(calendar)) if w.allow.unit.startswith("w") else "")
        for w in binding.within
    ]


def _with(words: str, condition: Condition | None) -> str:
    return words if condition is None else f"{words}{_aside(condition_words(condition))}"


def _aside(words: str) -> str:
    return str(t("（{w}）", " ({w})", w=words))


def _value(name: str, value: str) -> str:
    """What people call the value of a fact."""
    if name == "channel":
        return Names(timezone.localdate()).channel(value)
    return str(t(*VALUES.get(value, (value, value))))


def _facts(facts: Iterable[tuple[str, tuple[object, ...]]]) -> str:
    said = []
    for name, values in facts:
        named = t(*FACTS.get(name, (name, name)))
        if values in ((True,), (False,)):
            said.append(str(named) if values == (True,) else str(t("非{n}", "not {n}", n=named)))
            continue
        options = "/".join(_value(name, str(value)) for value in values)
        said.append(f"{named}{chosen('为', ' is ')}{options}")
    return str(t(" 且 ", " and ")).join(said)
