"""The shape of a regulation pack: frozen values, and the strict reading of plain data into them.

`Place` checks plain data piece by piece and raises `PackError` naming file, clause and field; `reading.py`
puts whole packs together with it. Nothing here knows Django, a file or a clock.

In a binding, a text that begins with `values.` points at a figure of the same clause, or failing that of the
pack, so that every figure stands in one place and a new edition changes it there. A figure that reads
`set by company` stands for the `default` beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NoReturn

Scalar = str | int | float | bool
Unit = Literal["s", "min", "h", "wmin", "wh", "wd"]
Kind = Literal["duty", "guard", "goal", "record", "role", "flow", "guide"]

KINDS = ("duty", "guard", "goal", "record", "role", "flow", "guide")
CAPABILITIES = (
    "language-and-trust", "workbench", "channels", "surveys", "reputation", "key-customers", "advocacy",
    "improvement", "supervision", "knowledge", "rentals", "insights", "people-data",
)  # fmt: skip
ROLES = (
    "intake", "callback", "reputation_monitor", "service_lead", "engineer", "reputation_supporter",
    "warehouse", "account_manager", "customer_relations", "promoter", "brand", "legal", "finance",
    "human_resources", "quality", "product", "deputy_general_manager", "general_manager",
    "administrator", "department_head",
)  # fmt: skip
DEPARTMENTS = (
    "service", "technology", "warehouse", "equipment", "sales", "business", "relations", "marketing", "brand",
    "legal", "finance", "hr", "quality", "product", "management",
)  # fmt: skip
GROUPS = ("reputation_group", "upgrade_group", "satisfaction_committee")
CALENDARS = ("office", "hotline", "warehouse")
PERIODS = ("day", "week", "month", "quarter", "half-year", "year")
RESPONSIBLE = "responsible"  # the department that the subject's context names
COMPANY_SETS = "set by company"
DEFAULT_WARN_AT = 0.7
DEFAULT_SUPERSEDES: Mapping[str, tuple[str, ...]] = {"case": ("case.triaged",)}


class PackError(ValueError):
    """A pack that cannot be used: where (`file`, `clause`, `field`) and why, in Chinese and English."""

    def __init__(self, *, file: str, clause: str, where: str, zh: str, en: str) -> None:
        self.file, self.clause, self.field, self.zh, self.en = file, clause, where, zh, en
        place = " ".join(part for part in (file, clause, where) if part)
        super().__init__(f"{place}: {en} / {zh}")


@dataclass(frozen=True, slots=True)
class Text:
    """One wording in the two languages every pack speaks."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Allowance:
    """An amount of time: s, min and h run on night and day; wmin and wh count open hours; wd working days."""

    amount: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}"


@dataclass(frozen=True, slots=True)
class Condition:
    """Alternatives of facts; holds when all facts of one alternative have one of their values."""

    any_of: tuple[tuple[tuple[str, tuple[Scalar, ...]], ...], ...]

    def holds(self, context: Mapping[str, object]) -> bool:
        """Whether `context` (fact name -> value) fits; a fact that is not there fits nothing."""
        return any(all(context.get(name) in values for name, values in facts) for facts in self.any_of)

    def facts(self) -> frozenset[str]:
        """The names of the facts that decide."""
        return frozenset(name for facts in self.any_of for name, _ in facts)


@dataclass(frozen=True, slots=True)
class Meeting:
    """An entry kind that meets the obligation; `when` (if any) looks at that entry's own facts."""

    on: str
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Within:
    """One allowance of a duty; the first whose `when` holds for the context at the start is taken."""

    allow: Allowance
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who owes it: the account in context fact `person`, else holders of `role` in `department`."""

    role: str
    department: str | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One rung of the ladder: so long after the due time, tell `to` (bearer, a role or a group)."""

    after: Allowance
    to: str


@dataclass(frozen=True, slots=True)
class Binding:
    """How a duty is tied to the journal. Exactly one of `within` and `every` is given.

    rings_alone: each of its alarms is told by itself, also when it comes late; no digest takes it in.
    """

    subject: str
    starts_on: tuple[str, ...]
    meets_on: tuple[Meeting, ...]
    bearer: Bearer
    within: tuple[Within, ...] = ()
    every: str | None = None
    each: str | None = None
    when: Condition | None = None
    unless: Condition | None = None
    calendar: str = "office"
    warn_at: float = DEFAULT_WARN_AT
    escalation: tuple[Step, ...] = ()
    pauses_on: tuple[str, ...] = ()
    resumes_on: tuple[str, ...] = ()
    releases_on: tuple[str, ...] = ()
    supersedes_on: tuple[str, ...] = ()
    repeats: bool = False
    rings_alone: bool = False
    scope: Literal["round", "subject"] = "round"

    def applies(self, context: Mapping[str, object]) -> bool:
        """Whether the duty binds a subject with this context."""
        return (self.when is None or self.when.holds(context)) and not (
            self.unless is not None and self.unless.holds(context)
        )

    def allowance(self, context: Mapping[str, object]) -> Allowance | None:
        """The allowance for this context, None where the list has none for it (or the duty recurs)."""
        return next((w.allow for w in self.within if w.when is None or w.when.holds(context)), None)

    def is_met_by(self, kind: str, facts: Mapping[str, object]) -> bool:
        """Whether an entry of this kind with these facts meets the duty."""
        return any(m.on == kind and (m.when is None or m.when.holds(facts)) for m in self.meets_on)


@dataclass(frozen=True, slots=True)
class Clause:
    """One rule of a regulation: bound to the journal, bound by code, or planned for a later capability."""

    id: str
    cite: str
    kind: Kind
    title: Text
    words: Text
    soft: bool = False
    inferred: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)
    ranges: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    planned: str | None = None
    binding: Binding | None = None
    bound_by: tuple[str, ...] = ()

    @property
    def is_bound(self) -> bool:
        """Whether something in the product already carries this clause out."""
        return self.planned is None


@dataclass(frozen=True, slots=True)
class Edition:
    """From which day the pack as it stands holds."""

    number: int
    holds_from: date
    note: Text


@dataclass(frozen=True, slots=True)
class Pack:
    """One regulation as data."""

    id: str
    title: Text
    source: Text
    edition: Edition
    clauses: tuple[Clause, ...]
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reader is, for errors; and the figures a binding may point at."""

    file: str
    clause: str = ""
    figures: tuple[Mapping[str, Any], ...] = ()

    def refuse(self, where: str, *, zh: str, en: str) -> NoReturn:
        """Raise the `PackError` of this place."""
        raise PackError(file=self.file, clause=self.clause, where=where, zh=zh, en=en)

    def keys(self, data: object, where: str, *, need: str, may: str = "") -> dict[str, Any]:
        """`data` as a mapping with all keys of `need` and no others than those and `may`."""
        if not isinstance(data, dict):
            self.refuse(where, zh="这里应是一组键值", en="a mapping is expected here")
        needed = need.split()
        for key in data:
            if key not in needed and key not in may.split():
                self.refuse(where, zh=f"不认识的键“{key}”", en=f"unknown key “{key}”")
        for key in needed:
            if key not in data:
                self.refuse(where, zh=f"缺少“{key}”", en=f"“{key}” is missing")
        return data

    def one_of(self, value: object, where: str, allowed: tuple[str, ...]) -> str:
        """`value` if it is among `allowed`."""
        if value not in allowed:
            self.refuse(
                where,
                zh=f"“{value}”不在允许之列：{'、'.join(allowed)}",
                en=f"“{value}” is none of {', '.join(allowed)}",
            )
        return str(value)

    def text(self, data: object, where: str) -> Text:
        """Both languages, neither empty."""
        both = self.keys(data, where, need="zh en")
        for key, value in both.items():
            if not isinstance(value, str) or not value.strip():
                self.refuse(f"{where}.{key}", zh="这里应是一句文字", en="a text is expected here")
        return Text(zh=both["zh"].strip(), en=both["en"].strip())

    def flag(self, data: Mapping[str, Any], key: str) -> bool:
        """`data[key]`, false where it is not given."""
        value = data.get(key, False)
        if not isinstance(value, bool):
            self.refuse(key, zh="只能是 true 或 false", en="only true or false")
        return value

    def names(self, data: object, where: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
        """A list of texts that all match `pattern`."""
        if not isinstance(data, list) or not data:
            self.refuse(where, zh="这里应是非空的列表", en="a list with at least one entry is expected here")
        for value in data:
            if not isinstance(value, str) or not pattern.fullmatch(value):
                self.refuse(where, zh=f"“{value}”不是合格的名称", en=f"“{value}” is not a proper name here")
        return tuple(data)

    def figure(self, value: object, where: str) -> object:
        """`value`, or what `values.…` points at; `set by company` gives the default beside it."""
        if not isinstance(value, str) or not value.startswith("values."):
            return value
        path = value.split(".")[1:]
        for figures in self.figures:
            found, beside = _follow(figures, path)
            if found == COMPANY_SETS:
                found = beside.get("default")
            if found is not None:
                return found
        return self.refuse(where, zh=f"“{value}”没有指向任何数值", en=f"“{value}” points at no figure")


def _follow(figures: Mapping[str, Any], path: list[str]) -> tuple[Any, Mapping[str, Any]]:
    """What lies at `path`, and the mapping it lies in; (None, …) when there is nothing."""
    beside: Mapping[str, Any] = figures
    found: Any = figures
    for name in path:
        if not isinstance(found, Mapping):
            return None, beside
        beside, found = found, found.get(name)
    return found, beside
