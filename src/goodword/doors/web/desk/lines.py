"""A line of the board: one obligation with its case, read as narrowly as it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from goodword.base.core.asking import asked_often
from goodword.base.core.masks import mask_text
from goodword.base.people.actors import Actor
from goodword.company.channels.app.queries import cases_of_chats
from goodword.engine.obligations.pressing import Owed
from goodword.voice.cases.models import Case, Help

from ..cases.ability import Ability
from ..cases.fulfilling import expected
from ..cases.naming import UNKNOWN_CUSTOMER
from ..cases.story import role_name
from ..refusing import Chip, chip
from ..templatetags.goodword_ui import t

READ, SHOWN = 200, 80
"""Characters of a message that are masked, and that are shown of it: what is cut in two is never shown."""


class Matter(NamedTuple):
    """What a line shows of a case: columns of `Case`, and its customer's names."""

    pk: UUID
    number: int
    subject: str
    text: str
    severity: str
    state: str
    customer_id: int | None
    public_name: str | None
    name: object

    @property
    def customer(self) -> str:
        """As `Customer.shown_name` has it: a company's name in clear, a person's masked."""
        if self.customer_id is None:
            return t(*UNKNOWN_CUSTOMER)
        return self.public_name or str(self.name)


@dataclass(frozen=True, slots=True)
class Line:
    """One duty on the board: what about, whose, until when, and what there is to do.

    number: the case's; None for a duty of the company's. deed: the name of the next thing to do, empty where that is
    for somebody else. is_new: begun after the last look.
    """

    key: UUID
    number: int | None
    subject: str
    words: str
    is_urgent: bool
    clause: Chip
    bearer: str
    due_at: datetime
    warn_at: datetime
    is_paused: bool
    provisional: bool
    is_new: bool
    deed: str


def lines(rows: Sequence[Owed], *, actor: Actor, since: datetime) -> list[Line]:
    """The duties with their cases. Two queries, one where nobody asked for help; one more where somebody chats."""
    case_of = _cases_of(rows)
    cases = {row[0]: Matter(*row) for row in _cases(sorted(set(case_of.values())))}
    words = _Words(actor)
    return [_line(row, cases.get(case_of.get(row.pk, row.pk)), words, since=since) for row in rows]


class _Words:
    """What many lines say alike, each said once."""

    def __init__(self, actor: Actor) -> None:
        self.chip = cache(chip)
        self.role = cache(role_name)
        self.deed = cache(lambda clause_id, state: _deed_name(expected(clause_id, state, actor)))


def _deed_name(ability: Ability | None) -> str:
    return str(ability.label) if ability else ""


def _line(row: Owed, case: Matter | None, said: _Words, *, since: datetime) -> Line:
    return Line(
        key=row.pk,
        number=case.number if case else None,
        subject=case.customer if case else t("公司", "The company"),
        words=mask_text(case.subject or case.text[:READ])[:SHOWN] if case else row.period,
        is_urgent=case is not None and case.severity == "urgent",
        clause=said.chip(row.clause_id),
        bearer=row.bearer or said.role(row.bearer_role),
        due_at=row.due_at,
        warn_at=row.warn_at,
        is_paused=row.is_paused,
        provisional=row.provisional,
        is_new=row.started_at > since,
        deed=said.deed(row.clause_id, case.state) if case else "",
    )


def _cases_of(rows: Iterable[Owed]) -> dict[UUID, UUID]:
    """The case each obligation is about: itself, the one for which help was asked, or the one somebody chats about."""
    found = {row.pk: UUID(row.subject_id) for row in rows if row.subject_type == "case"}
    helps = {row.pk: UUID(row.subject_id) for row in rows if row.subject_type == "help"}
    asked_for = dict(_helps(sorted(set(helps.values()))))
    chats = {row.pk: UUID(row.subject_id) for row in rows if row.subject_type == "chat"}
    chatted = cases_of_chats(sorted(set(chats.values())))
    found |= {pk: chatted[key] for pk, key in chats.items() if key in chatted}
    return found | {pk: asked_for[key] for pk, key in helps.items() if key in asked_for}


@asked_often
def _helps(keys: Sequence[UUID]) -> QuerySet[Help, tuple[Any, ...]]:
    return Help.objects.filter(pk__in=keys).values_list("pk", "case")


@asked_often
def _cases(keys: Sequence[UUID]) -> QuerySet[Case, tuple[Any, ...]]:
    columns = [f"customer__{name}" if name in {"public_name", "name"} else name for name in Matter._fields]
    return Case.objects.filter(pk__in=keys).values_list(*columns)
