"""The columns a list of cases can show: as a cell of the page, and as a value in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from goodword.base.core.masks import mask_text
from goodword.base.people.actors import Actor
from goodword.base.people.models import Account
from goodword.voice.cases.lists.shipped import columns_for
from goodword.voice.cases.models import Case
from goodword.voice.cases.queries.obligations import Pressing

from ...bilingual import Both
from ...refusing import chip
from ...templatetags.goodword_ui import case_words, countdown, drawn, t, when
from ..naming import STATE_TONES, TONES, Names, customer_name, department_name, state_name

Drawn = SafeString | str
NUMBER = "number"
"""The column that leads to the case: it is always there, and first."""
MATTER = "matter"
SNUG = "fit snug"
"""As narrow as its longest word; what stands beside a word goes below it."""
ALWAYS = ("number", "subject", "text", "state", "kind", "severity", "round_no", "received_at", "proposal")
"""Columns of the table that every list reads."""
NAMED = ("customer__public_name", "customer__name")


@dataclass(frozen=True, slots=True)
class Row:
    """A case of the list with what is known of it. is_clear: words and names unmasked, in a file only."""

    case: Case
    names: Names
    owed: Pressing | None
    is_clear: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column. reads: columns of tables it needs besides `ALWAYS`. cell: on the page; value: in a file.

    style: classes of its cell. label: its heading where a phone shows cards. sorted_by: it carries the list's order.
    """

    code: str
    zh: str
    en: str
    cell: Callable[[Row], Drawn]
    value: Callable[[Row], object]
    reads: tuple[str, ...] = ()
    style: str = "fit"
    sorted_by: bool = False

    @property
    def label(self) -> Any:
        """Its heading in the language of the page."""
        return Both(self.zh, self.en)


def chosen(codes: Sequence[str], actor: Actor) -> list[Column]:
    """The columns with these codes, the number first; those of the person's role where none of them is one."""
    known = [code for code in codes if code in COLUMNS and code != NUMBER]
    if not known:
        known = [code for code in columns_for(actor) if code in COLUMNS and code != NUMBER]
    return [COLUMNS[code] for code in (NUMBER, *known)]


def read_for(columns: Iterable[Column]) -> QuerySet[Case]:
    """Cases with what these columns show of each and no more: what is sealed costs its unsealing."""
    wanted = {*ALWAYS, *NAMED, *(name for column in columns for name in column.reads)}
    joined = {name.rpartition("__")[0] for name in wanted if "__" in name}
    return Case.objects.select_related(*sorted(joined)).only(*sorted(wanted))


def _matter(row: Row) -> Drawn:
    return format_html(
        '<span class="clamp">{}</span><span class="muted small">{}</span>',
        case_words(row.case),
        customer_name(row.case),
    )


def _words(row: Row) -> str:
    said = row.case.subject or row.case.text
    return said if row.is_clear else mask_text(said)


def _customer(row: Row) -> str:
    if row.is_clear and row.case.customer is not None:
        return str(row.case.customer.name.clear())
    return customer_name(row.case)


def _kind(row: Row) -> Drawn:
    kind = row.names.of("kind", row.case.kind) or "—"
    if not row.case.severity:
        return kind
    return format_html("{} {}", kind, _severity(row))


def _severity(row: Row) -> Drawn:
    if not row.case.severity:
        return "—"
    name = row.names.of("severity", row.case.severity)
    return drawn("badge", tone=TONES.get(row.case.severity, "neutral"), label=name)


def _state(row: Row) -> Drawn:
    badge = drawn("badge", tone=STATE_TONES.get(row.case.state, "accent"), label=state_name(row.case.state))
    if row.case.round_no < 2:
        return badge
    said = t("第 {n} 轮", "round {n}", n=row.case.round_no)
    return format_html('{} <span class="muted small">{}</span>', badge, said)


def _person(account: Account | None) -> str:
    return account.person.name if account else ""


def _hands(row: Row) -> Drawn:
    department = department_name(row.case.responsible)
    if row.case.assignee is None:
        return department
    return drawn("person", name=_person(row.case.assignee), role=department)


def _owner(row: Row) -> Drawn:
    return drawn("person", name=_person(row.case.owner)) if row.case.owner else "—"


def _due(row: Row) -> Drawn:
    if row.owed is None:
        # nosemgrep: html-from-data - a constant
        return SafeString('<span class="muted">—</span>')
    clause = chip(row.owed.clause_id)
    why = f"{clause.id} {clause.title}"
    return countdown(row.owed.due_at, warn=row.owed.warn_at, paused=row.owed.is_paused, why=why)


def _at(name: str) -> tuple[Callable[[Row], Drawn], Callable[[Row], object]]:
    return lambda row: when(getattr(row.case, name)), lambda row: getattr(row.case, name)


def _said(words: Callable[[Row], str]) -> tuple[Callable[[Row], Drawn], Callable[[Row], object]]:
    return lambda row: words(row) or "—", words


def _label(name: str) -> tuple[Callable[[Row], Drawn], Callable[[Row], object]]:
    return _said(lambda row: row.names.of(name, getattr(row.case, name)))


HOME = ("responsible__name_zh", "responsible__name_en")
OF_ALL = (
    Column(
        NUMBER,
        "单号",
        "No.",
        lambda row: format_html(
            '<a href="{}">{}</a>', reverse("web:case", args=[row.case.number]), row.case.number
        ),
        lambda row: row.case.number,
    ),
    Column(MATTER, "内容", "Matter", _matter, _words),
    Column("customer", "客户", "Customer", lambda row: customer_name(row.case), _customer),
    Column("kind", "性质", "Kind", _kind, lambda row: row.names.of("kind", row.case.kind), style=SNUG),
    Column(
        "severity", "程度", "Severity", _severity, lambda row: row.names.of("severity", row.case.severity)
    ),
    Column("content", "类别", "Content", *_label("content"), reads=("content",)),
    Column(
        "subclass",
        "小类",
        "Sub-class",
        *_said(lambda row: row.names.subclass(row.case.content, row.case.subclass)),
        reads=("content", "subclass"),
    ),
    Column("state", "状态", "State", _state, lambda row: state_name(row.case.state), style=SNUG),
    Column(
        "round",
        "轮次",
        "Round",
        lambda row: str(row.case.round_no),
        lambda row: row.case.round_no,
        (),
        "num fit",
    ),
    Column(
        "hands",
        "经办",
        "Handled by",
        _hands,
        lambda row: _person(row.case.assignee),
        ("assignee__person__name", *HOME),
        SNUG,
    ),
    Column(
        "department",
        "责任部门",
        "Department",
        *_said(lambda row: department_name(row.case.responsible)),
        HOME,
    ),
    Column(
        "owner",
        "协调负责人",
        "Coordinated by",
        _owner,
        lambda row: _person(row.case.owner),
        ("owner__person__name",),
    ),
    Column(
        "channel", "渠道", "Channel", *_said(lambda row: row.names.channel(row.case.channel)), ("channel",)
    ),
    Column("device_type", "设备类型", "Device type", *_label("device_type"), ("device_type",)),
    Column("stage", "环节", "Stage", *_label("stage"), ("stage",)),
    Column(
        "order",
        "租赁单",
        "Order",
        *_said(lambda row: row.case.order.number if row.case.order else ""),
        ("order__number",),
    ),
    Column("received", "受理", "Received", *_at("received_at"), sorted_by=True),
    Column("waiting", "等待客户自", "Waiting since", *_at("waiting_since"), ("waiting_since",)),
    Column("changed", "最近变动", "Changed", *_at("changed_at"), ("changed_at",)),
    Column("done", "办结", "Done", *_at("done_at"), ("done_at",)),
    Column("closed", "关闭", "Closed", *_at("closed_at"), ("closed_at",)),
    Column(
        "due",
        "最紧的时限",
        "Tightest due time",
        _due,
        lambda row: row.owed.due_at if row.owed else None,
        style="num fit",
    ),
)
COLUMNS: dict[str, Column] = {column.code: column for column in OF_ALL}
