"""A list of cases leaves the software as a file: read page by page, written down before it is handed out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from django.db.models import QuerySet

from goodword.base.core.errors import Invalid
from goodword.base.core.masks import mask_text
from goodword.base.core.transactions import one_fact
from goodword.base.people.actors import Actor
from goodword.company.customers.actions.revealing import LONGEST_REASON, SHORTEST_REASON
from goodword.engine.journal.recording import lock_subject, record

from ..kinds import EXPORTED
from ..models import Case
from ..models.lists import CaseExport
from ..queries.leafing import Leaf, Place, newest
from ..queries.listing import Narrow
from .saving import COMPANY

FORMS = ("csv", "xlsx")
A_PAGE = 500
"""Cases in memory at a time."""
FIRST: Place = (datetime(1970, 1, 1, tzinfo=UTC), 0)
"""Before every case."""


def may_export(by: Actor, *, form: str, is_clear: bool, reason: str) -> None:
    """Whether the list may leave in this form.

    Raises Forbidden without cases.export, and without customers.reveal where personal data is to be clear; Invalid for
    another form, or a reason that is none.
    """
    by.require("cases.export")
    if form not in FORMS:
        raise Invalid("没有这种格式。", "There is no such format.", fields={"form": "csv, xlsx"})
    if not is_clear:
        return
    by.require("customers.reveal")
    if not SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON:
        raise Invalid(
            "导出完整信息要写明理由,4 至 400 字。",
            "Say why personal data is to be clear, in 4 to 400 characters.",
            clauses=("FB-1.3a",),
            fields={"reason": f"{SHORTEST_REASON}–{LONGEST_REASON}"},
        )


def pages(
    by: Actor, narrow: Narrow, *, read: QuerySet[Case], oldest_first: bool, most: int
) -> Iterator[list[Case]]:
    """The first `most` cases of a list, in its order, a page at a time; each page is as the database is then."""
    place: Place | None = FIRST if oldest_first else None
    left = most
    while left > 0:
        sides = {"before": place} if oldest_first else {"after": place}
        leaf: Leaf = newest(by, narrow, limit=min(A_PAGE, left), read=read, **sides)
        cases = leaf.cases[::-1] if oldest_first else leaf.cases
        if cases:
            yield cases
            place = (cases[-1].received_at, cases[-1].number)
        left -= len(cases)
        if not cases or not (leaf.later if oldest_first else leaf.earlier):
            return


def note(
    *,
    filters: Mapping[str, str],
    columns: Sequence[str],
    form: str,
    numbers: Sequence[int],
    is_clear: bool,
    reason: str,
    by: Actor,
    at: datetime,
) -> CaseExport:
    """Write down what leaves, before it does. numbers: of the cases in it, in their order.

    Effects: the row; `company.cases_exported` in the company's chain. Raises as `may_export`.
    """
    may_export(by, form=form, is_clear=is_clear, reason=reason)
    with one_fact():
        lock_subject(*COMPANY)
        kept = CaseExport.objects.create(
            filters={name: mask_text(value) for name, value in filters.items()},
            columns=list(columns),
            form=form,
            cases=len(numbers),
            is_clear=is_clear,
            reason=reason.strip() if is_clear else "",
            numbers=list(numbers) if is_clear else [],
            by_id=by.staff_id,
            at=at,
        )
        facts = {"export": kept.pk, "form": form, "cases": kept.cases, "is_clear": is_clear}
        record(EXPORTED, COMPANY[1], by=by, at=at, facts=facts)
    return kept
