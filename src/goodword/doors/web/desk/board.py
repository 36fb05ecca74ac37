"""What somebody owes, grouped by time left: the board of the desk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from goodword.base.core.masks import mask_text
from goodword.base.people.actors import Actor
from goodword.base.people.models import Absence, Account
from goodword.engine.obligations.models import Obligation
from goodword.engine.obligations.queries import borne_by, most_pressing
from goodword.voice.cases.models import Case, Help

from ..cases.duties import Duty, duty
from ..cases.naming import customer_name
from ..templatetags.goodword_ui import t

WHOSE = ("mine", "team", "standing")
MOST = 120
"""More than a person can look at; the list of cases has the rest."""


@dataclass(frozen=True, slots=True)
class Row:
    """One duty on the board: what about, where its page is, whose it is."""

    duty: Duty
    number: int | None
    path: str
    subject: str
    words: str
    severity: str


@dataclass(slots=True)
class Group:
    """Duties with about the same time left."""

    code: str
    name: str
    tone: str
    rows: list[Row] = field(default_factory=list)


def standing_in(actor: Actor, *, at: datetime) -> frozenset[int]:
    """The accounts that are away now and for which the actor stands in."""
    away = Absence.objects.filter(stand_in_id=actor.account_id, starts_at__lte=at, ends_at__gt=at)
    return frozenset(away.values_list("account_id", flat=True))


def owed(actor: Actor, whose: str, *, at: datetime) -> list[Obligation]:
    """The most pressing obligations of oneself, of one's departments, or of those one stands in for."""
    if whose == "standing":
        ways = [Q(bearer_account=pk) for pk in sorted(standing_in(actor, at=at))]
    elif whose == "team":
        people = Account.objects.filter(department__code__in=actor.departments).values_list("pk", flat=True)
        ways = [Q(bearer_department=home) for home in sorted(actor.departments)]
        ways.append(Q(bearer_account__in=list(people)))
    else:
        ways = borne_by(actor, standing_in_for=standing_in(actor, at=at))
    return most_pressing(ways, limit=MOST)


def groups(actor: Actor, whose: str, *, at: datetime) -> list[Group]:
    """Overdue, next hour, today, later; what stands still comes with the later ones."""
    made = [
        Group("overdue", t("已逾期", "Overdue"), "bad"),
        Group("hour", t("一小时内", "Next hour"), "warn"),
        Group("today", t("今天", "Today"), "accent"),
        Group("later", t("以后", "Later"), "neutral"),
    ]
    rows = sorted(owed(actor, whose, at=at), key=lambda row: (row.is_paused, row.due_at))
    for row in placed(rows):
        made[place(row.duty.row, at)].rows.append(row)
    return [group for group in made if group.rows]


def place(row: Obligation, at: datetime) -> int:
    """The group a due time belongs to."""
    if row.is_paused:
        return 3
    if row.due_at <= at:
        return 0
    if row.due_at <= at + timedelta(hours=1):
        return 1
    return 2 if timezone.localtime(row.due_at).date() == timezone.localtime(at).date() else 3


def placed(rows: Iterable[Obligation]) -> list[Row]:
    """The duties with their cases. Two queries."""
    rows = list(rows)
    asked = [row.subject_id for row in rows if row.subject_type == "help"]
    case_of = {
        str(pk): str(case_id)
        for pk, case_id in Help.objects.filter(pk__in=asked).values_list("pk", "case_id")
    }
    case_of |= {row.subject_id: row.subject_id for row in rows if row.subject_type == "case"}
    cases = {
        str(case.pk): case
        for case in Case.objects.filter(pk__in=set(case_of.values())).select_related("customer")
    }
    return [_row(row, cases.get(case_of.get(row.subject_id, ""))) for row in rows]


def _row(row: Obligation, case: Case | None) -> Row:
    if case is None:
        path = reverse("web:obligation", args=[row.pk])
        return Row(duty(row), None, path, t("公司", "The company"), row.period, "")
    words = mask_text(case.subject or case.text[:80])
    return Row(
        duty(row),
        case.number,
        reverse("web:case", args=[case.number]),
        customer_name(case),
        words,
        case.severity,
    )
